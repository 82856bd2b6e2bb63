import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** Every TypeScript block of the documents is run as a module; what it says in `// →` comments must be what it logs. */
const documents = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
];
const snippets = documents
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...readFileSync(name, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((block, i) => ({
      title: `${name} snippet ${i + 1}`,
      file: `${name.replaceAll(/\W+/g, '-')}-${i + 1}.ts`,
      code: block[1]!,
    })),
  );
const folder = new URL('./.snippets/', import.meta.url);

describe('documented snippets', () => {
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    for (const { file, code } of snippets) writeFileSync(new URL(file, folder), `${code}\nexport {};\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('exist', () => expect(snippets.length).toBeGreaterThan(0));

  it.each(snippets)('$title runs and logs what it says', async ({ file, code }) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      await import(new URL(file, folder).href);
      const logged = log.mock.calls.map((call) => call.map(String).join(' '));
      const promised = [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1]!.trim());
      expect(logged.slice(0, promised.length)).toEqual(promised);
    } finally {
      log.mockRestore();
    }
  });
});
