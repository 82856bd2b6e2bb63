import type { Outcome } from '../run/outcome.ts';

/** One line for an operator: how many cases, the worst error as a part of what is allowed, how long. */
export function operatorLine(op: string, outcomes: readonly Outcome[]): string {
  const counts = (['passed', 'failed', 'unsupported', 'contested'] as const).flatMap((status) => {
    const count = outcomes.filter((one) => one.status === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  const ran = outcomes.filter(({ status }) => status !== 'unsupported');
  const worst = ran.length === 0 ? '' : `worst ${multiple(Math.max(...ran.map((one) => one.worst)))}`;
  const seconds = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  return `  ${op.padEnd(34)}${counts.join(', ').padEnd(28)}${worst.padEnd(30)}${seconds.toFixed(2).padStart(7)} s`;
}

/** An error as a multiple of its tolerance. */
function multiple(share: number): string {
  if (share === Number.POSITIVE_INFINITY) return 'differs where it must not';
  return share === 0 ? 'exact' : `${share.toExponential(1)} of the tolerance`;
}
