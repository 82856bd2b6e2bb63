import type { Arrays } from '../../backends/backend.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Snippet } from '../fuzz/campaign.ts';
import type { ExternalFinding } from './external.ts';
import type { ForeignCase, ForeignOperator } from './foreign-operator.ts';

/** A library, or one backend of it, with the operators to be checked and a way of running them. */
export interface ForeignTarget<O extends ForeignOperator = ForeignOperator> {
  /** Stands before the operator’s name in the campaign’s: `tfjs`, `tfjs-wasm`. */
  readonly name: string;
  readonly precision: 'f32' | 'f64';
  readonly operators: readonly O[];
  /** Starts the library afresh, where earlier cases may have left it broken: what is refuted must be so again. */
  renew?(): Promise<void>;
  forward(op: O, drawn: ForeignCase, values: Arrays): NdArray | Promise<NdArray>;
  vjp(op: O, drawn: ForeignCase, values: Arrays, ct: NdArray): Arrays | Promise<Arrays>;
  snippet?(op: O, drawn: ForeignCase, finding: ExternalFinding): Snippet | undefined | Promise<Snippet | undefined>;
}
