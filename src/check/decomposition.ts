import { vjp } from '../autodiff/vjp.ts';
import { isFloat } from '../graph/dtype.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { AnyOp, Case } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import { drawCotangent, drawPoint } from './draw.ts';
import { GradcheckError } from './gradcheck-error.ts';
import { Random } from './random.ts';
import { showSubject, subjectOf } from './subject.ts';
import { Workbench } from './workbench.ts';

/**
 * Proves that a fused operator equals its decomposition, value and gradients: bit for bit where nothing is rounded,
 * within a rounding bound elsewhere.
 *
 * @throws GradcheckError `gradcheck/decomposition`.
 */
export function checkDecomposition(op: AnyOp, drawn: Case<string, object>, seed: number): void {
  if (op.decompose === undefined) return;
  const subject = subjectOf(op, drawn);
  const bench = new Workbench();
  const random = new Random(seed, 'decomposition');
  const operands = subject.operands.map(({ name, type, draw, degree }) => {
    return { name, degree, tensor: bench.input(name, drawPoint(type, draw, random.fork(name))) };
  });
  const inputs = Object.fromEntries(operands.map(({ name, tensor }) => [name, tensor]));
  const fused = subject.build(inputs, bench.g);
  const open = op.decompose(inputs, drawn.attributes);
  const compared: (readonly [name: string, Tensor, Tensor])[] = [['y', fused, open]];
  const moved = operands.filter(({ degree }) => degree !== undefined);
  if (isFloat(fused.dtype) && moved.length > 0) {
    const ct = bench.input('ct', drawCotangent(fused, random.fork('ct')));
    const wrt = moved.map(({ tensor }) => tensor);
    const left = vjp([fused], wrt, [ct]);
    const right = vjp([open], wrt, [ct]);
    moved.forEach(({ name }, i) => {
      compared.push([name, left[i]!, right[i]!]);
    });
  }
  const exact = subject.dyadic && moved.every(({ degree }) => degree !== 'smooth');
  for (const [name, left, right] of compared) {
    const a = bench.program({ out: left })().out!;
    const b = bench.program({ out: right })().out!;
    const tolerance = exact ? 0 : 64 * Number.EPSILON * subject.condition * largest(b);
    const i = Array.from(a.data).findIndex((x, j) => !(Math.abs(x - b.data[j]!) <= tolerance));
    if (i < 0 && a.data.length === b.data.length) continue;
    throw new GradcheckError({
      proof: 'decomposition',
      subject: op.name,
      input: name === 'y' ? '' : name,
      summary: `${name === 'y' ? 'the value' : 'the gradient'} is ${a.data[i]}, that of its decomposition ${b.data[i]} at flat index ${i}`,
      case: showSubject(subject),
      seed,
      fix: 'mend the fused operator: its decomposition is its meaning.',
    });
  }
}

const largest = ({ data }: NdArray): number => Array.from(data).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
