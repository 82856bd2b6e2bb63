import { describe, expect, it } from 'vitest';
import { gradcheckFunction } from '../../src/check/index.ts';
import { composites } from './composites.ts';

const seeds = Math.max(3, Math.ceil(Number(process.env.CASES ?? 0) / 20));

describe('composites have right gradients', () => {
  it.each(Object.entries(composites))('%s', (name, { types, f, ...options }) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { exact, bounded, smooth } = gradcheckFunction(name, f, types, { ...options, seed });
      expect(exact + bounded + smooth).toBeGreaterThan(0);
      if (options.dyadic === true) expect(bounded + smooth).toBe(0);
    }
  });
});
