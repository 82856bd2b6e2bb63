import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** Push the parts of a complex number, each in two lanes. */
export interface Parts {
  re(): void;
  im(): void;
}

/** The parts of the number in memory at `pointer`. */
export const partsAt = (f: WasmFunction, pointer: Local): Parts => ({
  re: () => void f.get(pointer).access('v128.load64_splat', 0),
  im: () => void f.get(pointer).access('v128.load64_splat', 8),
});

/** The parts of the number in a local. */
export const partsOf = (f: WasmFunction, number: Local): Parts => ({
  re: () => void f.get(number).get(number).shuffle([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]),
  im: () => void f.get(number).get(number).shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]),
});

/** Leaves the product of a complex number and the factor of a table at `at` on the stack. */
export function timesFactor(f: WasmFunction, { re, im }: Parts, at: Local): void {
  re();
  f.get(at).access('v128.load', 0).op('f64x2.mul');
  im();
  f.get(at).access('v128.load', 16).op('f64x2.mul').op('f64x2.add');
}
