import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** The numbers of one line, one after the other. */
export interface Ends {
  /** Gives every number, in float64, with its index. */
  read(body: (number: Local, j: Local) => void): void;
  /** Writes what `value` leaves on the stack for every index. */
  write(value: (j: Local) => void): void;
}

/** A way to transform one line, in memory of its own. */
export interface Line {
  readonly name: string;
  /** Bytes of working memory. */
  readonly scratch: number;
  emit(f: WasmFunction, ends: Ends, scratch: Local, tables: number): void;
}
