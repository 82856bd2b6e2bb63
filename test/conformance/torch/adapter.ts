import type { Tensor } from '../../../src/graph/tensor.ts';

/** Attributes under PyTorch's names; which there are depends on the function. */
// biome-ignore lint/suspicious/noExplicitAny: vectors made elsewhere, one form per function
export type Attributes = any;

/** One of PyTorch's functions in terms of ours: inputs and outputs by PyTorch's names. */
export type Adapter = (
  inputs: { readonly [name: string]: Tensor },
  attributes: Attributes,
) => { readonly [output: string]: Tensor };

/** Why a case cannot be run. */
export class Unsupported extends Error {}

export const unsupported = (what: string): never => {
  throw new Unsupported(what);
};
