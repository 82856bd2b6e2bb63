import type { LabReport, LabTable, System } from '../lab/index.ts';
import { cellText } from '../report/index.ts';
import { textTable } from './text-table.ts';

/** The systems that there are, a line each. */
export const systemsText = (systems: readonly System[]): string =>
  textTable(
    ['system', 'checklist', 'what'],
    systems.map(({ name, checklist, title }) => [name, rangesText(checklist), title]),
  );

/** What came of a run, for terminals: tables, then claims. */
export const labText = ({ tables, claims, judged }: LabReport): string =>
  [
    ...tables.map(tableText),
    claims.map(({ text, holds }) => `${judged ? (holds ? '✓' : '✗') : '–'} ${text}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const tableText = ({ title, head, rows }: LabTable): string => {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cellText(cell) : cell)));
  return `${title}\n${textTable(head, cells)}`;
};

/** `72–73, 78`. */
function rangesText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && n <= last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
