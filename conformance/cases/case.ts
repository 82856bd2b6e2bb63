import type { CaseTensor } from './case-tensor.ts';

/** A tensor with the name that PyTorch gives the argument or result; `tensors[0]` is the first of a list. */
type NamedTensor = CaseTensor & { readonly name: string };

/** What PyTorch computed for one call: results, gradients of Σ cotangent · output, and perhaps a Hessian product. */
export interface TorchCase {
  readonly name: string;
  readonly op: string;
  readonly attributes: { readonly [name: string]: unknown };
  readonly inputs: readonly NamedTensor[];
  readonly outputs: readonly NamedTensor[];
  /** Aligned with `outputs`; null where an output has no gradient. */
  readonly cotangents: readonly (CaseTensor | null)[];
  /** Aligned with `inputs`; null where none is wanted. */
  readonly gradients: readonly (CaseTensor | null)[];
  readonly hvp?: SecondOrder | null | undefined;
}

/** Σⱼ (∂²L/∂xᵢ∂xⱼ) · direction[j], aligned with the inputs. */
export interface SecondOrder {
  /** L = Σ cotangent · output, or Σ cotangent · output² / 2. */
  readonly loss: 'linear' | 'quadratic';
  readonly method: 'autograd' | 'central-difference';
  readonly directions: readonly (CaseTensor | null)[];
  readonly results: readonly (CaseTensor | null)[];
}

/** One of ONNX's node tests. Inputs and outputs stand in the operator's order, null for an omitted one. */
export interface OnnxCase {
  readonly name: string;
  readonly op: string;
  readonly opset: number;
  readonly domain?: string | undefined;
  /** Only what the node sets. */
  readonly attributes: { readonly [name: string]: unknown };
  readonly inputs: readonly (CaseTensor | null)[];
  readonly outputs: readonly (CaseTensor | null)[];
}
