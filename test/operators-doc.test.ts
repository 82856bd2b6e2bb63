import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checklist } from '../scripts/docs/checklist.ts';
import { exampleNames, exampleOf } from '../scripts/docs/example-of.ts';
import { allSubjects, operatorsPage } from '../scripts/docs/operators-page.ts';
import * as library from '../src/ops/index.ts';

const subjects = allSubjects();
const sections = readFileSync('docs/operators.md', 'utf8').split(/^### /m);
const exportsOf = (number: number): string[] =>
  subjects.filter(({ numbers }) => numbers.includes(number)).flatMap(({ exports }) => exports.map(({ name }) => name));

describe('docs/operators.md', () => {
  it('says what the sources say', () => {
    const stale = readFileSync('docs/operators.md', 'utf8') !== operatorsPage();
    expect(stale, 'docs/operators.md is stale: run `npm run docs`').toBe(false);
  });

  it('tells of every export of src/ops/index.ts and of every operator of the table', () => {
    const told = new Set(subjects.flatMap(({ exports }) => exports.map(({ name }) => name)));
    expect(Object.keys(library).filter((name) => !told.has(name))).toEqual([]);
    const records = subjects.flatMap(({ record }) => (record === undefined ? [] : [record.name]));
    expect(records.sort()).toEqual(Object.keys(library.ops).sort());
  });

  it('has a section with a comment and an example for everything that is a function', () => {
    // Of what is spread or stands in a table, and of what takes functions or layers, the examples are elsewhere; of nets the
    // graphs would fill pages, which `cotangent graph NAME` shows; docs/analysis.md has those of analyses.
    const elsewhere = [
      'accumulate',
      'calibrateConvCost',
      'defaultConvCost',
      'defineOp',
      'icnr',
      'kernels',
      'ops',
      'preset',
    ];
    for (const subject of subjects) {
      const { title, main, record } = subject;
      expect(
        sections.some((section) => section.startsWith(`${title}\n`)),
        title,
      ).toBe(true);
      expect((main?.doc ?? record?.doc ?? '') !== '', `${title} has no comment`).toBe(true);
      if (!elsewhere.includes(title) && !/^src\/(nn\/nets|analysis)\//.test(subject.path))
        expect(exampleOf(subject), `${title} has no example`).toBeDefined();
    }
  });

  it('has no examples of what is not there', () => {
    const names = new Set(subjects.flatMap(({ title, main }) => [title, main?.name ?? title]));
    expect(exampleNames.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('the checklist', () => {
  const numbers = Object.keys(checklist).map(Number);

  it('has the operators, size rules and blocks', () => {
    const ranges = [
      [1, 45],
      [48, 66],
      [68, 70],
      [79, 79],
    ] as const;
    const wanted = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    expect(numbers).toEqual(wanted);
  });

  it.each(numbers)('%i has exports, and tests that call one of them', (number) => {
    const names = exportsOf(number);
    expect(names, `no TSDoc says 'operators.md ${number}'`).not.toEqual([]);
    for (const test of checklist[number]!.tests) {
      expect(existsSync(test), `${test} is not there`).toBe(true);
      const text = readFileSync(test, 'utf8');
      expect(
        names.some((name) => new RegExp(`\\b${name}\\b`).test(text)),
        `${test} calls none of ${names}`,
      ).toBe(true);
    }
  });
});
