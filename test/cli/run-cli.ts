import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as users start it. */
const bin = fileURLToPath(new URL('../../bin/cotangent.js', import.meta.url));

/** How a command ended, and what it said. */
export interface Ended {
  /** Exit status, or the signal's name. */
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cotangent` with these arguments; `during` may watch the process. */
export function runCli(args: readonly string[], during?: (process: ChildProcess) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ code: status ?? signal, stdout, stderr }));
    during?.(child);
  });
}
