import { isFloat } from '../graph/dtype.ts';
import { CotangentError } from '../graph/error.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { type AnyOp, type Case, type Degree, stemOf } from '../graph/op.ts';
import { sizeOf } from '../graph/shape.ts';
import { drawDirection, drawPoint } from './draw.ts';
import { Random } from './random.ts';
import { differenceWeights, highestDegree } from './stencil.ts';
import { degreeOf, showSubject, subjectOf } from './subject.ts';
import { Workbench } from './workbench.ts';

/** A case with the seed of what is drawn for it. */
export type Drawn = readonly [drawn: Case<string, object>, seed: number];

/**
 * Proves the declared degrees by finite differences along random lines: those of order degree + 1 must vanish in every
 * case (else it is declared too low), those of order degree must not vanish in all of them (else too high; so is
 * `'smooth'` for what behaves as a polynomial). An input of degree 0 must not move the result at all: so a declared
 * zero is proved.
 *
 * @throws CotangentError `gradcheck/degree`.
 */
export function checkDegrees(op: AnyOp, cases: readonly Drawn[]): void {
  const reached = new Map<string, boolean>();
  for (const [drawn, seed] of cases) {
    for (const { name, degree, where, moves } of linesOf(op, drawn, seed)) {
      const lowest = degree === 'smooth' ? highestDegree + 1 : degree;
      reached.set(stemOf(name), (reached.get(stemOf(name)) ?? degree === 0) || moves(lowest));
      if (degree !== 'smooth' && moves(degree + 1))
        refuse(op, name, degree, `differences of order ${degree + 1} do not vanish`, 'declare a higher one.', where);
    }
  }
  for (const [stem, isReached] of reached)
    if (!isReached)
      refuse(
        op,
        stem,
        degreeOf(op, stem)!,
        `it behaves as of a lower one`,
        'declare that, so that more is asked of the gradient.',
        `all ${cases.length} cases`,
      );
}

interface Line {
  readonly name: string;
  readonly degree: Degree;
  readonly where: string;
  /** Whether the differences of this order along the line differ from zero by more than rounding. */
  moves(order: number): boolean;
}

/** One random line per input of declared degree. */
function linesOf(op: AnyOp, drawn: Case<string, object>, seed: number): Line[] {
  const subject = subjectOf(op, drawn);
  const bench = new Workbench();
  const random = new Random(seed, 'degree');
  const inputs = Object.fromEntries(
    subject.operands.map(({ name, type, draw }) => [name, bench.input(name, drawPoint(type, draw, random.fork(name)))]),
  );
  const y = subject.build(inputs, bench.g);
  if (!isFloat(y.dtype) || sizeOf(y.shape) === 0) return [];
  const program = bench.program({ y });
  return subject.operands.flatMap(({ name, type, draw }) => {
    const degree = degreeOf(op, name);
    if (degree === undefined || !isFloat(type.dtype) || sizeOf(type.shape) === 0) return [];
    const where = `${showSubject(subject)}, seed ${seed}`;
    const at = bench.feeds[name]!;
    const steps = degree === 'smooth' ? highestDegree + 1 : degree + 1;
    const along = drawDirection(at, draw, { steps, across: degree === 'smooth' }, random.fork(`along ${name}`));
    const values = Array.from({ length: steps + 1 }, (_, j) => program({ [name]: stepped(at, along, j) }).y!);
    return [{ name, degree, where, moves: (order) => differs(values, order, subject.condition) }];
  });
}

function stepped(at: NdArray, along: NdArray, steps: number): NdArray {
  return array(
    at,
    Array.from(at.data, (x, i) => x + steps * along.data[i]!),
  );
}

function differs(values: readonly NdArray[], order: number, condition: number): boolean {
  const weights = differenceWeights(order);
  return Array.from(values[0]!.data).some((_, i) => {
    let difference = 0;
    let size = 0;
    for (const [j, weight] of weights.entries()) {
      difference += weight * values[j]!.data[i]!;
      size += Math.abs(weight * values[j]!.data[i]!);
    }
    return Math.abs(difference) > 64 * Number.EPSILON * condition * size;
  });
}

function refuse(op: AnyOp, input: string, degree: Degree, but: string, fix: string, where: string): never {
  throw new CotangentError({
    code: 'gradcheck/degree',
    summary: `${op.name} declares degree ${degree} in '${input}', but ${but}`,
    details: [`in  ${where}`],
    fix,
  });
}
