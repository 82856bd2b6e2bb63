import { CommanderError } from 'commander';
import { CotangentError } from '../graph/error.ts';
import { exitCode } from './exit-code.ts';
import { makeProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Does what the arguments (without node and script) say, and returns the exit status. Never throws for what a user can do wrong. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = exitCode.ok;
  try {
    const program = makeProgram(terminal, (ending) => {
      code = ending;
    });
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    const verbose = args.includes('--verbose');
    const stack = error instanceof Error && verbose ? error.stack : undefined;
    if (error instanceof CotangentError) terminal.err.write(`${stack ?? error.message}\n`);
    else
      terminal.err.write(
        `unexpected error: ${stack ?? (error instanceof Error ? error.message : String(error))}\n` +
          '  This is a fault of cotangent: please report it, with the output of --verbose.\n',
      );
    return exitCode.fault;
  }
}
