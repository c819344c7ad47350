import { learn } from '../app/knowledge.ts';
import { loadConfig, type Lookup } from '../config/load.ts';
import { ConfigError } from '../config/problem.ts';
import { actorId } from '../model/ids.ts';
import { ROOT } from './program.ts';
import { printJson, say } from './terminal.ts';

/** `sitrep check-config`: all that is wrong with config/*.yaml and the environment; exit status 2 when something is. */
export async function checkConfig({ json }: { json?: true }): Promise<void> {
  try {
    const { places, reader } = await learn(ROOT);
    const place: Lookup = (name) => {
      const found = places.lookup(name);
      if (found.kind === 'found') return { known: true, suggestions: [] };
      const near = found.kind === 'ambiguous' ? found.choices : found.suggestions;
      return { known: false, suggestions: near.map((one) => `${one.name} (${one.id})`) };
    };
    const actor: Lookup = (name) => ({
      known: reader.actors.get(actorId(name)) !== undefined,
      suggestions: [],
    });
    const config = loadConfig({ root: ROOT, env: process.env, lookups: { place, actor } });
    if (json) printJson({ ok: true, problems: [] });
    else
      say(
        `The configuration is right: ${config.channels.length} channel(s), ${config.sources.length} source(s), ${config.feedList.length} feed(s) that are asked.`,
      );
  } catch (error) {
    if (!(error instanceof ConfigError) || !json) throw error;
    printJson({ ok: false, problems: error.problems });
    process.exitCode = 2;
  }
}
