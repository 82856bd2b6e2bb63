import { WasmFunction } from '../../src/backends/wasm/encode/wasm-function.ts';
import { WasmModule } from '../../src/backends/wasm/encode/wasm-module.ts';
import { webAssembly } from '../../src/backends/wasm/web-assembly.ts';

/** Sums that do not wait for each other: enough to hide a product's and a sum's latency, few enough for the registers. */
const chains = 12;

/** Calls are short and many: a function that runs on is not replaced while it runs when V8 has compiled it better. */
const rounds = 5000;
const repeats = 2000;

/**
 * The most GFLOP/s that one thread of WebAssembly reaches here, in float32: four products and four sums an instruction
 * pair, or fused, without any memory. The best of many.
 */
export function wasmPeak(fused: boolean): number {
  const f = new WasmFunction(['i32'], ['f32']);
  const [below, i] = [f.parameter(0), f.local('i32')];
  const sums = Array.from({ length: chains }, () => f.local('v128'));
  // In variables: constants inside the loop V8 makes anew every time from Node 24 on, which takes most of the time.
  const [factor, summand] = f.locals('v128', 2);
  f.f32x4(0.999).set(factor).f32x4(0.001).set(summand);
  f.count(i, 0, { local: below }, 1, () => {
    for (const sum of sums) {
      f.get(sum).get(factor);
      if (fused) f.get(summand).op('f32x4.relaxed_madd');
      else f.op('f32x4.mul').get(summand).op('f32x4.add');
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
