import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { corrections } from './page.ts';

const rows = Array.from({ length: 55 }, (_, i) => i + 1);
/** Rows with a test, by the file that holds it. */
const tested = readdirSync('test/notes')
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => {
    const text = readFileSync(`test/notes/${name}`, 'utf8');
    return [...text.matchAll(/^ *test\('(\d+): [\s\S]*?^ {2}}\);$/gm)].map(([body, row]) => {
      return { row: Number(row), file: `test/notes/${name}`, body };
    });
  });

test('every correction has a row on the page, and no other is there', () => {
  expect([...corrections.keys()]).toEqual(rows);
  for (const [row, { notes, holds, decides }] of corrections)
    for (const cell of [notes, holds, decides]) expect(cell, `row ${row}`).not.toBe('');
});

test('every correction has one test, which holds the page to what it measures', () => {
  expect(tested.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(rows);
  for (const { row, file, body } of tested) {
    expect(corrections.get(row)!.test, `row ${row}`).toBe(`\`${file}\``);
    expect(body).toMatch(new RegExp(`decides\\(\\s*${row},`));
  }
});
