import { expect, it } from 'vitest';
import { WasmFunction } from '../../src/backends/wasm/encode/wasm-function.ts';

it('writes no distance that an instruction cannot hold', () => {
  const f = new WasmFunction(['i32']);
  const load = (offset: number) => () => f.get(f.parameter(0)).access('f32.load', offset);
  expect(load(2 ** 32 - 4)).not.toThrow();
  for (const offset of [-4, 2 ** 32, Number.NaN]) expect(load(offset)).toThrow(RangeError);
  expect(() => f.laneAccess('v128.load32_lane', -4, 1)).toThrow(RangeError);
});
