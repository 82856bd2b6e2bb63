/** What is to be fuzzed: plain data, from which every thread makes the same campaigns. */
export interface Selection {
  /** Names of operators and composites; all operators if `true`. */
  readonly ops: readonly string[] | boolean;
  readonly laws: boolean;
  readonly graphs: boolean;
  /** How often operators and programs are differentiated. */
  readonly order: number;
  /** A foreign library in place of ours: `tfjs`, `jax-js`, or a command that starts a bridge. */
  readonly target?: string;
}

/** What of a campaign is known to whoever does not run it. */
export interface CampaignInfo {
  readonly name: string;
  readonly kind: 'operator' | 'law' | 'program' | 'foreign';
}
