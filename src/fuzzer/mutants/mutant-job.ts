import type { MutantRecord } from '../../check/mutants/ledger.ts';
import type { Mistake } from '../../check/mutants/mutant.ts';
import type { AlarmsBy } from '../../check/mutants/panel.ts';

/** The mutants of one operator's rules, or of its kernel: plain data, so that a thread may try them. */
export interface MutantJob {
  readonly op: string;
  readonly of: 'rules' | 'forward';
  readonly seed: number;
  /** Drawn cases; and in how many of them every node of a gradient's graph is changed. */
  readonly cases: number;
  readonly graphs: number;
  /** All unless given. */
  readonly mistakes?: readonly Mistake[];
}

export interface MutantJobResult {
  readonly records: readonly MutantRecord[];
  readonly alarms: AlarmsBy;
}
