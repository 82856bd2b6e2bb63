import { isFloat } from '../graph/dtype.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { sizeOf } from '../graph/shape.ts';
import { compareAlong, compareElements, directionFor, type Measured, type Probe, smoothFractions } from './compare.ts';
import { drawCotangent, drawPoint } from './draw.ts';
import { type Faults, faultOf } from './fault.ts';
import type { CheckerOptions } from './gradcheck.ts';
import { GradcheckError, type Mode } from './gradcheck-error.ts';
import { compareRow, measureColumns } from './jacobian.ts';
import { Level } from './level.ts';
import { Random } from './random.ts';
import { checkStructure } from './structure.ts';
import type { Subject } from './subject.ts';
import type { Tally } from './tally.ts';
import { Workbench } from './workbench.ts';

/** Of a gradient's own derivatives, those by inputs of up to so many elements are compared one by one. */
const fewElements = 6;

/** Where nothing can be decided at a point, so many others are tried. */
const otherPoints = 3;

/** What proves a subject's gradients for one seed after another, by graphs that are built once. */
export function gradcheckerOf(
  subject: Subject,
  { order = 1, backend, entries = 16384 }: CheckerOptions,
): (seed: number) => Tally {
  const bench = new Workbench(backend);
  const tensors = subject.operands.map(({ name, type }) => [name, bench.declare(name, type)] as const);
  const inputs = Object.fromEntries(tensors);
  const y = subject.build(inputs, bench.g);
  const moved = subject.operands.flatMap(({ degree, name, draw }) =>
    degree === undefined ? [] : [{ name, draw, degree, tensor: inputs[name]! }],
  );
  const first = isFloat(y.dtype) && moved.length > 0 ? new Level(bench, y, moved) : undefined;
  const exact = subject.dyadic && moved.every(({ degree }) => degree !== 'smooth');
  const proveAt = (random: Random, seed: number, tally: Tally): void => {
    for (const { name, type, draw } of subject.operands) bench.set(name, drawPoint(type, draw, random.fork(name)));
    const prove = (level: Level): void => {
      proveLevel({ level, bench, subject, exact, entries, random, tally, fault: faultOf(subject, seed, level.path) });
      if (level.path.length + 1 < order) level.next.forEach(prove);
    };
    if (first !== undefined) prove(first);
  };
  return (seed) => {
    const tally: Tally = { exact: 0, bounded: 0, smooth: 0, retried: 0 };
    const random = new Random(seed);
    for (let attempt = 0; ; attempt++)
      try {
        proveAt(attempt === 0 ? random : random.fork(`elsewhere ${attempt}`), seed, tally);
        return tally;
      } catch (error) {
        // A derivative may happen to be zero at one point, where nothing can be told of it.
        if (!(error instanceof GradcheckError && error.finding.proof === 'inconclusive') || attempt === otherPoints)
          throw error;
        tally.retried++;
      }
  };
}

interface Task {
  readonly level: Level;
  readonly bench: Workbench;
  readonly subject: Subject;
  readonly exact: boolean;
  readonly entries: number;
  readonly random: Random;
  readonly tally: Tally;
  readonly fault: Faults;
}

function proveLevel(task: Task): void {
  const { level, bench, subject, exact, random, tally, fault } = task;
  const { y, forward, backward, cotangent, path } = level;
  const entryByEntry = path.length === 0 && level.entries <= task.entries;
  level.expect(entryByEntry);
  bench.set(cotangent, drawCotangent(y, random.fork(cotangent)));
  checkStructure(bench, { forward, backward, cotangent }, fault);
  const measuredBy = (probe: Probe, u: NdArray): Measured => {
    const mode: Mode = probe.degree === 'smooth' ? 'smooth' : exact ? 'exact' : 'bounded';
    const evaluate = (value: NdArray): NdArray => forward({ [probe.name]: value }).y!;
    return { probe, mode, condition: subject.condition, u, evaluate };
  };
  const probes = level.variables.map(({ name, draw, degree }) => ({ name, draw, degree, at: bench.feeds[name]! }));

  const directionOf = (measured: Measured, pass: number, attempt: number): NdArray => {
    const label = `${cotangent} ${measured.probe.name} ${pass} ${attempt}`;
    return directionFor(measured, smoothFractions[attempt]!, random.fork(label));
  };

  const compareEntries = (): void => {
    let open = probes.map((probe) => measuredBy(probe, bench.feeds[cotangent]!));
    for (const attempt of smoothFractions.keys()) {
      const columns = open.map((measured) =>
        measureColumns(forward.live(), {
          ...measured,
          direction: directionOf(measured, 0, attempt),
          memory: (use, length) => level.memory(`${use} ${measured.probe.name}`, length),
        }),
      );
      const undecided = new Set<string>();
      const { inputs, outputs, run } = backward.live();
      const { data: u } = inputs[cotangent]!;
      u.fill(0);
      for (let k = 0; k < u.length; k++) {
        u[k] = 1;
        run();
        for (const each of columns) {
          const { name } = each.probe;
          const verdict = compareRow(each, outputs[name]!, k);
          if (verdict === 'inconclusive') undecided.add(name);
          if (verdict !== 'wrong') continue;
          const [alone, row] = [array(y, u), outputs[name]!];
          fault.mismatch(measuredBy(each.probe, alone), array(row, row.data), each.direction);
        }
        u[k] = 0;
      }
      for (const { mode, difference } of columns) tally[mode] += difference.length;
      tally.retried += undecided.size;
      open = open.filter(({ probe }) => undecided.has(probe.name));
      if (open.length === 0) return;
    }
    fault.inconclusive(open[0]!);
  };

  const compareDirections = (u: NdArray, pass: number): void => {
    const gradients = backward({ [cotangent]: u });
    for (const probe of probes) {
      const measured = measuredBy(probe, u);
      const gradient = gradients[probe.name]!;
      const few = pass === 0 && sizeOf(probe.at.shape) <= fewElements;
      const compared = smoothFractions.some((_, attempt) => {
        const direction = directionOf(measured, pass, attempt);
        const found = few
          ? compareElements(measured, gradient, direction)
          : [compareAlong(measured, gradient, direction)];
        tally[measured.mode] += found.length;
        if (found.some(({ verdict }) => verdict === 'wrong')) fault.mismatch(measured, gradient, direction);
        const conclusive = found.every(({ verdict }) => verdict === 'equal');
        if (!conclusive) tally.retried++;
        return conclusive;
      });
      if (!compared) fault.inconclusive(measured);
    }
  };

  if (entryByEntry) compareEntries();
  else compareDirections(bench.feeds[cotangent]!, 0);
  compareDirections(drawCotangent(y, random.fork(`${cotangent} again`)), 1);
}
