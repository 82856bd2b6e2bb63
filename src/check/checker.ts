import { isFloat } from '../graph/dtype.ts';
import { drawPoint } from './draw.ts';
import { faultOf } from './fault.ts';
import type { CheckerOptions } from './gradcheck.ts';
import { GradcheckError } from './gradcheck-error.ts';
import { Level } from './level.ts';
import { proveLevel } from './prove-level.ts';
import { Random } from './random.ts';
import type { Along } from './report.ts';
import { Report } from './report.ts';
import type { Subject } from './subject.ts';
import type { Tally } from './tally.ts';
import { Workbench } from './workbench.ts';

/** Where nothing can be decided at a point, so many others are tried. */
const otherPoints = 3;

/** What checks a subject's gradients for one seed after another, by graphs that are built once. */
export function gradcheckerOf(
  subject: Subject,
  { order = 1, backend, entries = 16384, taylor = false, kinks = 'avoid' }: CheckerOptions,
): (seed: number) => Report {
  const bench = new Workbench(backend);
  const tensors = subject.operands.map(({ name, type }) => [name, bench.declare(name, type)] as const);
  const inputs = Object.fromEntries(tensors);
  const y = subject.build(inputs, bench.g);
  const moved = subject.operands.flatMap(({ degree, name, draw }) =>
    degree === undefined ? [] : [{ name, draw, degree, tensor: inputs[name]! }],
  );
  const first = isFloat(y.dtype) && moved.length > 0 ? new Level(bench, y, moved) : undefined;
  const exact = subject.dyadic && moved.every(({ degree }) => degree !== 'smooth');
  const settings = { bench, subject, exact, entries, taylor, kinks };
  const proveAt = (random: Random, seed: number, tally: Tally, along: Along[]): void => {
    for (const { name, type, draw } of subject.operands) bench.set(name, drawPoint(type, draw, random.fork(name)));
    const prove = (level: Level): void => {
      proveLevel({ ...settings, level, random, tally, along, fault: faultOf(subject, seed, level.path) });
      if (level.path.length + 1 < order) level.next.forEach(prove);
    };
    if (first !== undefined) prove(first);
  };
  return (seed) => {
    const tally: Tally = { exact: 0, bounded: 0, smooth: 0, retried: 0 };
    const random = new Random(seed);
    for (let attempt = 0; ; attempt++) {
      const along: Along[] = [];
      const found = { subject: subject.name, seed, order, tally, along };
      try {
        proveAt(attempt === 0 ? random : random.fork(`elsewhere ${attempt}`), seed, tally, along);
        return new Report({ ...found, verdict: 'proved', error: undefined });
      } catch (error) {
        if (!(error instanceof GradcheckError)) throw error;
        if (error.finding.proof !== 'inconclusive') return new Report({ ...found, verdict: 'refuted', error });
        // A derivative may happen to be zero at one point, where nothing can be told of it.
        if (attempt === otherPoints) return new Report({ ...found, verdict: 'inconclusive', error });
        tally.retried++;
      }
    }
  };
}
