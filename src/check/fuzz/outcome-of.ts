import type { Report } from '../report.ts';
import type { Failure, Outcome, Snippet } from './campaign.ts';

/** A gradient check as the outcome of a campaign’s case; `show` writes what is wrong down as code. */
export function outcomeOf(
  covers: readonly string[],
  { verdict, compared, failure }: Report,
  show: (failure: Failure) => readonly Snippet[] = () => [],
): Outcome {
  if (failure === undefined) return { verdict, compared, covers };
  const snippets = verdict === 'refuted' ? show(failure) : [];
  return { verdict, compared, covers, failure: snippets.length === 0 ? failure : { ...failure, snippets } };
}
