import { vjp } from '../autodiff/vjp.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import type { AnyOp, Kink } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import { showType, type Type } from '../graph/type.ts';
import { dot, movedAt } from './compare.ts';
import { drawCotangent } from './draw.ts';
import { GradcheckError } from './gradcheck-error.ts';
import { kinkStep, oneSidedDerivative } from './one-sided.ts';
import { Random } from './random.ts';
import { Workbench } from './workbench.ts';

/** What a function promises at one kink. */
export interface KinkContract {
  readonly name: string;
  readonly types: { readonly [name: string]: Type };
  readonly at: { readonly [name: string]: readonly number[] };
  /** The input that is moved, and per element the side whose derivative the gradient is. */
  readonly input: string;
  readonly takes: readonly ('left' | 'right' | 'zero')[];
  /** No one-sided derivative is finite there; the gradient and its own derivative are zero. */
  readonly singular?: boolean;
  build(inputs: { readonly [name: string]: Tensor }, g: GraphBuilder): Tensor;
}

/** Proves all kinks that an operator declares. Returns how many. */
export function checkKinks(op: AnyOp): number {
  const kinks: readonly Kink<string, object>[] = op.kinks ?? [];
  for (const { attributes, ...kink } of kinks)
    checkKink({ ...kink, name: op.name, build: (inputs, g) => g.emit(op, inputs, attributes) });
  return kinks.length;
}

/** Both one-sided derivatives by one element, and how far they may be off; not at all for polynomials. */
interface Sides {
  readonly left: number;
  readonly right: number;
  readonly tolerance: number;
}

/** The gradient at a kink for a drawn cotangent, and per element what the two sides are. */
export function measureKink(contract: KinkContract): {
  readonly u: NdArray;
  readonly gradient: NdArray;
  /** The gradient's own derivative along a drawn direction. */
  readonly second: NdArray;
  /** The function's forward derivative along the same direction, by differentiating the gradient by its cotangent. */
  readonly pushed: NdArray;
  readonly sides: readonly Sides[];
} {
  const bench = new Workbench();
  const inputs: { [name: string]: Tensor } = {};
  for (const [name, type] of Object.entries(contract.types))
    inputs[name] = bench.input(name, array(type, contract.at[name]!));
  const y = contract.build(inputs, bench.g);
  const u = drawCotangent(y, new Random(1, 'kink'));
  const ct = bench.input('ct', u);
  const gradient = vjp(y, inputs[contract.input]!, ct);
  const program = bench.program({ y });
  const at = bench.feeds[contract.input]!;
  const sides = Array.from(at.data, (_, i) => {
    if (contract.singular === true) return { left: 0, right: 0, tolerance: 0 };
    const phi = (steps: number): number => dot(u, program({ [contract.input]: movedAt(at, i, steps * kinkStep) }).y!);
    const left = oneSidedDerivative(phi, -1);
    const right = oneSidedDerivative(phi, 1);
    return { left: left.value, right: right.value, tolerance: Math.max(left.tolerance, right.tolerance) };
  });
  const again = bench.input('ct.again', drawCotangent(at, new Random(2, 'kink')));
  const { second, pushed } = vjp(gradient, { second: inputs[contract.input]!, pushed: ct }, again);
  const results = bench.program({ gradient, second, pushed })();
  return { u, gradient: results.gradient!, second: results.second!, pushed: results.pushed!, sides };
}

/**
 * Measures both one-sided derivatives at a declared kink: they must differ, and the gradient must be the one that the
 * contract names; where it is `zero`, that must lie between them.
 *
 * @throws GradcheckError `gradcheck/kink`.
 */
export function checkKink(contract: KinkContract): void {
  const { gradient, second, pushed, sides } = measureKink(contract);
  for (const [i, { left, right, tolerance }] of sides.entries()) {
    const actual = gradient.data[i]!;
    const refuse = (summary: string): never => {
      throw new GradcheckError({
        proof: 'kink',
        subject: contract.name,
        input: contract.input,
        summary: `${summary} at element ${i}: left ${left}, right ${right}, gradient ${actual}`,
        case: Object.entries(contract.at)
          .map(([name, values]) => `${name} ${showType(contract.types[name]!)}{${values.join(', ')}}`)
          .join('  '),
        seed: 1,
        fix: 'mend the rule, or declare the side that it takes.',
        analytic: actual,
        tolerance,
      });
    };
    const side = contract.takes[i];
    if (!Number.isFinite(second.data[i])) refuse('the second derivative is not finite');
    if (!pushed.data.every(Number.isFinite)) refuse('the forward derivative is not finite');
    if (contract.singular === true) {
      if (actual !== 0 || second.data[i] !== 0) refuse('at a singular point, a derivative is not zero');
      continue;
    }
    if (Math.abs(left - right) <= tolerance) refuse('there is no kink');
    const expected = side === 'zero' ? 0 : side === 'left' ? left : right;
    const between = (expected - left) * (expected - right) <= tolerance;
    if (!between || !(Math.abs(actual - expected) <= tolerance)) refuse(`the gradient is not the declared ${side} one`);
  }
}
