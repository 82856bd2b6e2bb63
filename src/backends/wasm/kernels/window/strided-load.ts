import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** Bytes of an element in a vector. */
export type LaneBytes = 4 | 8;

/** Leaves a vector of elements `stride` apart on the stack, the first at `pointer + offset`. */
export function loadStrided(f: WasmFunction, bytes: LaneBytes, pointer: Local, offset: number, stride: number): void {
  const lanes = 16 / bytes;
  if (stride === 1) {
    f.get(pointer).access('v128.load', offset);
    return;
  }
  if (stride === 2) {
    // Every second element of two neighbouring vectors.
    const indices = Array.from({ length: 16 }, (_, i) => 2 * Math.floor(i / bytes) * bytes + (i % bytes));
    f.get(pointer).access('v128.load', offset);
    f.get(pointer)
      .access('v128.load', offset + 16)
      .shuffle(indices);
    return;
  }
  for (let lane = 0; lane < lanes; lane++) f.get(pointer);
  f.access(bytes === 4 ? 'v128.load32_zero' : 'v128.load64_zero', offset);
  for (let lane = 1; lane < lanes; lane++)
    f.laneAccess(bytes === 4 ? 'v128.load32_lane' : 'v128.load64_lane', offset + lane * stride * bytes, lane);
}

/** Leaves a vector with the one element at `pointer + offset` in every lane on the stack. */
export const loadSplat = (f: WasmFunction, bytes: LaneBytes, pointer: Local, offset: number): WasmFunction =>
  f.get(pointer).access(bytes === 4 ? 'v128.load32_splat' : 'v128.load64_splat', offset);
