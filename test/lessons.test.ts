import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withDiagrams } from '../scripts/lessons/diagrams.ts';
import { pictures } from '../scripts/lessons/pictures.ts';
import { withTables } from '../scripts/lessons/tables.ts';
import { readPng } from '../src/io/index.ts';
import { writeAtomically } from '../src/io/write-atomically.ts';
import { temporaryFolder } from './train/temporary-folder.ts';

const folder = 'docs/lessons';
const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));
const anchors = new Set(
  [...readFileSync('docs/operators.md', 'utf8').matchAll(/^#+ (.*)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  ),
);

describe.each(pages)('$name', ({ text }) => {
  it('shows its diagrams as they are today (else: npm run docs)', () => expect(withDiagrams(text)).toBe(text));

  it('shows its tables as they are today (else: npm run docs)', () => expect(withTables(text)).toBe(text));

  it('links to what is there', () => {
    for (const [, link] of text.matchAll(/\]\(([^)#]*)(?:#[^)]*)?\)/g))
      expect(existsSync(`${folder}/${link}`), link).toBe(true);
    for (const [, anchor] of text.matchAll(/operators\.md#([^)]*)\)/g)) expect(anchors, anchor).toContain(anchor);
  });

  it('names files that exist', () => {
    const named = [...text.matchAll(/`((?:test|src|conformance)\/[\w/.-]*)`/g)].map((match) => match[1]!);
    for (const path of named) expect(existsSync(path), path).toBe(true);
  });
});

describe('pictures', () => {
  it('are all shown, and no other is there', () => {
    const shown = new Set(pages.flatMap(({ text }) => [...text.matchAll(/pictures\/([\w.-]+)/g)].map((m) => m[1]!)));
    expect(readdirSync(`${folder}/pictures`).sort()).toEqual(Object.keys(pictures).sort());
    expect([...shown].sort()).toEqual(Object.keys(pictures).sort());
  });

  it.each(Object.entries(pictures))('%s is drawn as it is today (else: npm run docs)', async (name, draw) => {
    const path = `${folder}/pictures/${name}`;
    const drawn = await draw();
    if (typeof drawn === 'string') return expect(drawn).toBe(readFileSync(path, 'utf8'));
    // Pixels, not bytes: another version of Node may round a cosine otherwise.
    const copy = `${temporaryFolder()}/${name}`;
    writeAtomically(copy, drawn);
    const [ours, kept] = [readPng(copy), readPng(path)];
    expect([ours.width, ours.height]).toEqual([kept.width, kept.height]);
    const apart = Array.from(ours.samples, (value, i) => Math.abs(value - kept.samples[i]!));
    expect(apart.every((levels) => levels <= 1)).toBe(true);
  });
});

describe('the glossary', () => {
  const seeds = new URL('../../shared/seeds/', import.meta.url);
  const missing = !existsSync(seeds);
  if (missing) console.log('skipped: no ../shared, so the glossary is not compared with the notes');

  it.skipIf(missing)('has every term of the notes, with its Korean name', () => {
    const { text } = pages.find(({ name }) => name === 'glossary.md')!;
    const notes = readFileSync(new URL(readdirSync(seeds).find((name) => name.startsWith('000'))!, seeds), 'utf8');
    const terms = [...notes.matchAll(/^- \*\*([^*]+)\*\*: ([^-\n]+?)(?: -.*)?$/gm)].filter(([, english]) =>
      /^[A-Z]/.test(english!),
    );
    const glossary = terms.slice(-29);
    expect(glossary.length).toBeGreaterThanOrEqual(28);
    for (const [, , korean] of glossary) expect(text).toContain(korean!.trim());
  });
});
