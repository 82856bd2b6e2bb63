import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { wording } from '../src/ops/wording.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const codes = new Set<string>(Object.keys(wording));
for (const name of sources)
  for (const match of readFileSync(`src/${name}`, 'utf8').matchAll(/(?:code: |fail\(\s*)'([a-z][\w-]*\/[\w-]+)'/g))
    codes.add(match[1]!);
const sections = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^## (.+)$/gm)].map((match) => match[1]!.trim());

it('every error code has its section in docs/errors.md', () => {
  const missing = [...codes].filter((code) => !sections.includes(code.replaceAll('/', '-'))).sort();
  expect(missing).toEqual([]);
});

it('sections stand once, in alphabetical order', () => {
  expect(sections).toEqual([...new Set(sections)].toSorted());
});
