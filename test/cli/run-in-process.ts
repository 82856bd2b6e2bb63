import { PassThrough } from 'node:stream';
import { runCommandLine } from '../../src/cli/run-command-line.ts';
import type { Ended } from './run-cli.ts';

/** Runs a command line without a process of its own: faster by the second that starting one takes. */
export async function runInProcess(args: readonly string[], isTTY = false): Promise<Ended> {
  const out = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const err = new PassThrough();
  const code = await runCommandLine(args, { out, err });
  return { code, stdout: textOf(out), stderr: textOf(err) };
}

const textOf = (stream: PassThrough): string => `${(stream.read() as Buffer | null) ?? ''}`;
