import { learn } from '../app/knowledge.ts';
import { loadConfig, type Config } from '../config/load.ts';
import { ConfigError, type Problem } from '../config/problem.ts';
import { namesIn } from './names.ts';
import { ROOT } from './root.ts';
import { printJson, say } from './terminal.ts';

/** The data folder, with the places that a user brought in, where the settings are whole enough to say it. */
function folder(): string | undefined {
  try {
    return loadConfig({ root: ROOT, env: process.env }).dataDir;
  } catch {
    return undefined;
  }
}

/** All problems at once: a mistake in the lexicons does not hide one in the settings. @throws ConfigError */
async function checked(): Promise<Config> {
  const problems: Problem[] = [];
  const note = (error: unknown): void => {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
  };
  const learnt = await attempt(() => learn(ROOT, folder() ?? ROOT), note);
  const lookups = learnt && namesIn(learnt);
  const config = await attempt(
    () => loadConfig({ root: ROOT, env: process.env, ...(lookups && { lookups }) }),
    note,
  );
  if (config === undefined || problems.length > 0) throw new ConfigError(problems);
  return config;
}

async function attempt<T>(
  work: () => T | Promise<T>,
  failed: (error: unknown) => void,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    failed(error);
    return undefined;
  }
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
