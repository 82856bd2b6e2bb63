import { bytesPerElement, type DType } from '../../../../graph/dtype.ts';
import type { Local, WasmFunction } from '../../encode/wasm-function.ts';
import type { Placement } from '../kernel.ts';
import type { Cluster } from './cluster.ts';

/** Where sums go: into the results, or, where each has several parts, into working memory, 8 bytes each. */
export class SumStore {
  readonly #f: WasmFunction;
  readonly #parts: number;
  readonly #results: number;
  readonly #scratch: number;
  readonly #targets: readonly { readonly dtype: DType; readonly address: number }[];

  constructor(
    f: WasmFunction,
    { sums }: Cluster,
    at: Placement,
    { parts, results }: { readonly parts: number; readonly results: number },
  ) {
    this.#f = f;
    this.#parts = parts;
    this.#results = results;
    this.#scratch = at.scratch;
    this.#targets = sums.map((id) => ({ dtype: at.outputs[id]!.type.dtype, address: at.outputs[id]!.address }));
  }

  /** Pushes the address for a sum's result, or a part of it; the value and `put` follow. */
  address(sum: number, result: Local, part: Local | undefined, ahead = 0): void {
    const f = this.#f;
    const { dtype, address } = this.#targets[sum]!;
    const bytes = part === undefined ? bytesPerElement[dtype] : 8;
    f.get(result);
    if (part !== undefined) f.get(part).i32(this.#results).op('i32.mul').op('i32.add');
    f.i32(bytes).op('i32.mul');
    f.i32((part === undefined ? address : this.#block(sum)) + ahead * bytes).op('i32.add');
  }

  /** Stores the i32 or f64 on the stack at the address below it. */
  put(sum: number): void {
    const { dtype } = this.#targets[sum]!;
    if (dtype === 'i32') this.#f.access('i32.store', 0);
    else if (dtype === 'f32' && this.#parts === 1) this.#f.op('f32.demote_f64').access('f32.store', 0);
    else this.#f.access('f64.store', 0);
  }

  /** Adds up the parts of one result, of every sum, first to last. */
  combine(result: Local): void {
    const f = this.#f;
    for (const [sum, { dtype, address }] of this.#targets.entries()) {
      const integer = dtype === 'i32';
      const [total, part] = [f.local(integer ? 'i32' : 'f64'), f.local('i32')];
      if (integer) f.i32(0).set(total);
      else f.f64(0).set(total);
      f.count(part, 0, this.#parts, 1, () => {
        this.address(sum, result, part);
        f.access(integer ? 'i32.load' : 'f64.load', 0).get(total);
        f.op(integer ? 'i32.add' : 'f64.add').set(total);
      });
      f.get(result).i32(bytesPerElement[dtype]).op('i32.mul').get(total);
      if (integer) f.access('i32.store', address);
      else if (dtype === 'f64') f.access('f64.store', address);
      else f.op('f32.demote_f64').access('f32.store', address);
    }
  }

  #block(sum: number): number {
    return this.#scratch + sum * this.#parts * this.#results * 8;
  }
}
