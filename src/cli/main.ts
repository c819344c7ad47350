import { buildProgram } from './program.ts';
import { failure } from './terminal.ts';

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = failure(error);
}
