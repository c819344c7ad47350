import { z } from 'zod';
import { renderHelp } from '../render/answers.ts';
import { defineCommand, type Command } from './definition.ts';

/** `others`: the commands that it tells about, beside itself. */
export function helpOn(others: readonly Command[]): Command {
  const help: Command = defineCommand({
    name: 'help',
    summary: 'What can be asked here',
    access: 'anyone',
    parameters: [],
    input: z.object({}),
    run: (_, { wording }) => Promise.resolve(renderHelp([...others, help], wording)),
  });
  return help;
}
