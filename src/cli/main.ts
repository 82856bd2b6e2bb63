import { CommanderError } from 'commander';
import { CotangentError } from '../graph/error.ts';
import { exitCode } from './exit-code.ts';
import { makeProgram } from './program.ts';

process.exitCode = await run(process.argv);

async function run(args: readonly string[]): Promise<number> {
  // `cotangent graph | head` closes the pipe early: that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.ok);
    throw error;
  });
  let code: number = exitCode.ok;
  try {
    await makeProgram((c) => {
      code = c;
    }).parseAsync([...args]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    const verbose = args.includes('--verbose');
    if (error instanceof CotangentError) {
      process.stderr.write(`${verbose ? (error.stack ?? error.message) : error.message}\n`);
      return exitCode.fault;
    }
    const text = error instanceof Error ? ((verbose ? error.stack : undefined) ?? error.message) : String(error);
    process.stderr.write(
      `unexpected error: ${text}\n  This is a fault of cotangent: please report it, with the output of --verbose.\n`,
    );
    return exitCode.fault;
  }
}
