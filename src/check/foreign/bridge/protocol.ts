import type { DType } from '../../../graph/dtype.ts';

/**
 * What a bridge says first, on one line: which of cotangent’s operators it can run, and how precisely.
 *
 * Everything else is one line of JSON for a question, and one for its answer with the same `id`; answers may come in any
 * order. NaN and infinities are written as the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
 */
export interface Greeting {
  /** The library with its version: `PyTorch 2.13.0`. */
  readonly name: string;
  readonly precision?: 'f32' | 'f64';
  /** Names out of `bridgeOperators`. */
  readonly ops: readonly string[];
}

/** Numbers in row-major order. */
export interface WireArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

/** A question: for the value, or with a cotangent for the gradients of the inputs named in `wrt`. */
export interface BridgeRequest {
  /** A function of cotangent/ops: `avgPool2d`. */
  readonly op: string;
  /** Its options, by cotangent’s names. */
  readonly attributes: object;
  readonly inputs: { readonly [name: string]: WireArray };
  readonly cotangent?: WireArray;
  readonly wrt?: readonly string[];
  /** Asks for code in the bridge’s own language instead, that prints the wrong number. */
  readonly explain?: {
    readonly fault: 'gradient' | 'value' | 'kink' | 'missing';
    readonly along: { readonly [name: string]: WireArray };
    readonly step: number;
    readonly expected?: WireArray;
  };
}

/** One of these: the value, the gradients, that there are none and why, that the operator is refused, or code. */
export interface BridgeAnswer {
  readonly output?: Omit<WireArray, 'dtype'>;
  readonly gradients?: { readonly [name: string]: Omit<WireArray, 'dtype'> };
  readonly missing?: string;
  readonly error?: string;
  readonly snippet?: string;
}

/** A bridge that has been greeted by. */
export interface Conversation {
  readonly greeting: Greeting;
  /** @throws TargetError where the bridge has died, takes too long, or answers what is not JSON. */
  ask(request: BridgeRequest): Promise<BridgeAnswer>;
}
