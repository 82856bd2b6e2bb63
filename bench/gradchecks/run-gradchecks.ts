import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../../src/io/write-atomically.ts';
import { pythonWithTorch } from '../../test/python.ts';
import type { Arguments } from '../command-line.ts';
import { machine } from '../machine.ts';
import type { Streams } from '../progress.ts';
import { Child } from '../protocol/child.ts';
import { median, ratio, significant } from '../statistics.ts';
import { type GradcheckCase, gradcheckCases } from './cases.ts';
import { type Measured, measureCase, showTypes } from './measure.ts';

/** How many times as fast as PyTorch gradients have to be checked. */
const wanted = 20;

const explanation = `A check holds every entry of a Jacobian, by every element of every input, at one drawn point in float64 against numeric
derivatives. PyTorch: torch.autograd.gradcheck with its defaults, one thread (eps 1e-6, atol 1e-5, rtol 1e-3; two runs per
element, two backward passes per result). cotangent: gradchecker, one thread: entries must be equal where nothing is rounded
and agree within a computed rounding bound elsewhere (avgPool2d); further a second cotangent along drawn directions, and
what every pullback obeys. 'first' builds, differentiates and compiles the graph as well; 'again' is another point. Times
are the processor's, of all threads of a process.`;

/** Times gradient checks beside PyTorch's and gives the exit code. */
export async function runGradchecks(asked: Arguments, streams: Streams): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'cotangent-gradchecks-'));
  const children = asked.torch ? await startAll(asked.python, streams) : new Map<string, Child>();
  try {
    const here = machine();
    streams.out(
      `${here.processor}, ${here.cores} cores, load ${here.load.toFixed(2)}, Node ${process.versions.node}\n`,
    );
    streams.out(`\n${explanation}\n`);
    const results: { readonly checked: GradcheckCase; readonly measured: Measured }[] = [];
    for (const checked of gradcheckCases) {
      const measured = await measureCase(checked, children, {
        folder,
        milliseconds: asked.milliseconds,
        rounds: asked.rounds,
        steady: Number.POSITIVE_INFINITY,
        progress: (text) => streams.progress(`${checked.name}: ${text}`),
        complain: (text) => streams.err(`${checked.name}: ${text}\n`),
      });
      results.push({ checked, measured });
      streams.out(`\n${textOf(checked, measured)}\n`);
    }
    if (children.size > 0) streams.out(`\n${verdictOf(results.map(({ measured }) => measured))}\n`);
    if (asked.json !== undefined)
      writeAtomically(
        asked.json,
        `${JSON.stringify(
          results.map(({ checked: { name }, measured: { torch, ...ours } }) => ({
            name,
            ...ours,
            torch: Object.fromEntries(torch),
          })),
          null,
          2,
        )}\n`,
      );
    return 0;
  } finally {
    for (const child of children.values()) await child.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** PyTorch by each of the Pythons, named by its version. */
async function startAll(pythons: readonly string[] | undefined, { err }: Streams): Promise<Map<string, Child>> {
  const found = pythons ?? [pythonWithTorch()].filter((python) => python !== undefined);
  const script = fileURLToPath(new URL('./child.py', import.meta.url));
  const children = new Map<string, Child>();
  for (const command of found)
    try {
      const child = await Child.start({ command, args: ['-B', script] });
      children.set(`PyTorch ${child.versions.torch}`, child);
    } catch (error) {
      err(`${command} does not start: ${error instanceof Error ? error.message : error}\n`);
    }
  if (children.size === 0)
    err('without PyTorch: no python3 here can import torch (name one by --python or in $PYTHON)\n');
  return children;
}

function textOf(checked: GradcheckCase, { entries, first, again, torch }: Measured): string {
  const line = (by: string, times: readonly number[], beside: string): string =>
    `  ${by.padEnd(22)} ${significant(median(times)).padStart(7)} ms ${(1000 / median(times)).toFixed(0).padStart(6)} checks/s${beside}`;
  const against = (times: readonly number[]): string =>
    [...torch].map(([, theirs]) => `  ${showRatio(theirs, times)}`).join('');
  return [
    `${checked.name}: ${showTypes(checked)}; ${entries} derivatives compared`,
    ...[...torch].map(([by, times]) => line(by, times, '')),
    line('cotangent, first', first, against(first)),
    line('cotangent, again', again, against(again)),
  ].join('\n');
}

const showRatio = (theirs: readonly number[], ours: readonly number[]): string =>
  theirs.length === 0 ? '–' : `${significant(ratio(theirs, ours).median)}×`;

/** In how many cases the faster PyTorch is beaten by enough. */
function verdictOf(all: readonly Measured[]): string {
  const reached = (times: (each: Measured) => readonly number[]): number =>
    all.filter((each) =>
      [...each.torch.values()].every((theirs) => theirs.length > 0 && ratio(theirs, times(each)).median >= wanted),
    ).length;
  const [first, again] = [reached(({ first }) => first), reached(({ again }) => again)];
  return `at least ${wanted}× the checks per second of every PyTorch here: ${again} of ${all.length} cases, ${first} of them with building and compiling counted`;
}
