import { vjp } from '../autodiff/vjp.ts';
import type { Backend } from '../backends/backend.ts';
import { isFloat } from '../graph/dtype.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import type { AnyOp, Case } from '../graph/op.ts';
import { dot } from './compare.ts';
import { drawDirection, drawPoint } from './draw.ts';
import { GradcheckError } from './gradcheck-error.ts';
import { Random } from './random.ts';
import { showSubject, subjectOf } from './subject.ts';
import { Workbench } from './workbench.ts';

/**
 * Proves ⟨A·v, u⟩ === ⟨v, Aᵀ·u⟩ for every input in which the operator is affine on one piece, the others held still:
 * A·v is f(x + v) − f(x), with whole cotangents. Where constants are not dyadic the two may differ by what rounding explains.
 *
 * @returns the inputs proved.
 * @throws GradcheckError `gradcheck/adjoint`.
 */
export function checkAdjoint(
  op: AnyOp,
  drawn: Case<string, object>,
  { seed, backend }: { readonly seed: number; readonly backend?: Backend },
): string[] {
  const subject = subjectOf(op, drawn);
  const bench = new Workbench(backend);
  const random = new Random(seed, 'adjoint');
  const points = subject.operands.map((operand) => {
    const at = drawPoint(operand.type, operand.draw, random.fork(operand.name));
    return { ...operand, at, tensor: bench.input(operand.name, at) };
  });
  const y = subject.build(Object.fromEntries(points.map(({ name, tensor }) => [name, tensor])), bench.g);
  const linear = points.filter(({ degree }) => degree === 1);
  if (!isFloat(y.dtype) || linear.length === 0) return [];
  const u = drawPoint(y, { kind: 'integers', low: -8, high: 8 }, random.fork('u'));
  const gradients = vjp(
    [y],
    linear.map(({ tensor }) => tensor),
    [bench.input('ct', u)],
  );
  const forward = bench.program({ y });
  const backward = bench.program(Object.fromEntries(linear.map(({ name }, i) => [name, gradients[i]!])))();
  const f0 = forward().y!;
  const allPolynomial = points.every(({ degree }) => degree !== 'smooth');
  for (const { name, at, draw } of linear) {
    const v = drawDirection(at, draw, { steps: 1 }, random.fork(`v ${name}`));
    const f1 = forward({ [name]: plus(at, v) }).y!;
    const forwardProduct = dot(minus(f1, f0), u);
    const backwardProduct = dot(v, backward[name]!);
    const exact = subject.dyadic && allPolynomial;
    const terms = sizes(f1, u) + sizes(f0, u) + sizes(v, backward[name]!) + sizes(at, backward[name]!);
    const tolerance = exact ? 0 : 64 * Number.EPSILON * subject.condition * terms;
    if (Math.abs(forwardProduct - backwardProduct) <= tolerance) continue;
    throw new GradcheckError({
      proof: 'adjoint',
      subject: op.name,
      input: name,
      summary: `⟨Av, u⟩ is ${forwardProduct}, ⟨v, Aᵀu⟩ is ${backwardProduct} (${exact ? 'must be equal' : `tolerance ${tolerance.toExponential(1)}`})`,
      case: showSubject(subject),
      seed,
      fix: `mend vjp.${name}: it is not the transpose of the kernel.`,
      details: [`v              ${v}`, `u              ${u}`],
      numeric: forwardProduct,
      analytic: backwardProduct,
      tolerance,
      mode: exact ? 'exact' : 'bounded',
    });
  }
  return linear.map(({ name }) => name);
}

const plus = (a: NdArray, b: NdArray): NdArray => combine(a, b, (x, y) => x + y);
const minus = (a: NdArray, b: NdArray): NdArray => combine(a, b, (x, y) => x - y);
const sizes = (a: NdArray, b: NdArray): number => dot(combine(a, a, Math.abs), combine(b, b, Math.abs));

function combine(a: NdArray, b: NdArray, f: (x: number, y: number) => number): NdArray {
  return array(
    a,
    Array.from(a.data, (x, i) => f(x, b.data[i]!)),
  );
}
