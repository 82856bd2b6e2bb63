/**
 * What was found by measuring, so that it is measured once: names of kernels by the problem, the engine and its features.
 * A `Map` is one; `tuningFile(path)` keeps it in a file.
 */
export interface TuningCache {
  get(key: string): string | undefined;
  set(key: string, choice: string): unknown;
}
