import type { OpTable } from '../../src/graph/op.ts';
import { composites } from '../../test/conformance/composites.ts';
import { proofTable } from '../../test/conformance/proof-table.ts';
import { failureIn, type Subject } from './plan.ts';
import { proofOf, totalsOf } from './proof-of.ts';

/** What came out, for people: the tables, what failed with the commands that repeat it, and the count. */
export function reportOf(subjects: readonly Subject[], seed: number, order: number, ops: OpTable): string {
  const reached = subjects.filter(({ results }) => results.length > 0);
  const operators = reached.filter(({ kind }) => kind === 'operator');
  const others = reached.filter(({ kind }) => kind === 'composite');
  const { passed, failed, unreached } = countsOf(subjects);
  return [
    ...(operators.length === 0
      ? []
      : [
          proofTable(
            operators.map((each) => proofOf(each, order, ops)),
            seed,
          ),
          '',
        ]),
    ...(others.length === 0 ? [] : [compositeTable(others, order), '']),
    ...reached.flatMap((subject) => {
      const failure = failureIn(subject);
      return failure === undefined ? [] : [`FAILED ${subject.name}`, failure.message, `replay: ${failure.replay}`, ''];
    }),
    ...(unreached.length === 0
      ? []
      : [`the time did not suffice for ${unreached.length}: ${unreached.join(', ')}`, '']),
    `${passed} passed, ${failed} failed`,
  ].join('\n');
}

/** How many stood the proof, how many did not, and which were not come to. */
export function countsOf(subjects: readonly Subject[]): {
  readonly passed: number;
  readonly failed: number;
  readonly unreached: readonly string[];
} {
  const reached = subjects.filter(({ results }) => results.length > 0);
  const failed = reached.filter((subject) => failureIn(subject) !== undefined).length;
  const unreached = subjects.filter((subject) => !reached.includes(subject)).map(({ name }) => name);
  return { passed: reached.length - failed, failed, unreached };
}

function compositeTable(subjects: readonly Subject[], order: number): string {
  const header = ['composite', 'seeds', 'order', 'exact', 'bounded', 'smooth'];
  const rows = subjects.map((subject) => {
    const { cases, tally } = totalsOf(subject);
    const depth = Math.min(order, composites[subject.name]?.order ?? 1);
    return [subject.name, ...[cases, depth, tally.exact, tally.bounded, tally.smooth].map(String)];
  });
  const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return [header, ...rows].map(line).join('\n');
}

/** The same for programs. */
export function jsonReport(subjects: readonly Subject[], settings: object): object {
  return {
    ...settings,
    ...countsOf(subjects),
    subjects: subjects.map((subject) => {
      const failure = failureIn(subject);
      return {
        name: subject.name,
        kind: subject.kind,
        outcome: failure !== undefined ? 'failed' : subject.results.length > 0 ? 'passed' : 'unreached',
        ...totalsOf(subject),
        seconds: subject.results.reduce((sum, { seconds }) => sum + seconds.cases + seconds.once, 0),
        ...(failure === undefined ? {} : { failure }),
      };
    }),
  };
}
