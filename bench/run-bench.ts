import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAtomically } from '../src/io/write-atomically.ts';
import { build } from './build.ts';
import { type Arguments, chosen } from './command-line.ts';
import type { Contestant } from './contestant.ts';
import { cotangentContestants } from './cotangent/contestants.ts';
import { type Machine, machine } from './machine.ts';
import { measureColdStart, measurePeak } from './measure-processes.ts';
import { type Entrant, firstLine, measureSteps } from './measure-steps.ts';
import type { Outcome } from './outcome.ts';
import { peerContestants } from './peers/contestants.ts';
import type { Streams } from './progress.ts';
import { Child } from './protocol/child.ts';
import { writeWorkload } from './protocol/workload-folder.ts';
import { disagreeing, outcomeText, withRatios } from './report.ts';
import { countSteps } from './steps.ts';
import { torchContestants } from './torch/contestants.ts';
import { verdictsOf, verdictText } from './verdict.ts';
import { workloads } from './workloads/index.ts';
import type { Workload } from './workloads/workload.ts';

/** The widest spread that passes for steady. */
const steady = 0.2;

/** Other programs that run on average, beyond which the numbers are not worth much. */
const quiet = 0.5;

/** Runs what was asked for and gives the exit code. */
export async function runBench(asked: Arguments, streams: Streams): Promise<number> {
  const here = machine();
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'cotangent-bench-'));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('SIGINT', () => {
    clean();
    process.exit(130);
  });
  try {
    if (asked.steps !== undefined)
      return (await countAll(asked, written(folder, 'W9'), asked.steps, streams.out)) ? 0 : 1;
    const contestants = [
      ...cotangentContestants({ backends: asked.backends, threads: asked.threads, nodes: asked.node }),
      ...(asked.torch ? torchContestants(asked.python) : []),
      ...(asked.peers ? peerContestants(streams.err) : []),
    ];
    if (asked.torch && !contestants.some(({ role }) => role === 'pytorch'))
      streams.out('without PyTorch: no python3 here can import torch (name one by --python or in $PYTHON)\n');
    const { versions, outcomes } = await measureAll(asked, contestants, folder, here, streams);
    const verdicts = verdictsOf(outcomes, contestants, ({ name }) => majorOf(versions[name]?.node));
    if (verdicts.length > 0) streams.out(`\n${verdictText(verdicts)}\n`);
    if (asked.json !== undefined)
      writeAtomically(
        asked.json,
        `${JSON.stringify({ machine: here, versions, outcomes: outcomes.map(withRatios), verdicts }, null, 2)}\n`,
      );
    const roles = new Map(contestants.map(({ name, role }) => [name, role]));
    return outcomes.flatMap(disagreeing).every(({ contestant }) => roles.get(contestant) === 'peer') ? 0 : 1;
  } finally {
    clean();
  }
}

async function measureAll(
  asked: Arguments,
  contestants: readonly Contestant[],
  folder: string,
  here: Machine,
  { out, err, progress }: Streams,
): Promise<{ readonly versions: Versions; readonly outcomes: readonly Outcome[] }> {
  const outcomes: Outcome[] = [];
  const told = (outcome: Outcome): void => {
    outcomes.push(outcome);
    out(`\n${outcomeText(outcome, contestants)}\n`);
  };
  const options = (name: string) => ({
    rounds: asked.rounds,
    milliseconds: asked.milliseconds,
    steady,
    progress: (text: string) => progress(`${name}: ${text}`),
    complain: (text: string) => err(`${name}: ${text}\n`),
  });
  let entrants = await Promise.all(contestants.map(enter));
  const versions: Versions = Object.fromEntries(
    entrants.map((entrant) => [entrant.contestant.name, versionsOf(entrant)]),
  );
  out(`${heading(here, versions, asked)}\n`);
  try {
    for (const { name } of workloads.filter((workload) => chosen(workload.name, asked.only))) {
      told(await measureSteps(workloadOf(name), written(folder, name), entrants, options(name)));
      rmSync(join(folder, name), { recursive: true });
      // Who crashed may do better at the next.
      entrants = await Promise.all(entrants.map((entrant) => (crashed(entrant) ? enter(entrant.contestant) : entrant)));
    }
  } finally {
    for (const { child } of entrants) if (typeof child !== 'string') await child.close();
  }
  if (chosen('W10', asked.only)) told(await measureColdStart(written(folder, 'W9'), contestants, options('W10')));
  if (chosen('W11', asked.only)) told(await measurePeak(written(folder, 'W8'), contestants, options('W11')));
  return { versions, outcomes };
}

const workloadOf = (name: string): Workload => workloads.find((workload) => workload.name === name)!;

/** The folder that a workload's arrays were written to. */
function written(folder: string, name: string): string {
  const path = join(folder, name);
  writeWorkload(path, workloadOf(name), 'full');
  return path;
}

const crashed = ({ child }: Entrant): boolean => typeof child !== 'string' && child.ended;

const enter = async (contestant: Contestant): Promise<Entrant> => ({
  contestant,
  child: await Child.start(contestant.launch).catch((error) => `it does not start: ${firstLine(error)}`),
});

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

interface Versions {
  readonly [contestant: string]: Child['versions'];
}

/** 24 for `v24.9.0`; the version of this Node where that says nothing. */
const majorOf = (version = process.version): number => Number(version.replace(/^v/, '').split('.')[0]);

const versionsOf = ({ child }: Entrant): Child['versions'] =>
  typeof child === 'string' ? { fault: child } : child.versions;

function heading(
  { cores, processor, platform, load }: Machine,
  versions: Versions,
  { rounds, milliseconds }: Arguments,
): string {
  const lines = Object.entries(versions).map(
    ([name, parts]) =>
      `  ${name}: ${Object.entries(parts)
        .map((part) => part.join(' '))
        .join(', ')}`,
  );
  return [
    `${cores} cores, ${processor}, ${platform}, ${new Date().toISOString().slice(0, 10)}`,
    `${rounds} rounds of ${milliseconds} ms for each in turn: the median of their medians, the width of their middle half, ratios inside each round [least–most]`,
    '× PyTorch: how many times the better of PyTorch’s times',
    ...(load > quiet
      ? [`BUSY: ${load.toFixed(1)} other programs ran in the last minute; do not trust these numbers`]
      : []),
    ...lines,
  ].join('\n');
}
