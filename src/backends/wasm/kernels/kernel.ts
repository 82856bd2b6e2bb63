import type { Node } from '../../../graph/graph.ts';
import type { Type } from '../../../graph/type.ts';
import type { Local, WasmFunction } from '../encode/wasm-function.ts';
import type { Choosing } from './conv/choosing.ts';
import type { Foreign } from './foreign.ts';
import type { Epilogue } from './fused/epilogue.ts';

/** A value in memory. */
export interface Operand {
  readonly type: Type;
  /** Bytes from the start of memory. */
  readonly address: number;
  /** Elements from one index of an axis to the next, where that is not row-major; may be negative. */
  readonly strides?: Strides;
}

/** Elements from one index to the next, axis by axis; undefined: row-major. */
export type Strides = readonly number[] | undefined;

/** Where a kernel's operands lie: known when it is chosen, other than their addresses. */
export interface Layouts {
  readonly inputs: { readonly [name: string]: Strides };
  /** Of the result. */
  readonly output: Strides;
  /** What becomes of the results, which are not written themselves; only where `finishes` has agreed. */
  readonly epilogue?: Epilogue | undefined;
  /** Inputs that already lie where the kernel would copy them. */
  readonly there: ReadonlySet<string>;
}

/** Where a kernel finds what it works on. */
export interface Placement {
  readonly inputs: { readonly [name: string]: Operand };
  readonly output: Operand;
  /** All results, by the ids of their nodes, where a kernel computes several nodes. */
  readonly outputs: { readonly [id: string]: Operand };
  /** Working memory of the size that the kernel asked for; holds anything at first. */
  readonly scratch: number;
  /** Where the bytes of the kernel's table lie. */
  readonly table: number;
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
  /** The index of an imported function, for calls. */
  readonly foreign: (name: Foreign) => number;
  /**
   * Adds a call for values that the operator refuses, e.g. an index out of range: the reference kernel runs on the same
   * inputs and raises the error.
   */
  refuse(): void;
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
  /** Whether it was found to be the fastest by measuring; otherwise by count. */
  readonly measured?: boolean | undefined;
  /** Bytes of working memory. */
  readonly scratch?: number;
  /** Whether the result may lie where this input lies, which nobody needs afterwards. */
  readonly inPlace?: readonly string[];
  /**
   * For an algorithm that rounds where the operator itself does not, on numbers with few bits: how far a result can be
   * from the exact one, in units of the product of the inputs' largest magnitudes. Without it results are the operator's
   * own on such numbers.
   */
  readonly rounding?: number;
  /** Bytes that the code reads, such as indices: laid in memory once, for good. */
  readonly table?: Uint8Array;
  /** The same where the bytes are addresses, which are known last; instead of a table. */
  readonly addresses?: { readonly bytes: number; readonly at: (at: Placement) => Uint8Array };
  /** Pieces of code with a barrier between them: whatever one wrote, all threads of the next may read. */
  readonly phases: readonly ((code: KernelCode, at: Placement) => void)[];
}

/**
 * Chooses a kernel for a node, or undefined where the reference kernel has to do. `sources` are the nodes that make its
 * inputs: what they promise (positions inside, windows that do not overlap) may allow faster code. Inputs lie row-major
 * except where `takes` has agreed to something else, and so does the result but for `stores`. With `choosing.exact`, kernels have no `rounding`.
 */
export type KernelFor = (
  node: Node,
  types: { readonly [input: string]: Type },
  sources: { readonly [input: string]: Node },
  layouts: Layouts,
  choosing: Choosing,
) => Kernel | undefined;

/** Whether a node's kernel reads an input with these strides. */
export type Takes = (
  node: Node,
  types: { readonly [input: string]: Type },
  input: string,
  strides: readonly number[],
  choosing: Choosing,
) => boolean;

/** Whether a node's kernel hands its results on to more code before they are written. */
export type Finishes = (
  node: Node,
  types: { readonly [input: string]: Type },
  epilogue: Epilogue,
  choosing: Choosing,
) => boolean;

/** Whether a node's kernel writes the result with these strides, and nothing between or behind its elements. */
export type Stores = (
  node: Node,
  types: { readonly [input: string]: Type },
  strides: readonly number[],
  choosing: Choosing,
) => boolean;
