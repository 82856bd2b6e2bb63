import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Backend } from '../backend.ts';
import { useRelaxedSimd } from './relaxed-simd.ts';
import { mostThreads } from './threads/control.ts';
import { tunerWith } from './tuning/tuner.ts';
import type { TuningCache } from './tuning/tuning-cache.ts';
import { WasmExecutable } from './wasm-executable.ts';

/** The compiled backend: its executables tell their plan, `compile(graph).plan.report()`. */
export interface WasmBackend extends Backend {
  compile(graph: Graph): WasmExecutable;
}

export interface WasmOptions {
  /**
   * How many threads work together; results are the same bits for any number. 'auto' (the default) is one per processor,
   * up to 8, or one where that is faster: for programs that are over sooner than a thread wakes up, and while other
   * processes want the processors, which runs find out as they go. Where memory cannot be shared (a page that
   * is not isolated from other origins) it is always one.
   *
   * Workers start when a graph is compiled; `run` does not wait for them, so that the first runs may go without.
   */
  readonly threads?: 'auto' | number;
  /**
   * After how many seconds a run that waits for a thread takes it for lost, which is an error; 30 unless given. Threads end by themselves
   * only when memory runs out, or when somebody ends them.
   */
  readonly lostAfter?: number;
  /**
   * Fused multiply-add (relaxed SIMD): faster, and other rounding. By default where the engine has it; `true` also
   * switches it on where the engine hides it behind a flag (Node 20).
   */
  readonly relaxed?: boolean;
  /**
   * Keeps to algorithms that give the very numbers of the definition where those need no rounding, e.g. whole numbers and
   * small multiples of 1/8: for comparisons bit by bit. By default convolutions in f32 also use faster algorithms
   * (Winograd's, with tiles up to 4×4) whose results are a few roundings away: about twice the error of a sum term by term.
   */
  readonly exact?: boolean;
  /**
   * Chooses the kernels of convolutions and matrix products by measuring, for some milliseconds each when a graph is
   * compiled; otherwise by a count of instructions, which is the same everywhere. Results stay within the rounding of the
   * kernels but may be other ones from machine to machine. `true` remembers what was measured as long as the backend is
   * there; a cache, such as a `Map` or `tuningFile(path)`, longer, and what it knows is not measured again.
   */
  readonly tune?: boolean | TuningCache;
}

/**
 * Compiles graphs to one WebAssembly program each, with all memory planned beforehand.
 *
 * @throws CotangentError `wasm/threads` for a number that is none of threads, `wasm/relaxed` where the engine lacks relaxed SIMD.
 */
export function wasmWith({
  threads = 'auto',
  lostAfter = 30,
  relaxed,
  exact = false,
  tune = false,
}: WasmOptions = {}): WasmBackend {
  if (threads !== 'auto' && !(Number.isInteger(threads) && threads >= 1 && threads <= mostThreads))
    throw new CotangentError({
      code: 'wasm/threads',
      summary: `threads is ${threads}`,
      fix: `give 'auto' or a whole number from 1 to ${mostThreads}.`,
    });
  const cache = tune === true ? new Map<string, string>() : tune;
  return {
    name: 'wasm',
    compile: (graph) => {
      const features = { relaxed: useRelaxedSimd(relaxed) };
      const tuner = cache === false ? undefined : tunerWith(cache, features, exact);
      return new WasmExecutable(graph, features, { threads, lostAfter }, exact, tuner);
    },
  };
}

/** The compiled backend as it comes: threads and fused multiply-add where there are any. */
export const wasm: WasmBackend = wasmWith();
