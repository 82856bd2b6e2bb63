import { WasmFunction } from '../../src/backends/wasm/encode/wasm-function.ts';
import { WasmModule } from '../../src/backends/wasm/encode/wasm-module.ts';
import { webAssembly } from '../../src/backends/wasm/web-assembly.ts';

/** Sums that do not wait for each other: enough to hide an instruction's latency, few enough for the registers. */
const chains = 10;

const rounds = 200_000;
const repeats = 30;

/**
 * The most GFLOP/s that one thread of WebAssembly reaches here, in float32: four products and four sums an instruction
 * pair, or fused, without any memory. The best of many.
 */
export function wasmPeak(fused: boolean): number {
  const f = new WasmFunction(['i32'], ['f32']);
  const [below, i] = [f.parameter(0), f.local('i32')];
  const sums = Array.from({ length: chains }, () => f.local('v128'));
  f.count(i, 0, { local: below }, 1, () => {
    for (const sum of sums) {
      f.get(sum).f32x4(0.999);
      if (fused) f.f32x4(0.001).op('f32x4.relaxed_madd');
      else f.op('f32x4.mul').f32x4(0.001).op('f32x4.add');
      f.set(sum);
    }
  });
  f.f32x4(0);
  for (const sum of sums) f.get(sum).op('f32x4.add');
  f.lane('f32x4.extract_lane', 0);
  const module = new WasmModule({ pages: 1, shared: false });
  module.add('chain', f);
  const imports = { env: { memory: new webAssembly.Memory({ initial: 1 }) } };
  const instance = new webAssembly.Instance(new webAssembly.Module(module.encode()), imports);
  const chain = instance.exports.chain as (rounds: number) => number;
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < repeats; k++) {
    const start = performance.now();
    chain(rounds);
    best = Math.min(best, performance.now() - start);
  }
  return (chains * 8 * rounds) / best / 1e6;
}
