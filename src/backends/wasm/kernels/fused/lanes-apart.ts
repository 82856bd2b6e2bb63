import type { DType } from '../../../../graph/dtype.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Lanes } from './lanes.ts';

const loads = {
  f64: 'v128.load64_lane',
  f32: 'v128.load32_lane',
  i32: 'v128.load32_lane',
  bool: 'v128.load8_lane',
} as const;
const stores = {
  f64: 'v128.store64_lane',
  f32: 'v128.store32_lane',
  i32: 'v128.store32_lane',
  bool: 'v128.store8_lane',
} as const;

/** Bytes of masks stand at the beginning of lanes of 32 bits. */
const laneOf = (dtype: DType, index: number): number => (dtype === 'bool' ? 4 * index : index);

/** Pushes a vector of elements that do not lie together: `push` leaves an address, `offsets` are theirs from there. */
export function loadLanes(lanes: Lanes, dtype: DType, push: () => void, offsets: readonly number[]): void {
  const { f, width } = lanes;
  const vector = f.local('v128');
  f.i32x4(0).set(vector);
  for (const [index, offset] of offsets.entries()) {
    push();
    f.get(vector).laneAccess(loads[dtype], offset, laneOf(dtype, index)).set(vector);
  }
  f.get(vector);
  if (dtype !== 'bool') return;
  lanes.constant('i32', 0).op('i32x4.gt_s');
  if (width === 2) lanes.op('i64x2.extend_low_i32x4_s');
}

/** Stores the first elements of a vector each in its own place. */
export function storeLanes(
  lanes: Lanes,
  dtype: DType,
  value: Local,
  push: () => void,
  offsets: readonly number[],
): void {
  const { f } = lanes;
  let stored = value;
  if (dtype === 'bool') {
    f.get(value);
    lanes.maskFor('i32').constant('i32', 1).op('v128.and');
    stored = lanes.keep();
  }
  for (const [index, offset] of offsets.entries()) {
    push();
    f.get(stored).laneAccess(stores[dtype], offset, laneOf(dtype, index));
  }
}
