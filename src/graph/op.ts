import type * as FastCheck from 'fast-check';
import type { GraphBuilder } from './builder.ts';
import type { NdArray } from './nd-array.ts';
import type { Reach } from './reach.ts';
import type { Shape } from './shape.ts';
import type { Tensor } from './tensor.ts';
import type { Type } from './type.ts';

/** Values by input name. */
export type Dict<K extends string, V> = { readonly [k in K]: V };

/** `x0`, `x1`, … of a variadic operator share what is declared under `x`. */
type Stem<I extends string> = I extends `${infer S}${number}` ? S : I;

/** Why an input has no gradient rule. Never `undefined`: a forgotten rule is a compile error. */
export interface NoGradient {
  /**
   * - `zero`: the derivative exists almost everywhere and is zero (rounding, stopGradient);
   * - `nondiff`: there is no derivative to speak of (indices, masks); asking for one that could only flow this way is an error;
   * - `missing`: there is a derivative, but nobody has written its rule; needing it is always an error.
   */
  readonly kind: 'zero' | 'nondiff' | 'missing';
  readonly reason: string;
}
export const zero = (reason: string): NoGradient => ({ kind: 'zero', reason });
export const nondiff = (reason: string): NoGradient => ({ kind: 'nondiff', reason });
export const missing = (reason: string): NoGradient => ({ kind: 'missing', reason });

/** What a rule may read: the operator's inputs, its result `y`, and the cotangent `ct` of that result. */
export type RuleValues<I extends string> = Dict<I | 'y' | 'ct', Tensor>;

/**
 * The vector-Jacobian product for one input. Builds graph, so gradients can be differentiated again;
 * must be linear in `ct` and have the input's type. `key` tells the inputs of a variadic operator apart.
 */
export type Rule<I extends string, A extends object> = {
  // A method, so that records of different operators share the erased type AnyOp without casts.
  rule(this: void, values: RuleValues<I>, attributes: A, key: string): Tensor;
}['rule'];

/**
 * The polynomial degree in one input while the others stand still, on one piece; `'smooth'` for anything else.
 * The checker asks for equality up to degree 4.
 */
export type Degree = number | 'smooth';

/** How the checker draws an input, so that by construction no stencil point crosses a kink or leaves the domain. */
export type Draw =
  /** k/8 in [−2, 2], moved along k/8: the default for floats. */
  | { readonly kind: 'dyadic' }
  /** A permutation of the integers plus `offset`, moved by at most 1/8: no ties, no order changes. */
  | { readonly kind: 'distinct'; readonly offset?: number }
  /** At least 1/4 away from every multiple of `step` (default 1) plus `offset`, moved by at most 1/8. */
  | { readonly kind: 'between'; readonly step?: number; readonly offset?: number }
  /** Reals in [low, high], moved by at most an eighth of the distance to the bounds: domains of smooth functions. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  /** Integers in [low, high]; the default for i32 is [0, 3]. */
  | { readonly kind: 'integers'; readonly low: number; readonly high: number };

/** One geometry to prove an operator on. */
export interface Case<I extends string, A extends object> {
  readonly types: Dict<I, Type>;
  readonly attributes: A;
  /** Inputs that are not drawn by their default. */
  readonly draw?: { readonly [k in I]?: Draw };
  /** How much larger rounding errors are than the size of the result suggests, where terms cancel; 1 unless given. */
  readonly condition?: number;
}

/** A point at which an operator has two one-sided derivatives, and which of them its rule takes there. */
export interface Kink<I extends string, A extends object> {
  /** Where: all inputs, flat, in the types given. */
  readonly types: Dict<I, Type>;
  readonly at: Dict<I, readonly number[]>;
  readonly attributes: A;
  /** The input that is moved, and per element the side whose derivative the rule returns. */
  readonly input: I;
  readonly takes: readonly ('left' | 'right' | 'zero')[];
  /** No one-sided derivative is finite there; the rule takes zero, and so do its derivatives. */
  readonly singular?: boolean;
}

/** The ONNX node an operator exports to. */
export interface OnnxNode {
  readonly op: string;
  readonly attributes: object;
}

/** What a simplification may know of a value that an operator reads. */
export interface Operand extends Type {
  readonly op: AnyOp;
  readonly attributes: object;
  readonly inputs: { readonly [name: string]: Operand };
  /** The number that every element is, where a literal says so; exact in the operand's own dtype. */
  readonly uniform: number | undefined;
}

/**
 * What a node equals: an operand of it (or an operand's operand), a number in every element, or the same operator with
 * other inputs or attributes.
 */
export type Simpler =
  | Operand
  | number
  | { readonly inputs: { readonly [name: string]: Operand }; readonly attributes: object };

/** How many products an operator adds up. */
export interface MultiplyAdds {
  /** Those that the definition carries out: no taps on padding, or between the elements of a dilated input. */
  readonly exact: number;
  /** What the formula of papers and counters says: every tap, at the borders too, of every element that is walked over. */
  readonly formula: number;
}

/** Everything about one operator, in one record. `I`: input names; `A`: attributes, plain JSON, fully explicit. */
export interface OpSpec<I extends string, A extends object> {
  /** One sentence with the formula; shapes and dtypes where they are not obvious. */
  readonly doc: string;
  /** Types in, type out. Refuses with `fail`. */
  infer(this: void, types: Dict<I, Type>, attributes: A): Type;
  /** The definition: plain loops that fill the zeroed `y`. */
  kernel(this: void, inputs: Dict<I, NdArray>, attributes: A, y: NdArray): void;
  /** One rule per input. */
  readonly vjp: { readonly [k in Stem<I>]: Rule<I, A> | NoGradient };
  /** Per differentiable input. */
  readonly degree: { readonly [k in Stem<I>]?: Degree };
  /**
   * Whether constants of its own are not dyadic in this geometry, so that the checker asks for the rounding bound in place
   * of equality. Attributes that are not dyadic speak for themselves.
   */
  rounds?(this: void, types: Dict<I, Type>, attributes: A): boolean;
  readonly kinks?: readonly Kink<I, A>[];
  /**
   * For operators that choose between pieces by the size of a float: which piece every element is on, in whole numbers
   * that change exactly where the piece does. Results that are no floats, or of degree 0, speak for themselves.
   */
  branch?(this: void, inputs: Dict<I, NdArray>, attributes: A): ArrayLike<number>;
  /** Whether swapping the inputs changes nothing. */
  readonly commutative?: boolean;
  /** Stems of the inputs that come numbered and in any number, none included: `x` for `x0`, `x1`, …. */
  readonly variadic?: readonly Stem<I>[];
  /** For operators without inputs: the number that every element is, where the attributes say so. */
  uniform?(this: void, attributes: A): number | undefined;
  /**
   * A cheaper equal of this node, element for element to the bit (NaNs are one), with equal gradients; undefined where
   * there is none. Adding 0 to x is not x when x is −0.
   */
  simplify?(this: void, inputs: Dict<I, Operand>, attributes: A): Simpler | undefined;
  /** Attributes that no rule needs to read, with the reason. */
  readonly irrelevant?: { readonly [k in keyof A]?: string };
  /** Geometries for the conformance suite. fast-check is a parameter: operators never load it. */
  cases(this: void, fc: typeof FastCheck): FastCheck.Arbitrary<Case<I, A>>;
  /** Floating-point operations, a multiply-add counted as two. */
  flops(this: void, types: Dict<I | 'y', Type>, attributes: A): number;
  /** For operators that are sums of products: how many. They do nothing else worth counting. */
  multiplyAdds?(this: void, types: Dict<I | 'y', Type>, attributes: A): MultiplyAdds;
  /** Per input, which elements of it an element of the result depends on; all of them where nothing is said. */
  reach?(this: void, types: Dict<I | 'y', Type>, attributes: A): { readonly [input: string]: Reach };
  /** What to write where this node is made for a result of shape `wanted`; undefined where it has no say. */
  cure?(this: void, types: Dict<I | 'y', Type>, attributes: A, wanted: Shape): string | undefined;
  /** Of whole numbers: each is from 0 to below this, whatever the inputs are. */
  below?(this: void, types: Dict<I | 'y', Type>, attributes: A): number;
  /**
   * The input among whose elements, those it reads, the result names flat positions: in a plane of the last axes, or in all
   * of it where boxes are read.
   */
  readonly picks?: Stem<I>;
  /** The input whose element of the same index the result is, if it is not −1. */
  readonly passes?: Stem<I>;
  onnx?(this: void, attributes: A): OnnxNode;
  /** A fused operator's meaning in terms of others: its oracle. */
  decompose?(this: void, inputs: Dict<I, Tensor>, attributes: A): Tensor;
  /** The smallest telling use; documented, printed and differentiated by tests. */
  example(this: void, g: GraphBuilder): Tensor;
}

/** An operator: its record, and a function that adds a node to the graph of its inputs. */
export interface Op<I extends string, A extends object = object> extends OpSpec<I, A> {
  (inputs: Dict<I, Tensor>, attributes: A): Tensor;
  readonly name: string;
}

/** Any operator, for code that treats all alike. */
export interface AnyOp extends OpSpec<string, object> {
  readonly name: string;
}

/** Operators by name: what parsing a graph looks names up in. Users extend the shipped one by spreading. */
export type OpTable = { readonly [name: string]: AnyOp };

/** The rule, or the declared absence of one, for an input; variadic inputs share their stem's. */
export function ruleFor(op: AnyOp, key: string): Rule<string, object> | NoGradient {
  return op.vjp[key] ?? op.vjp[stemOf(key)] ?? missing(`${op.name} declares nothing for its input '${key}'`);
}

/** `x12` → `x`. */
export const stemOf = (key: string): string => key.replace(/\d+$/, '');
