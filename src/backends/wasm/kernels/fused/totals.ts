import type { DType } from '../../../../graph/dtype.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Lanes } from './lanes.ts';
import type { SumStore } from './sum-store.ts';

/**
 * Running sums, one per lane and one apart for single elements. Floats add up in float64, as the definition does, so that
 * float32 results are rounded once.
 */
export class Totals {
  readonly #lanes: Lanes;
  readonly #dtype: DType;
  readonly #vectors: readonly Local[];
  readonly #single: Local;

  constructor(lanes: Lanes, dtype: DType) {
    this.#lanes = lanes;
    this.#dtype = dtype;
    const { f, width } = lanes;
    const count = dtype === 'f32' && width === 4 ? 2 : 1;
    this.#vectors = Array.from({ length: count }, () => f.local('v128'));
    this.#single = f.local(dtype === 'i32' ? 'i32' : 'f64');
  }

  clear(): void {
    const { f } = this.#lanes;
    for (const vector of this.#vectors) f.i32x4(0).set(vector);
    if (this.#dtype === 'i32') f.i32(0).set(this.#single);
    else f.f64(0).set(this.#single);
  }

  /** Adds the vector on the stack, lane by lane. */
  addVector(): void {
    const lanes = this.#lanes;
    const { f } = lanes;
    const [low, high] = this.#vectors;
    if (this.#dtype === 'f64') lanes.get(low!).op('f64x2.add').f.set(low!);
    else if (this.#dtype === 'i32') lanes.get(low!).op('i32x4.add').f.set(low!);
    else {
      if (high !== undefined) {
        const value = lanes.keep();
        lanes.get(value, value).f.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
        lanes.op('f64x2.promote_low_f32x4').get(high).op('f64x2.add').f.set(high);
        f.get(value);
      }
      lanes.op('f64x2.promote_low_f32x4').get(low!).op('f64x2.add').f.set(low!);
    }
  }

  /** Adds the first lane of the vector on the stack. */
  addSingle(): void {
    const { f } = this.#lanes;
    if (this.#dtype === 'i32') f.lane('i32x4.extract_lane', 0).get(this.#single).op('i32.add');
    else if (this.#dtype === 'f64') f.lane('f64x2.extract_lane', 0).get(this.#single).op('f64.add');
    else f.lane('f32x4.extract_lane', 0).op('f64.promote_f32').get(this.#single).op('f64.add');
    f.set(this.#single);
  }

  /** Pushes the sum of all lanes and of those of `others`: an i32 or an f64. */
  pushAll(others: readonly Totals[]): void {
    const { f } = this.#lanes;
    f.get(this.#single);
    for (const totals of [this, ...others]) totals.#pushLanes();
  }

  /** Adds every lane to the number on the stack. */
  #pushLanes(): void {
    const { f, width } = this.#lanes;
    const integer = this.#dtype === 'i32';
    for (const vector of this.#vectors)
      for (let lane = 0; lane < (integer ? width : 2); lane++) {
        f.get(vector).lane(integer ? 'i32x4.extract_lane' : 'f64x2.extract_lane', lane);
        f.op(integer ? 'i32.add' : 'f64.add');
      }
  }

  /** Stores one result per lane, `ahead` results behind `result`. */
  store(store: SumStore, sum: number, result: Local, part: Local | undefined, ahead: number): void {
    const { f, width } = this.#lanes;
    for (let lane = 0; lane < width; lane++) {
      store.address(sum, result, part, ahead + lane);
      if (this.#dtype === 'i32') f.get(this.#vectors[0]!).lane('i32x4.extract_lane', lane);
      else f.get(this.#vectors[lane >> 1]!).lane('f64x2.extract_lane', lane & 1);
      store.put(sum);
    }
  }
}
