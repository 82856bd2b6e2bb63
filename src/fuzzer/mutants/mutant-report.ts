import type { MutantPlace, MutantRecord } from '../../check/mutants/ledger.ts';
import type { Mistake } from '../../check/mutants/mutant.ts';
import type { AlarmsBy } from '../../check/mutants/panel.ts';

/** How many of the mutants with one mistake each judge noticed. */
export interface KillRow {
  readonly of: MutantPlace;
  readonly mistake: Mistake;
  /** Those that become a program and change something. */
  readonly mutants: number;
  /** By any of ours. */
  readonly killed: number;
  readonly by: { readonly [judge: string]: number };
}

/** What became of all mutants: also what `--json` writes. */
export interface MutantsReport {
  readonly format: 'cotangent-mutants/1';
  readonly version: string;
  readonly node: string;
  readonly seed: number;
  readonly seconds: number;
  readonly operators: number;
  /** Parts (rules or kernel of an operator) that were tried, of how many: fewer where the time was over. */
  readonly parts: { readonly tried: number; readonly of: number };
  readonly rows: readonly KillRow[];
  /** How often each judge refused what was right. */
  readonly alarms: AlarmsBy;
  readonly mutants: readonly MutantRecord[];
}
