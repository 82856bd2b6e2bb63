import { readdirSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { folder, typeCheck } from './type-check.ts';

const place = folder();
afterAll(() => place.remove());

const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test-d.ts'));

it(`programs have the types, and the mistakes are found, that ${files.join(', ')} say`, () => {
  const { messages } = typeCheck(
    place,
    files.map((name) => `../${name}`),
  );
  expect(Object.fromEntries(messages)).toEqual({});
});
