import type { Arrays } from '../../backends/backend.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Degree, Draw } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import type { Snippet } from '../fuzz/campaign.ts';

/** One input of a foreign function. Shapes are the library's own, batch and channels wherever it has them. */
export interface ExternalInput {
  readonly type: Type;
  /** How it is drawn; dyadic rationals unless given. */
  readonly draw?: Draw;
  /** The function's polynomial degree in it, `'smooth'` unless given. */
  readonly degree?: Degree;
  /** Its values, in place of drawn ones; for inputs that are held. */
  readonly values?: readonly number[];
  /** Whether there is no derivative to ask for; true for integers and masks in any case. */
  readonly held?: boolean;
}

/**
 * A function of another library, and what it claims to be its gradient.
 *
 * @example
 * ```ts
 * const outcome = await checkExternal({
 *   name: 'square',
 *   inputs: { x: { type: { dtype: 'f64', shape: [3] }, degree: 2 } },
 *   precision: 'f64',
 *   forward: ({ x }) => array(x!, Array.from(x!.data, (v) => v * v)),
 *   vjp: ({ x }, ct) => ({ x: array(x!, Array.from(x!.data, (v, i) => 2 * v * ct.data[i]!)) }),
 * });
 * ```
 */
export interface ExternalCheck {
  readonly name: string;
  readonly inputs: { readonly [name: string]: ExternalInput };
  /** Everything drawn follows from it; 0 unless given. */
  readonly seed?: number;
  /** What the library computes in: rounding is bounded accordingly. `'f32'` unless given. */
  readonly precision?: 'f32' | 'f64';
  /** How much larger rounding errors are than the sizes suggest, where terms cancel; 1 unless given. */
  readonly condition?: number;
  /**
   * For points drawn on kinks, of functions that are convex or concave and piecewise linear: the gradient must be a subgradient, measured by
   * one-sided differences of the function itself. At a tie between maxima it so has to hand out the whole cotangent, once.
   */
  readonly kink?: boolean;
  /** The value at these inputs. Throwing means that the library refuses the operator. */
  forward(values: Arrays): NdArray | Promise<NdArray>;
  /** The gradients of ⟨ct, forward⟩, by input. Throwing, or leaving one out, means that the library has none. */
  vjp(values: Arrays, ct: NdArray): Arrays | Promise<Arrays>;
  /** The same function in cotangent: tells a wrong value from a wrong gradient. */
  reference?(inputs: { readonly [name: string]: Tensor }, g: GraphBuilder): Tensor;
  /** Words for what this case covers, repeated in the outcome. */
  readonly covers?: readonly string[];
  /** Code for the case in question: what moved, and from where. */
  snippet?(finding: ExternalFinding): Snippet | undefined | Promise<Snippet | undefined>;
}

/** What a snippet has to show. */
export interface ExternalFinding {
  readonly values: Arrays;
  /** Absent where the library refuses the operator itself. */
  readonly ct?: NdArray;
  /** What shows the fault: inputs move along these, each by `step` times. */
  readonly along?: Arrays;
  readonly step: number;
  /** What the value should be, where it is the value that is wrong. */
  readonly expected?: NdArray;
  readonly fault: 'gradient' | 'value' | 'kink' | 'missing';
}
