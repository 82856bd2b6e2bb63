import type { Outcome } from '../run/outcome.ts';

/** Every case that did not simply pass, with its reason; nothing where all did. */
export function listing(outcomes: readonly Outcome[]): string[] {
  const of = (status: Outcome['status']) => outcomes.filter((one) => one.status === status);
  const contested = outcomes.filter((one) => one.status === 'passed' && one.contested !== undefined);
  return [
    ...section('Failed', of('failed'), ({ reasons }) => reasons),
    ...section('Unsupported', of('unsupported'), ({ reasons }) => reasons),
    ...section('Contested by implementations, and off here (not counted as failed)', of('contested'), (one) => [
      one.contested!,
      ...one.reasons,
    ]),
    ...section('Contested by implementations, and passed as expected here', contested, (one) => [one.contested!]),
  ];
}

function section(title: string, outcomes: readonly Outcome[], reasons: (one: Outcome) => readonly string[]): string[] {
  if (outcomes.length === 0) return [];
  const lines = outcomes.flatMap((one) => [
    `  ${one.suite}/${one.file} ${one.name}`,
    ...reasons(one).flatMap((reason) => reason.split('\n').map((line) => `      ${line}`)),
  ]);
  return ['', `${title}:`, ...lines];
}
