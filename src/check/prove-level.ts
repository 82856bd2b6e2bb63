import { array, type NdArray } from '../graph/nd-array.ts';
import { sizeOf } from '../graph/shape.ts';
import {
  compareAlong,
  compareElements,
  directionFor,
  type Measured,
  movedBy,
  type Probe,
  smoothFractions,
} from './compare.ts';
import { directionKinds, directionOfKind } from './directions.ts';
import { drawCotangent } from './draw.ts';
import { checkDuality } from './duality.ts';
import type { Faults } from './fault.ts';
import type { CheckerOptions } from './gradcheck.ts';
import type { Mode } from './gradcheck-error.ts';
import { compareColumns, measureRows } from './jacobian.ts';
import type { Level } from './level.ts';
import type { Random } from './random.ts';
import type { Along } from './report.ts';
import { settle } from './settle.ts';
import { checkStructure } from './structure.ts';
import type { Subject } from './subject.ts';
import type { Tally } from './tally.ts';
import { taylorOf } from './taylor.ts';
import type { Workbench } from './workbench.ts';

/** Of a gradient's own derivatives, those by inputs of up to so many elements are compared one by one. */
const fewElements = 6;

interface Task extends Required<Pick<CheckerOptions, 'entries' | 'taylor' | 'kinks'>> {
  readonly level: Level;
  readonly bench: Workbench;
  readonly subject: Subject;
  readonly exact: boolean;
  readonly random: Random;
  readonly tally: Tally;
  readonly along: Along[];
  readonly fault: Faults;
}

/** Compares all gradients of one tensor, at the workbench's values. @throws GradcheckError */
export function proveLevel(task: Task): void {
  const { level, bench, subject, exact, random, tally, fault, kinks } = task;
  const { y, forward, backward, cotangent, path, variables } = level;
  const entryByEntry = path.length === 0 && level.entries <= task.entries;
  level.expect(entryByEntry);
  bench.set(cotangent, drawCotangent(y, random.fork(cotangent)));
  checkStructure(bench, { forward, backward, cotangent }, fault);
  const pull = (u: NdArray): { readonly [name: string]: NdArray } => backward({ [cotangent]: u });
  if (path.length === 0 && level.duality !== undefined)
    checkDuality(level.duality, { bench, y, variables, exact, condition: subject.condition, random, fault, pull });
  const measuredBy = (probe: Probe, u: NdArray): Measured => {
    const mode: Mode = probe.degree === 'smooth' ? 'smooth' : exact ? 'exact' : 'bounded';
    const evaluate = (value: NdArray): NdArray => forward({ [probe.name]: value }).y!;
    return { probe, mode, condition: subject.condition, u, evaluate };
  };
  const probes = variables.map(({ name, draw, degree }) => ({ name, draw, degree, at: bench.feeds[name]! }));

  if (path.length === 0 && kinks === 'avoid')
    requireOnePiece(task, probes, (probe) => measuredBy(probe, bench.feeds[cotangent]!));

  const directionOf = (measured: Measured, pass: number, attempt: number): NdArray => {
    const label = `${cotangent} ${measured.probe.name} ${pass} ${attempt}`;
    return directionFor(measured, smoothFractions[attempt]!, random.fork(label));
  };
  const drawn = (random: Random): NdArray => drawCotangent(y, random);
  const dispute = (
    measured: Measured,
    gradient: NdArray,
    direction: NdArray,
    redraw: (random: Random) => NdArray,
  ): void => {
    const { name } = measured.probe;
    settle({
      measured,
      gradient,
      direction,
      fault,
      kinks,
      random: random.fork(`dispute ${cotangent} ${name}`),
      certificate: () => level.certificate(subject.branch),
      pull: (u) => pull(u)[name]!,
      redraw,
      dense: drawn,
    });
  };

  const compareEntries = (): void => {
    const jacobian = measureRows(backward.live(), cotangent, (use, length) => level.memory(use, length));
    let open = probes.map((probe) => measuredBy(probe, bench.feeds[cotangent]!));
    for (const attempt of smoothFractions.keys()) {
      open = open.filter((measured) => {
        const { at, name } = measured.probe;
        const [direction, rows] = [directionOf(measured, 0, attempt), jacobian.get(name)!];
        const unequal = compareColumns(forward.live(), { ...measured, direction, rows });
        tally[measured.mode] += rows.length;
        for (const [k, verdict] of unequal) {
          if (verdict !== 'wrong') continue;
          const [alone, n] = [array(y), at.data.length];
          alone.data[k] = 1;
          const gradient = array(at, rows.subarray(k * n, (k + 1) * n));
          dispute(measuredBy(measured.probe, alone), gradient, direction, () => alone);
        }
        const isOpen = [...unequal.values()].includes('inconclusive');
        if (isOpen) tally.retried++;
        return isOpen;
      });
      if (open.length === 0) return;
    }
    fault.inconclusive(open[0]!);
  };

  const note = (kind: string, measured: Measured, gradient: NdArray, direction: NdArray, found: Noted): void => {
    const { mode, probe } = measured;
    const taylor = task.taylor ? { taylor: taylorOf(measured, gradient, direction) } : {};
    const { numeric, analytic, tolerance } = found;
    const input = [...path, probe.name].join('.');
    task.along.push({ input, order: path.length + 1, kind, mode, numeric, analytic, tolerance, ...taylor });
  };

  const compareDirections = (u: NdArray, pass: number): void => {
    // Of nothing there is nothing to compare.
    if (u.data.length === 0) return;
    const gradients = pull(u);
    for (const probe of probes.filter(({ at }) => at.data.length > 0)) {
      const measured = measuredBy(probe, u);
      const gradient = gradients[probe.name]!;
      const few = pass === 0 && sizeOf(probe.at.shape) <= fewElements;
      const compared = smoothFractions.some((_, attempt) => {
        const direction = directionOf(measured, pass, attempt);
        const found = few
          ? compareElements(measured, gradient, direction)
          : [compareAlong(measured, gradient, direction)];
        tally[measured.mode] += found.length;
        if (found.some(({ verdict }) => verdict === 'wrong')) dispute(measured, gradient, direction, drawn);
        else if (!few) note('dense', measured, gradient, direction, found[0]!);
        const conclusive = found.every(({ verdict }) => verdict !== 'inconclusive');
        if (!conclusive) tally.retried++;
        return conclusive;
      });
      if (!compared) fault.inconclusive(measured);
    }
  };

  /** Where there are too many entries: parts of every input, since a sum over everything hides what a border does. */
  const compareParts = (): void => {
    const u = drawCotangent(y, random.fork(`${cotangent} parts`));
    const gradients = pull(u);
    for (const probe of probes.filter(({ at }) => sizeOf(at.shape) > fewElements)) {
      const measured = measuredBy(probe, u);
      const gradient = gradients[probe.name]!;
      for (const [i, kind] of directionKinds.entries()) {
        const source = random.fork(`${cotangent} ${probe.name} part ${i}`);
        const direction = directionOfKind(kind, directionFor(measured, smoothFractions[0]!, source), source);
        if (direction === undefined) continue;
        const found = compareAlong(measured, gradient, direction);
        tally[measured.mode]++;
        // A part may happen to matter little: what is undecided here is decided by the dense directions.
        if (found.verdict === 'wrong') dispute(measured, gradient, direction, drawn);
        else note(kind, measured, gradient, direction, found);
      }
    }
  };

  if (entryByEntry) compareEntries();
  else {
    compareDirections(bench.feeds[cotangent]!, 0);
    if (path.length === 0) compareParts();
  }
  compareDirections(drawCotangent(y, random.fork(`${cotangent} again`)), 1);
}

/** How near to a point kinks are looked for. */
const nearby = 2 ** -14;

/** A central difference over a kink gives the mean of both sides, which some rule may agree with. */
function requireOnePiece(
  { level, subject, random, fault }: Task,
  probes: readonly Probe[],
  measuredBy: (probe: Probe) => Measured,
): void {
  const isOnPiece = level.certificate(subject.branch);
  const directions = probes.map((probe) =>
    directionFor(measuredBy(probe), smoothFractions[0]!, random.fork(`near ${probe.name}`)),
  );
  for (const side of [nearby, -nearby]) {
    const there = probes.map(({ name, at }, i) => [name, movedBy(at, directions[i]!, side)] as const);
    if (!isOnPiece(Object.fromEntries(there))) fault.onKink(measuredBy(probes[0]!));
  }
}

type Noted = Pick<Along, 'numeric' | 'analytic' | 'tolerance'>;
