import type { Arrays } from '../../backends/backend.ts';
import type { NdArray } from '../../graph/nd-array.ts';

/** One case, ready to be written down for any library. */
export interface SnippetSubject {
  /** The operator’s name. */
  readonly title: string;
  readonly values: Arrays;
  /** The cotangent of the result. */
  readonly cotangent: NdArray;
  /** The inputs that are differentiated by. */
  readonly wrt: readonly string[];
  /** The input and flat element whose derivative is measured as well. */
  readonly wrong: { readonly input: string; readonly element: number };
  /** The call in cotangent, and what it needs from there. */
  readonly call: string;
  readonly imports: readonly string[];
}

/** How far the measured element is moved: less than any draw’s distance from a kink. */
export const snippetStep: number = 2 ** -10;
