import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** Byte indices that pick one group of lanes per number; numbers from `16 / bytes` on mean the second vector. */
const pick = (bytes: number, lanes: readonly number[]): number[] =>
  lanes.flatMap((lane) => Array.from({ length: bytes }, (_, i) => lane * bytes + i));

/**
 * A square of vectors on its diagonal: `lanes` vectors, as many lanes in each, for elements of 4 or 8 bytes. The locals
 * are overwritten.
 */
export function transposeTile(f: WasmFunction, bytes: 4 | 8, rows: readonly Local[], free: readonly Local[]): void {
  const shuffle = (a: Local, b: Local, indices: readonly number[], to: Local): void =>
    void f.get(a).get(b).shuffle(indices).set(to);
  if (bytes === 8) {
    const [a, b] = rows as [Local, Local];
    shuffle(a, b, pick(8, [0, 2]), free[0]!);
    shuffle(a, b, pick(8, [1, 3]), b);
    f.get(free[0]!).set(a);
    return;
  }
  const [a, b, c, d] = rows as [Local, Local, Local, Local];
  const [low, high, low2, high2] = free as [Local, Local, Local, Local];
  shuffle(a, b, pick(4, [0, 4, 1, 5]), low);
  shuffle(a, b, pick(4, [2, 6, 3, 7]), high);
  shuffle(c, d, pick(4, [0, 4, 1, 5]), low2);
  shuffle(c, d, pick(4, [2, 6, 3, 7]), high2);
  shuffle(low, low2, pick(8, [0, 2]), a);
  shuffle(low, low2, pick(8, [1, 3]), b);
  shuffle(high, high2, pick(8, [0, 2]), c);
  shuffle(high, high2, pick(8, [1, 3]), d);
}
