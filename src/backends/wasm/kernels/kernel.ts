import type { Node } from '../../../graph/graph.ts';
import type { Type } from '../../../graph/type.ts';
import type { Local, WasmFunction } from '../encode/wasm-function.ts';

/** A value in memory: row-major, as everywhere. */
export interface Operand {
  readonly type: Type;
  /** Bytes from the start of memory. */
  readonly address: number;
}

/** Where a kernel finds what it works on. */
export interface Placement {
  readonly inputs: { readonly [name: string]: Operand };
  readonly output: Operand;
  /** Working memory of the size that the kernel asked for; holds anything at first. */
  readonly scratch: number;
}

/** What code may use. */
export interface Features {
  /** Fused multiply-add (relaxed SIMD): not the same bits as multiplying and adding, except where both are exact. */
  readonly relaxed: boolean;
}

/** A function of the program under construction: its code and which of how many threads runs it. */
export interface KernelCode {
  readonly f: WasmFunction;
  /** 0 for the first thread. */
  readonly thread: Local;
  readonly threads: Local;
  readonly features: Features;
}

/**
 * Code for one node, specialised to its types and attributes: all sizes and addresses become constants.
 *
 * Every thread runs the code; each element of the result is computed by one thread, in an order that does not depend on
 * their number, so that results are the same bits for any number. What one thread writes no other reads before the step
 * is over, except across `phases`.
 */
export interface Kernel {
  /** How it is called in plans and reports, e.g. `conv direct 4×8`. */
  readonly name: string;
  /** Bytes of working memory. */
  readonly scratch?: number;
  /** Whether the result may lie where this input lies, which nobody needs afterwards. */
  readonly inPlace?: readonly string[];
  /** Pieces of code with a barrier between them: whatever one wrote, all threads of the next may read. */
  readonly phases: readonly ((code: KernelCode, at: Placement) => void)[];
}

/** Chooses a kernel for a node, or undefined where the reference kernel has to do. */
export type KernelFor = (node: Node, types: { readonly [input: string]: Type }) => Kernel | undefined;
