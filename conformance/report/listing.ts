import type { Outcome } from '../run/outcome.ts';

/** Every case that did not simply pass, with its reason, those of one operator with one reason together; nothing where all passed. */
export function listing(outcomes: readonly Outcome[]): string[] {
  const of = (status: Outcome['status']) => outcomes.filter((one) => one.status === status);
  const agreed = of('passed').filter(({ contested }) => contested !== undefined);
  return [
    ...section('Failed', of('failed'), ({ reasons }) => reasons),
    ...section('Unsupported', of('unsupported'), ({ reasons }) => reasons),
    ...section('Contested by implementations, off here and not counted', of('contested'), (one) => [
      one.contested!,
      ...one.reasons,
    ]),
    ...section('Contested by implementations, passed here', agreed, (one) => [one.contested!]),
  ];
}

function section(title: string, outcomes: readonly Outcome[], reasons: (one: Outcome) => readonly string[]): string[] {
  if (outcomes.length === 0) return [];
  const groups = new Map<string, Outcome[]>();
  for (const one of outcomes) {
    const key = [one.suite, one.file, ...reasons(one)].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const lines = [...groups.values()].flatMap((group) => {
    const { suite, file } = group[0]!;
    return [
      `  ${suite}/${file}: ${group.map(({ name }) => name).join(', ')}`,
      ...reasons(group[0]!).flatMap((reason) => reason.split('\n').map((line) => `      ${line}`)),
    ];
  });
  return ['', `${title}:`, ...lines];
}
