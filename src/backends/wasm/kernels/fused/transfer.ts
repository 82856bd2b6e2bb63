import type { DType } from '../../../../graph/dtype.ts';
import type { Lanes } from './lanes.ts';

/** How many elements one transfer moves: a whole vector, one alone at a row's end, or one for all lanes. */
export type Extent = 'vector' | 'single' | 'splat';

/** Loads a value's elements from the address on the stack plus an offset in bytes. */
export function load(lanes: Lanes, dtype: DType, extent: Extent, offset: number): void {
  const { f, width } = lanes;
  if (dtype === 'bool') {
    // A copy in all lanes does for one element.
    if (extent !== 'vector') f.access('v128.load8_splat', offset);
    else if (width === 4) f.access('v128.load32_zero', offset);
    else f.access('v128.load16_splat', offset);
    lanes.op('i16x8.extend_low_i8x16_u', 'i32x4.extend_low_i16x8_u').constant('i32', 0).op('i32x4.gt_s');
    if (width === 2) lanes.op('i64x2.extend_low_i32x4_s');
  } else if (dtype === 'f64') {
    if (extent === 'vector') f.access('v128.load', offset);
    else f.access(extent === 'single' ? 'v128.load64_zero' : 'v128.load64_splat', offset);
  } else if (extent === 'vector') f.access(width === 4 ? 'v128.load' : 'v128.load64_zero', offset);
  else f.access(extent === 'single' ? 'v128.load32_zero' : 'v128.load32_splat', offset);
}

/** Stores a value's elements at the address below the vector on the stack. */
export function store(lanes: Lanes, dtype: DType, extent: 'vector' | 'single', offset: number): void {
  const { f, width } = lanes;
  if (dtype === 'bool') storeMask(lanes, extent, offset);
  else if (dtype === 'f64') {
    if (extent === 'vector') f.access('v128.store', offset);
    else f.laneAccess('v128.store64_lane', offset, 0);
  } else if (extent === 'single') f.laneAccess('v128.store32_lane', offset, 0);
  else if (width === 4) f.access('v128.store', offset);
  else f.laneAccess('v128.store64_lane', offset, 0);
}

/** One byte per element, 0 or 1. */
function storeMask(lanes: Lanes, extent: 'vector' | 'single', offset: number): void {
  const { f, width } = lanes;
  lanes.maskFor('i32').constant('i32', 1).op('v128.and');
  if (extent === 'single') {
    f.laneAccess('v128.store8_lane', offset, 0);
    return;
  }
  const mask = lanes.keep();
  lanes.get(mask, mask).op('i16x8.narrow_i32x4_u');
  const narrow = lanes.keep();
  lanes.get(narrow, narrow).op('i8x16.narrow_i16x8_u');
  f.laneAccess(width === 4 ? 'v128.store32_lane' : 'v128.store16_lane', offset, 0);
}
