import { spawn } from 'node:child_process';
import type { Contestant } from './contestant.ts';
import { type InterleaveOptions, interleave, type Sampler } from './interleave.ts';
import { firstLine, isStoodInFor } from './measure-steps.ts';
import type { Outcome, Row } from './outcome.ts';
import { Child, type Launch } from './protocol/child.ts';

/** Steps before the peak is read: enough for garbage to be collected. */
const peakSteps = 20;

const megabyte = 1e6;

/** W10: the time from the start of a process to the end of its first step of W9. */
export function measureColdStart(
  folder: string,
  contestants: readonly Contestant[],
  options: InterleaveOptions,
): Promise<Outcome> {
  const bare: Contestant = {
    name: 'Node itself',
    family: 'Node itself',
    launch: { command: process.execPath, args: ['-e', '0', '--'] },
    role: 'peer',
    excuse: () => undefined,
  };
  const cold = (launch: Launch) => () => coldStart({ ...launch, args: [...launch.args, '--cold', folder] });
  const outcome = {
    workload: 'W10',
    title: 'cold start: from nothing to the first step of W9 done',
    unit: 'ms',
  } as const;
  return measured(outcome, [...contestants, bare], cold, options);
}

/** W11: the most resident memory that a fresh process takes for W8. */
export function measurePeak(
  folder: string,
  contestants: readonly Contestant[],
  options: InterleaveOptions,
): Promise<Outcome> {
  const outcome = { workload: 'W11', title: 'peak resident memory of W8', unit: 'MB' } as const;
  return measured(outcome, contestants, (launch) => () => peak(launch, folder), options);
}

async function measured(
  outcome: Omit<Outcome, 'rows'>,
  contestants: readonly Contestant[],
  sampleOf: (launch: Launch) => () => Promise<number>,
  options: InterleaveOptions,
): Promise<Outcome> {
  const samplers: Sampler[] = [];
  const entered = new Map<string, { readonly skipped?: string }>();
  for (const contestant of contestants) {
    const { name, launch } = contestant;
    if (isStoodInFor(contestant, entered)) continue;
    const why = contestant.excuse(outcome.workload);
    if (why !== undefined) {
      entered.set(name, { skipped: why });
      continue;
    }
    const sample = sampleOf(launch);
    options.progress(`${name} warms up`);
    try {
      // What is read from disk once is in the cache afterwards, for everybody.
      await sample();
      samplers.push({ name, sample });
      entered.set(name, {});
    } catch (error) {
      entered.set(name, { skipped: firstLine(error) });
    }
  }
  const samples = await interleave(samplers, options);
  const rows = [...entered].map(
    ([name, entry]): Row => ({ contestant: name, ...entry, rounds: samples.get(name) ?? [], facts: {} }),
  );
  return { ...outcome, rows };
}

async function coldStart({ command, args, env = {} }: Launch): Promise<number> {
  const start = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const milliseconds = performance.now() - start;
  if (status !== 0) throw new Error(errors || `it ended with status ${status}`);
  return milliseconds;
}

async function peak(launch: Launch, folder: string): Promise<number> {
  const child = await Child.start(launch);
  try {
    const prepared = await child.prepare(folder);
    if ('skipped' in prepared) throw new Error(prepared.skipped);
    await child.round(0, peakSteps, peakSteps);
    return (await child.memory()).peak / megabyte;
  } finally {
    await child.close();
  }
}
