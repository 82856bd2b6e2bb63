import { Bytes } from './encode/bytes.ts';
import { WasmFunction } from './encode/wasm-function.ts';
import { WasmModule } from './encode/wasm-module.ts';
import { type Foreign, foreignFunctions } from './kernels/foreign.ts';
import type { Features } from './kernels/kernel.ts';
import type { Plan } from './plan/plan.ts';
import { controlBytes } from './threads/control.ts';
import { beginPatiently, meetFunction, type Waiting } from './threads/meet.ts';
import { meetings } from './threads/meetings.ts';

const pageBytes = 65536;

/** How many pages of memory a plan needs. */
export const pagesFor = (plan: Plan): number => Math.ceil((plan.bytes + pageBytes) / pageBytes);

/** Where the words lie by which threads find together: behind everything else. */
export const controlAddress = (plan: Plan): number => pagesFor(plan) * pageBytes - controlBytes;

/**
 * The whole plan as one module. Exports `run(thread, threads)`, which returns 0 or the word `failed`; every phase of
 * every step by itself, `step3.0`, for measuring; and, where memory is shared, `meet(thread, threads)`. Imports
 * `fallback(step)`, which runs a reference kernel.
 */
export function assemble(plan: Plan, features: Features, sharing?: Waiting): Uint8Array {
  const module = new WasmModule({ pages: pagesFor(plan), shared: sharing !== undefined });
  const fallback = module.import('fallback', { parameters: ['i32'], results: [] });
  const imported = new Map<string, number>();
  for (const [name, { length }] of Object.entries(foreignFunctions))
    imported.set(name, module.import(name, { parameters: Array.from({ length }, () => 'f64'), results: ['f64'] }));
  const foreign = (name: Foreign): number => imported.get(name)!;
  const run = new WasmFunction(['i32', 'i32'], ['i32']);
  const room = new Bytes(2 ** 13);
  const [thread, threads] = [run.parameter(0), run.parameter(1)];
  const failed = run.local('i32');
  const meetIndex = sharing === undefined ? undefined : module.add('meet', meetFunction(controlAddress(plan), sharing));
  const meet = (): void => {
    // Once one thread has broken off, all leave.
    if (meetIndex !== undefined) run.get(thread).get(threads).call(meetIndex).tee(failed).branchIf(0);
  };
  if (sharing !== undefined) beginPatiently(run, controlAddress(plan), sharing);
  const meetBefore = meetings(plan.steps);
  run.block(() => {
    for (const [i, { kernel, at }] of plan.steps.entries()) {
      if (meetBefore[i]) meet();
      if (kernel === undefined) {
        run
          .get(thread)
          .op('i32.eqz')
          .when(() => run.i32(i).call(fallback));
        continue;
      }
      for (const [k, phase] of kernel.phases.entries()) {
        if (k > 0) meet();
        const f = new WasmFunction(['i32', 'i32'], [], room);
        const refuse = (): void => void f.i32(i).call(fallback);
        phase({ f, thread: f.parameter(0), threads: f.parameter(1), features, foreign, refuse }, at);
        run
          .get(thread)
          .get(threads)
          .call(module.add(`step${i}.${k}`, f));
      }
    }
    meet();
  });
  run.get(failed);
  module.add('run', run);
  return module.encode();
}
