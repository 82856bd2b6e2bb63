import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** One correction of the notes, as the page tells it. */
interface Correction {
  readonly notes: string;
  readonly holds: string;
  readonly decides: string;
  /** The file of its test. */
  readonly test: string;
}

/** The rows of docs/lessons/corrections.md by number. */
export const corrections: ReadonlyMap<number, Correction> = new Map(
  [...readFileSync('docs/lessons/corrections.md', 'utf8').matchAll(/^\| (\d+) \|(.*)\|$/gm)].map((match) => {
    const [notes = '', holds = '', decides = '', test = ''] = match[2]!.split('|').map((cell) => cell.trim());
    return [Number(match[1]), { notes, holds, decides, test }];
  }),
);

/** Holds the page to what was measured: its cell must say exactly that. */
export function decides(row: number, measured: string): void {
  expect(corrections.get(row)?.decides).toBe(measured);
}
