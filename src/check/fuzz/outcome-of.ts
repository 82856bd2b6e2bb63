import type { Report } from '../report.ts';
import type { Outcome } from './campaign.ts';

/** A gradient check as the outcome of a campaign’s case. */
export const outcomeOf = (covers: readonly string[], { verdict, compared, failure }: Report): Outcome => ({
  verdict,
  compared,
  covers,
  ...(failure && { failure }),
});
