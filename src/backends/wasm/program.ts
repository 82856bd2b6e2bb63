import { WasmFunction } from './encode/wasm-function.ts';
import { WasmModule } from './encode/wasm-module.ts';
import { type Foreign, foreignFunctions } from './kernels/foreign.ts';
import type { Features } from './kernels/kernel.ts';
import type { Plan } from './plan/plan.ts';

const pageBytes = 65536;

/** How many pages of memory a plan needs. */
export const pagesFor = (plan: Plan): number => Math.ceil((plan.bytes + pageBytes) / pageBytes);

/**
 * The whole plan as one module. Exports `run(thread, threads)` and every phase of every step by itself, `step3.0`, for
 * measuring. Imports `fallback(step)`, which runs a reference kernel, and `meet()`, where threads wait for each other.
 */
export function assemble(plan: Plan, features: Features, shared: boolean): Uint8Array {
  const module = new WasmModule({ pages: pagesFor(plan), shared });
  const fallback = module.import('fallback', { parameters: ['i32'], results: [] });
  const meet = module.import('meet', { parameters: [], results: [] });
  const imported = new Map<string, number>();
  for (const [name, { length }] of Object.entries(foreignFunctions))
    imported.set(name, module.import(name, { parameters: Array.from({ length }, () => 'f64'), results: ['f64'] }));
  const foreign = (name: Foreign): number => imported.get(name)!;
  const run = new WasmFunction(['i32', 'i32']);
  const [thread, threads] = [run.parameter(0), run.parameter(1)];
  for (const [i, { kernel, at }] of plan.steps.entries()) {
    if (kernel === undefined) {
      run
        .get(thread)
        .op('i32.eqz')
        .when(() => run.i32(i).call(fallback));
      if (shared) run.call(meet);
      continue;
    }
    for (const [k, phase] of kernel.phases.entries()) {
      const f = new WasmFunction(['i32', 'i32']);
      const refuse = (): void => void f.i32(i).call(fallback);
      phase({ f, thread: f.parameter(0), threads: f.parameter(1), features, foreign, refuse }, at);
      run
        .get(thread)
        .get(threads)
        .call(module.add(`step${i}.${k}`, f));
      if (shared) run.call(meet);
    }
  }
  module.add('run', run);
  return module.encode();
}
