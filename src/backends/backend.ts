import type { Graph } from '../graph/graph.ts';
import type { NdArray } from '../graph/nd-array.ts';

export type Arrays = { readonly [name: string]: NdArray };

/** An executable's own memory, to be worked in: nothing is copied, checked or allocated from run to run. */
export interface Live {
  /** What runs read: write into their data. */
  readonly inputs: Arrays;
  /** What the last run gave; the next one overwrites it. */
  readonly outputs: Arrays;
  /** As `Executable.run`. */
  run(): void;
}

/** A graph made ready to run. Parameters and state live inside it between runs. */
export interface Executable {
  readonly graph: Graph;
  /**
   * Computes the outputs from the inputs, then replaces every state by its update.
   *
   * @throws CotangentError `run/inputs` for missing, unknown or wrongly typed inputs, `run/state` for a parameter or
   * state that was never written.
   */
  run(inputs?: Arrays): Arrays;
  /**
   * The way to run many times over with small changes: the same arrays every time.
   *
   * @throws CotangentError `run/closed`; `run/state` for a parameter or state that was never written.
   */
  live(): Live;
  /** A copy of a parameter's or state's present value. */
  read(name: string): NdArray;
  /** Sets a parameter or state; the value is copied. */
  write(name: string, value: NdArray): void;
  /** Frees what the executable holds; it cannot run afterwards. */
  close(): void;
}

/** One way of running graphs. All give the numbers that `reference` gives. */
export interface Backend {
  readonly name: string;
  compile(graph: Graph): Executable;
}
