import { array, f64, type GraphBuilder, i32, type NdArray, type Tensor } from '../../../src/index.ts';

type Inputs = { readonly [name: string]: Tensor };

/** What an operator does where the usual picture of it fails. */
export interface Edge {
  /** The export, and options that matter. */
  readonly of: string;
  readonly edge: string;
  readonly inputs: { readonly [name: string]: NdArray };
  /** One tensor, or several by name. */
  readonly f: (inputs: Inputs, g: GraphBuilder) => unknown;
  /** Result and gradients of Σ (i + 1)·yᵢ as `outcomeOf` writes them, or the code of the error. */
  readonly gives: string;
}

export const edge = (
  of: string,
  what: string,
  inputs: { readonly [name: string]: NdArray },
  f: Edge['f'],
  gives: string,
): Edge => ({ of, edge: what, inputs, f, gives });

/** Floats of a shape: the values given, else 1, 2, 3, …. */
export const floats = (shape: readonly number[], values?: readonly number[]): NdArray =>
  array(f64(...shape), values ?? Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1));

/** Whole numbers of a shape. */
export const ints = (shape: readonly number[], values: readonly number[]): NdArray => array(i32(...shape), values);
