import { z } from 'zod';
import { renderSources } from '../render/channel-answers.ts';
import { defineCommand } from './definition.ts';

export const sources = defineCommand({
  name: 'sources',
  summary: 'Where reports come from: how reliable, on whose side, and last heard when',
  access: 'anyone',
  parameters: [],
  input: z.object({}),
  run: async (_, context) => renderSources(await context.sources(), context.wording),
});
