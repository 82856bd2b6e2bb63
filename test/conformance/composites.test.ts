import { describe, it } from 'vitest';
import { composites } from './composites.ts';
import { proveComposite } from './prove-composite.ts';

const seeds = Math.max(3, Math.ceil(Number(process.env.CASES ?? 0) / 20));

describe('composites have right gradients', () => {
  it.each(Object.entries(composites))('%s', (name, composite) => {
    for (let seed = 1; seed <= seeds; seed++) proveComposite(name, composite, seed);
  });
});
