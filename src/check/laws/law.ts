import type * as FastCheck from 'fast-check';
import type { Arrays } from '../../backends/backend.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { DType } from '../../graph/dtype.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Dict, Draw } from '../../graph/op.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** An input of both sides; drawn dyadic unless told otherwise. */
export interface LawInput {
  readonly shape: Shape;
  /** The floating-point dtype of the run unless given. */
  readonly dtype?: DType;
  readonly draw?: Draw;
}

/** One side of an equation: a tensor, numbers, or plain code that finds them from the inputs' values. */
export type Side = Tensor | readonly number[] | ((values: Arrays) => ArrayLike<number>);

/** Two things that have to be equal. */
export interface Equation {
  /** What is compared; `'y'` unless given. */
  readonly of?: string;
  readonly left: Side;
  /** Or the graph of the left side and its gradients, rewritten in a way that has to keep every bit. */
  readonly right: Side | { readonly rewritten: (graph: Graph) => Graph };
  /** The inputs whose gradients have to be equal as well. */
  readonly wrt?: readonly string[];
  /**
   * How many roundings can stand between an input and a result, on both sides together. None unless given: then both
   * sides have to be equal to the bit.
   */
  readonly rounds?: number;
  /**
   * With roundings: the sum of magnitudes that they are proportional to, when the inputs are replaced by their
   * magnitudes. The left side itself unless given, which is right where nothing is subtracted. For gradients it is
   * differentiated, with magnitudes for cotangents.
   */
  readonly size?: Tensor;
}

/** What a law says of one case. */
export interface Statement {
  readonly inputs: { readonly [name: string]: LawInput };
  sides(this: void, inputs: { readonly [name: string]: Tensor }, g: GraphBuilder): Equation | readonly Equation[];
}

/** An equation between two ways to the same numbers, which holds whatever is drawn. */
export interface Law<C extends object = object> {
  /** `family: what`, unique. */
  readonly name: string;
  /** What has to be equal, in one sentence, with its source. */
  readonly about: string;
  /** The functions of `cotangent/ops` of which it says something. */
  readonly ops: readonly string[];
  /** Geometries; values are drawn from a seed. fast-check is a parameter. */
  cases(this: void, fc: typeof FastCheck): FastCheck.Arbitrary<C>;
  state(this: void, drawn: C): Statement;
}

/** A law as those see it who treat all alike. */
export const law = <C extends object>(spec: {
  readonly name: string;
  readonly about: string;
  readonly ops: readonly string[];
  readonly cases: (fc: typeof FastCheck) => FastCheck.Arbitrary<C>;
  readonly state: (drawn: C) => Statement;
}): Law => spec as Law;

/** A statement about inputs that are known by name. */
export const statement = <I extends string>(
  inputs: Dict<I, LawInput>,
  sides: (inputs: Dict<I, Tensor>, g: GraphBuilder) => Equation | readonly Equation[],
): Statement => ({ inputs, sides });
