import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAtomically } from '../src/io/write-atomically.ts';
import { build } from './build.ts';
import { type Arguments, chosen } from './command-line.ts';
import type { Contestant } from './contestant.ts';
import { cotangentContestants } from './cotangent/contestants.ts';
import { machine } from './machine.ts';
import { measureColdStart, measurePeak } from './measure-processes.ts';
import { type Entrant, firstLine, measureSteps } from './measure-steps.ts';
import type { Outcome } from './outcome.ts';
import { peerContestants } from './peers/contestants.ts';
import { Child } from './protocol/child.ts';
import { writeWorkload } from './protocol/workload-folder.ts';
import { disagreeing, outcomeText } from './report.ts';
import { countSteps } from './steps.ts';
import { torchContestants } from './torch/contestants.ts';
import { workloads } from './workloads/index.ts';

export interface Streams {
  /** Results. */
  out(text: string): void;
  /** Progress. */
  err(text: string): void;
}

/** The widest spread that passes for steady. */
const steady = 0.2;

/** Other programs that run on average, beyond which the numbers are not worth much. */
const quiet = 0.5;

/** Runs what was asked for and gives the exit code. */
export async function runBench(asked: Arguments, { out, err }: Streams): Promise<number> {
  const here = machine();
  build(err);
  const folder = mkdtempSync(join(tmpdir(), 'cotangent-bench-'));
  const folderOf = (name: string): string => join(folder, name);
  try {
    if (asked.steps !== undefined) {
      writeWorkload(folderOf('W9'), workloads.find(({ name }) => name === 'W9')!, 'full');
      return (await countAll(asked, folderOf('W9'), asked.steps, out)) ? 0 : 1;
    }
    const contestants = [
      ...cotangentContestants({ backends: asked.backends, threads: asked.threads, nodes: asked.node }),
      ...(asked.torch ? torchContestants() : []),
      ...(asked.peers ? peerContestants(err) : []),
    ];
    if (asked.torch && !contestants.some(({ role }) => role === 'pytorch'))
      out('without PyTorch: no python3 here can import torch (name one in $PYTHON)\n');
    const outcomes: Outcome[] = [];
    const bases = contestants
      .filter(({ name, role }) => role === 'cotangent' && name !== 'reference')
      .map((c) => c.name);
    const told = (outcome: Outcome): void => {
      outcomes.push(outcome);
      out(`\n${outcomeText(outcome, bases)}\n`);
    };
    const options = (name: string) => ({
      rounds: asked.rounds,
      milliseconds: asked.milliseconds,
      steady,
      progress: (text: string) => err(`${name}: ${text}\n`),
    });

    const entrants = await start(contestants);
    try {
      out(`${heading(here, entrants, asked)}\n`);
      for (const workload of workloads.filter(({ name }) => chosen(name, asked.only))) {
        writeWorkload(folderOf(workload.name), workload, 'full');
        told(await measureSteps(workload, folderOf(workload.name), entrants, options(workload.name)));
        if (!['W8', 'W9'].includes(workload.name)) rmSync(folderOf(workload.name), { recursive: true });
      }
    } finally {
      for (const { child } of entrants) if (typeof child !== 'string') await child.close();
    }
    for (const [name, of, measure] of [
      ['W10', 'W9', measureColdStart],
      ['W11', 'W8', measurePeak],
    ] as const) {
      if (!chosen(name, asked.only)) continue;
      writeWorkload(folderOf(of), workloads.find((workload) => workload.name === of)!, 'full');
      told(await measure(folderOf(of), contestants, options(name)));
    }
    if (asked.json !== undefined) {
      const versions = Object.fromEntries(entrants.map((entrant) => [entrant.contestant.name, versionsOf(entrant)]));
      writeAtomically(asked.json, `${JSON.stringify({ machine: here, versions, outcomes }, null, 2)}\n`);
    }
    const roles = new Map(contestants.map(({ name, role }) => [name, role]));
    return outcomes.flatMap(disagreeing).every(({ contestant }) => roles.get(contestant) === 'peer') ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(contestants: readonly Contestant[]): Promise<readonly Entrant[]> {
  const entrants: Entrant[] = [];
  for (const contestant of contestants)
    entrants.push({
      contestant,
      child: await Child.start(contestant.launch).catch((error) => `it does not start: ${firstLine(error)}`),
    });
  return entrants;
}

async function countAll(
  { node, backends, threads }: Arguments,
  folder: string,
  steps: number,
  out: Streams['out'],
): Promise<boolean> {
  let flat = true;
  for (const program of node)
    for (const backend of backends.filter((name) => name !== 'reference' || backends.length === 1))
      for (const count of backend === 'reference' ? [1] : threads)
        flat =
          (await countSteps({
            node: program,
            folder,
            steps,
            backend,
            threads: count,
            tell: (line) => out(`${line}\n`),
          })) && flat;
  return flat;
}

const versionsOf = ({ child }: Entrant): Child['versions'] =>
  typeof child === 'string' ? { fault: child } : child.versions;

function heading(
  { cores, processor, platform, load }: ReturnType<typeof machine>,
  entrants: readonly Entrant[],
  { rounds, milliseconds }: Arguments,
): string {
  const lines = entrants.map((entrant) => {
    const versions = Object.entries(versionsOf(entrant)).map(([name, version]) => `${name} ${version}`);
    return `  ${entrant.contestant.name}: ${versions.join(', ')}`;
  });
  return [
    `${cores} cores, ${processor}, ${platform}, ${new Date().toISOString().slice(0, 10)}`,
    `${rounds} rounds of ${milliseconds} ms for each in turn: the median of their medians, the width of their middle half, ratios inside each round [least–most]`,
    ...(load > quiet
      ? [`BUSY: ${load.toFixed(1)} other programs ran in the last minute; do not trust these numbers`]
      : []),
    ...lines,
  ].join('\n');
}
