import type { ReportedFinding } from './fuzz-report.ts';
import { headline } from './headline.ts';

/** A finding for people: what, where, how to repeat it, and code that shows it; of everything, also both gradients. */
export function findingText(
  { campaign, verdict, summary, case: drawn, details, snippets, replay, compared }: ReportedFinding,
  { everything = false }: { readonly everything?: boolean } = {},
): string {
  const field = (name: string, value: string): string => `  ${name.padEnd(14)} ${value}`;
  const row = (values: readonly number[]): string => `[${values.join(', ')}]`;
  return [
    `${verdict.toUpperCase()}  ${headline({ campaign, summary })}`,
    ...(details.some((line) => line.startsWith('smallest case')) ? [] : [field('smallest case', drawn)]),
    ...details.map((line) => `  ${line}`),
    ...(everything && compared
      ? [
          field('gradient of', `${compared.of}, shape ${row(compared.shape)}`),
          field('analytic', row(compared.analytic)),
          field('numeric', row(compared.numeric)),
        ]
      : []),
    field('replay', replay),
    ...snippets.slice(0, everything ? snippets.length : 1).flatMap((one) => [
      '',
      `  ${one.for}:`,
      ...one.code
        .trimEnd()
        .split('\n')
        .map((line) => `    ${line}`),
    ]),
    '',
  ].join('\n');
}
