import type { Outcome } from '../run/outcome.ts';

/** How many cases ended how. A contested case that is off counts for none of the three. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
  readonly contested: number;
}

export function summaryOf(outcomes: readonly Outcome[]): Summary {
  const count = (status: Outcome['status']): number => outcomes.filter((one) => one.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    unsupported: count('unsupported'),
    contested: count('contested'),
  };
}

export const summaryLine = ({ passed, failed, unsupported }: Summary): string =>
  `${passed} passed, ${failed} failed, ${unsupported} unsupported`;
