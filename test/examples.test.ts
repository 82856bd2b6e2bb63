import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';

const folder = new URL('../examples/', import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/** Runs an example and returns what it prints. */
async function printed(name: string): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(values.join(' ')));
  try {
    await import(new URL(name, folder).href);
  } finally {
    log.mockRestore();
  }
  return lines.join('\n');
}

/** What each example must show; one without an entry must at least print something. */
const shows: { readonly [name: string]: readonly RegExp[] } = {
  '01-scalar.ts': [/n\d+ = sin\(x: n0\) : f64\[\]/, /z = 1\.18199/, /dx = 2\.55516/, /dy = 0\.47942/],
  '02-conv.ts': [/conv\/channels: w reads 3 channels × 1 group = 3; x has 16/, /examples\/02-conv\.ts:\d+/, /scatter/],
  '03-user-op.ts': [/3, 12, 27/, /to order 3: \d{2,} exact, 0 bounded, 0 smooth/],
  '04-higher-order.ts': [
    /curvature = f64\[3\]\{12, 48, 24\}/,
    /third = f64\[3\]\{24, 48, -96\}/,
    /slopes = f64\[3\]\{1, 1, /,
  ],
  '05-unet.ts': [/26 parameters/, /step 20: loss 0\.[0-3]/],
  // For `cotangent gradcheck` to print what it finds.
  '06-own-operator.ts': [],
  '06-wrong-border.ts': [],
};

test('every example that is described is there', () => {
  expect(examples).toEqual(expect.arrayContaining(Object.keys(shows)));
});

describe.each(examples)('%s', (name) => {
  test('runs and shows what it says', async () => {
    const output = await printed(name);
    for (const pattern of shows[name] ?? [/./]) expect(output).toMatch(pattern);
  });

  test('is shorter than 80 lines', () => {
    expect(readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n').length).toBeLessThan(80);
  });
});

test('the same numbers come out however the backward pass gets them', async () => {
  vi.resetModules();
  const output = await printed('04-higher-order.ts');
  const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(output)?.[1];
  expect(value('recomputed')).toBe(value('kept'));
  expect(value('forwards')).toBe(value('curvature'));
});
