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

/**
 * Like `loadStrided` for several of `offsets`, in elements from `pointer`: what several need is loaded once. Returns what
 * leaves the vector for one of them on the stack; they come in the order of the offsets.
 */
export function stridedLoads(
  f: WasmFunction,
  bytes: LaneBytes,
  pointer: Local,
  stride: number,
  offsets: readonly number[],
): (offset: number) => void {
  const lanes = 16 / bytes;
  const wanted = tally(offsets);
  // Elements at even and odd places are two halves of the same two vectors.
  const parts = (offset: number): readonly number[] => {
    const even = offset - (offset % 2);
    return [even, even + lanes];
  };
  const loads = tally([...wanted.keys()].flatMap(parts));
  const whole = once(f, loads, (offset) => void f.get(pointer).access('v128.load', offset * bytes));
  return once(f, wanted, (offset) => {
    if (stride !== 2) {
      loadStrided(f, bytes, pointer, offset * bytes, stride);
      return;
    }
    for (const part of parts(offset)) whole(part);
    f.shuffle(Array.from({ length: 16 }, (_, i) => (2 * Math.floor(i / bytes) + (offset % 2)) * bytes + (i % bytes)));
  });
}

/** How often each number comes. */
function tally(numbers: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

/** Pushes a value, and keeps it in a variable where it is wanted again. */
function once(
  f: WasmFunction,
  wanted: ReadonlyMap<number, number>,
  push: (key: number) => void,
): (key: number) => void {
  const kept = new Map<number, Local>();
  return (key) => {
    const local = kept.get(key);
    if (local !== undefined) {
      f.get(local);
      return;
    }
    push(key);
    if (wanted.get(key)! < 2) return;
    const keep = f.local('v128');
    kept.set(key, keep);
    f.tee(keep);
  };
}

/** Leaves a vector with the one element at `pointer + offset` in every lane on the stack. */
export const loadSplat = (f: WasmFunction, bytes: LaneBytes, pointer: Local, offset: number): WasmFunction =>
  f.get(pointer).access(bytes === 4 ? 'v128.load32_splat' : 'v128.load64_splat', offset);
