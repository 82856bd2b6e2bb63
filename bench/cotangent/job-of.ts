import type { Backend } from '../../src/backends/index.ts';
import { hasRelaxedSimd } from '../../src/backends/wasm/relaxed-simd.ts';
import { losses, weighted } from '../protocol/figures.ts';
import type { Job } from '../protocol/serve.ts';
import type { Loaded } from '../protocol/workload-folder.ts';
import { workloads } from '../workloads/index.ts';
import { factsOf } from './backends.ts';
import { wasmPeak } from './wasm-peak.ts';

/** A workload compiled by one of cotangent's backends. */
export function jobOf({ workload, arrays }: Loaded, backend: Backend): Job {
  const { peak = false, program } = workloads.find(({ name }) => name === workload)!;
  const { graph, kept, feeds, results } = program(arrays);
  const start = performance.now();
  const executable = backend.compile(graph);
  const compileMilliseconds = performance.now() - start;
  for (const [name, value] of Object.entries(kept)) executable.write(name, value);
  return {
    run: () => executable.run(feeds).loss?.item(),
    figures: (lost) =>
      results.length === 0 ? [losses(lost)] : results.map((name) => weighted(name, executable.read(name).data)),
    facts: { compileMilliseconds, ...factsOf(executable), ...(peak && backend.name === 'wasm' ? peakOf() : {}) },
    close: () => executable.close(),
  };
}

/** GFLOP/s of one thread, by products and sums and, where there is such an instruction, fused. */
const peakOf = (): { readonly [name: string]: number } => ({
  wasmPeak: wasmPeak(false),
  ...(hasRelaxedSimd() ? { fusedWasmPeak: wasmPeak(true) } : {}),
});
