import { learn } from '../app/knowledge.ts';
import { loadConfig, type Config, type LoadOptions } from '../config/load.ts';
import { ConfigError, type Problem } from '../config/problem.ts';
import { namesIn } from './names.ts';
import { ROOT } from './root.ts';
import { printJson, say } from './terminal.ts';

/** All problems at once: a mistake in the lexicons does not hide one in the settings. @throws ConfigError */
async function checked(): Promise<Config> {
  const problems: Problem[] = [];
  let lookups: LoadOptions['lookups'];
  try {
    lookups = namesIn(await learn(ROOT));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
  }
  try {
    const config = loadConfig({ root: ROOT, env: process.env, ...(lookups && { lookups }) });
    if (problems.length === 0) return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
  }
  throw new ConfigError(problems);
}

/** `sitrep check-config`: all that is wrong with config/*.yaml and the environment; exit status 2 when something is. */
export async function checkConfig({ json }: { json?: true }): Promise<void> {
  try {
    const { channels, sources, feedList } = await checked();
    if (json) printJson({ ok: true, problems: [] });
    else
      say(
        `The configuration is right: ${channels.length} channel(s), ${sources.length} source(s), ${feedList.length} feed(s) that are asked.`,
      );
  } catch (error) {
    if (!(error instanceof ConfigError) || !json) throw error;
    printJson({ ok: false, problems: error.problems });
    process.exitCode = 2;
  }
}
