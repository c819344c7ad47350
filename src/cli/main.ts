import { buildProgram } from './program.ts';
import { bearClosedOutput, failure } from './terminal.ts';

bearClosedOutput();
try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = failure(error);
}
