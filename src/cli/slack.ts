import { manifestOf } from '../chat/slack/manifest.ts';
import { COMMANDS } from '../commands/commands.ts';
import { loadConfig } from '../config/load.ts';
import { ROOT } from './root.ts';
import { printJson } from './terminal.ts';

/** `sitrep slack manifest`: the app as Slack's "From a manifest" takes it. */
export function manifest({ publicUrl }: { publicUrl?: string }): void {
  const { slack } = loadConfig({ root: ROOT, env: process.env });
  const url = publicUrl ?? slack.publicUrl;
  printJson(manifestOf({ commands: COMMANDS, ...(url !== undefined && { publicUrl: url }) }));
}
