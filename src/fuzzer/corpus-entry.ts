import * as v from 'valibot';

/** A failure as it is kept: what repeats it, and what it was. */
export const corpusEntry: v.GenericSchema<CorpusEntry> = v.object({
  id: v.string(),
  campaign: v.string(),
  seed: v.number(),
  path: v.string(),
  place: v.string(),
  version: v.string(),
  order: v.number(),
  target: v.optional(v.string()),
  summary: v.string(),
  case: v.string(),
});

export interface CorpusEntry {
  /** `campaign@seed:path`. */
  readonly id: string;
  readonly campaign: string;
  readonly seed: number;
  /** fast-check’s path to the shrunk case. */
  readonly path: string;
  readonly place: string;
  /** Of cotangent, when it was found: the cases of another version may be others. */
  readonly version: string;
  readonly order: number;
  readonly target?: string | undefined;
  readonly summary: string;
  /** In one line, for people. */
  readonly case: string;
}
