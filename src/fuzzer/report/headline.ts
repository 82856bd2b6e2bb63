import type { Found } from '../job.ts';

/** Campaign and summary in one line; many summaries begin with the campaign already. */
export const headline = ({ campaign, summary }: Pick<Found, 'campaign' | 'summary'>): string =>
  summary.startsWith(campaign) ? summary : `${campaign}: ${summary}`;
