import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Memory after so many steps, in bytes. */
interface MemoryAt {
  readonly step: number;
  readonly loss: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly arrayBuffers: number;
  readonly arena?: number;
}

interface StepsOptions {
  readonly node: string;
  readonly folder: string;
  readonly steps: number;
  readonly backend: string;
  readonly threads: number;
  tell(line: string): void;
}

/** Resident memory may differ by that much between the first tenth of the steps and the last. */
const slack = 8e6;

const megabytes = (bytes: number | undefined): string =>
  (bytes === undefined ? '–' : (bytes / 1e6).toFixed(1)).padStart(10);

/** Takes many steps in a fresh process, tells memory on the way, and says whether it stayed flat. */
export async function countSteps({ node, folder, steps, backend, threads, tell }: StepsOptions): Promise<boolean> {
  const script = fileURLToPath(new URL('./.built/bench/cotangent/steps-child.js', import.meta.url));
  const args = ['--folder', folder, '--steps', String(steps), '--backend', backend, '--threads', String(threads)];
  const child = spawn(node, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  tell(`${backend} ${threads}t, ${steps} steps of W9; memory in MB`);
  tell('      step   resident       heap    buffers      arena   loss');
  const seen: MemoryAt[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const at = JSON.parse(line) as MemoryAt;
    seen.push(at);
    const sizes = [at.rss, at.heapUsed, at.arrayBuffers, at.arena].map(megabytes).join(' ');
    tell(`${String(at.step).padStart(10)} ${sizes}   ${at.loss.toPrecision(4)}`);
  }
  const status = await ended;
  if (status !== 0) throw new Error(`the process ended with status ${status}`);
  const settled = seen.find(({ step }) => step >= steps / 10)!;
  const growth = seen.at(-1)!.rss - settled.rss;
  const flat = growth <= slack;
  tell(
    `${flat ? 'flat' : 'NOT FLAT'}: ${(growth / 1e6).toFixed(1)} MB of resident memory between step ${settled.step} and ${steps}`,
  );
  return flat;
}
