/** One thing that is wrong with the configuration. */
export interface Problem {
  /** File, relative to the project's root, or "environment". */
  readonly file: string;
  /** Counted from 1. Absent for the environment and for a file that cannot be read. */
  readonly line?: number;
  readonly column?: number;
  /** Dotted path of the setting (`desk.port`, `sources[2].url`) or the environment variable's name. */
  readonly key: string;
  /** What was found and what would be right. */
  readonly message: string;
}

/** All that is wrong, one line each: `config/local.yaml:3:9: desk.port: found …; write …`. */
export function describeProblems(problems: readonly Problem[]): string {
  const lines = problems.map(({ file, line, column, key, message }) => {
    const position = line === undefined ? '' : `:${line}:${column ?? 1}`;
    return `${file}${position}: ${key === '' ? '' : `${key}: `}${message}`;
  });
  return lines.join('\n');
}

/** The bot does not start with it. `message` is for the person who reads the terminal; no stack is needed. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? 'One setting is wrong' : `${problems.length} settings are wrong`;
    super(`${count}:\n${describeProblems(problems)}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
