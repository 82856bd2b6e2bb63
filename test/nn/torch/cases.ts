import { existsSync, readFileSync } from 'node:fs';
import { array, type NdArray } from '../../../src/graph/nd-array.ts';
import { bool, f64, i32 } from '../../../src/graph/type.ts';

/** A tensor of a vector file; numbers without a JSON form are strings. */
export interface TorchTensor {
  readonly name?: string;
  readonly dtype: 'float64' | 'int64' | 'bool';
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

/** One step of a composition; `other` and `exponent` may be numbers among the attributes. */
export interface TorchNode {
  readonly op: string;
  readonly attributes: { readonly [name: string]: unknown };
  readonly inputs: { readonly [argument: string]: string | readonly string[] };
  readonly outputs: readonly string[];
}

export interface TorchCase<A = { readonly [name: string]: unknown }> {
  readonly name: string;
  readonly attributes: A;
  readonly inputs: readonly (TorchTensor & { readonly name: string })[];
  readonly outputs: readonly (TorchTensor & { readonly name: string })[];
  readonly cotangents: readonly (TorchTensor | null)[];
  readonly gradients: readonly (TorchTensor | null)[];
  readonly hvp?: {
    readonly loss: 'linear' | 'quadratic';
    readonly method: 'autograd' | 'central-difference';
    readonly directions: readonly (TorchTensor | null)[];
    readonly results: readonly (TorchTensor | null)[];
  };
}

const folder = new URL('../../../../shared/conformance/torch/', import.meta.url);

/** The cases of one file of PyTorch's results, or undefined, with the reason printed, where the folder is missing. */
export function torchCases<A>(file: string): readonly TorchCase<A>[] | undefined {
  const url = new URL(`${file}.json`, folder);
  if (existsSync(url)) return JSON.parse(readFileSync(url, 'utf8')) as TorchCase<A>[];
  console.log(`skipped: ../shared/conformance/torch/${file}.json is not there`);
  return undefined;
}

/** The numbers of a vector file in the engine's form. */
export function arrayOf({ dtype, shape, data }: TorchTensor): NdArray {
  const type = dtype === 'float64' ? f64(...shape) : dtype === 'int64' ? i32(...shape) : bool(...shape);
  return array(type, data.map(Number));
}

/** The largest |a − b| in units of max(1, largest |b|). */
export function distance(a: NdArray, b: NdArray): number {
  if (a.shape.join() !== b.shape.join()) return Number.POSITIVE_INFINITY;
  let scale = 1;
  for (const v of b.data) scale = Math.max(scale, Math.abs(v));
  let most = 0;
  // Written so that NaN is the largest distance of all.
  for (let i = 0; i < a.data.length; i++) {
    const off = Math.abs(a.data[i]! - b.data[i]!) / scale;
    if (!(off <= most)) most = Number.isNaN(off) ? Number.POSITIVE_INFINITY : off;
  }
  return most;
}
