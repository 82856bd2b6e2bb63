import { describe, it } from 'vitest';
import { composites } from './composites.ts';
import { compositeProver } from './prove-composite.ts';

const seeds = Math.max(3, Math.ceil(Number(process.env.CASES ?? 0) / 20));

describe('composites have right gradients', () => {
  it.each(Object.entries(composites))('%s', (name, composite) => {
    const prove = compositeProver(name, composite);
    for (let seed = 1; seed <= seeds; seed++) prove(seed);
  });
});

describe('points where a derivative happens to be zero decide nothing, others do', () => {
  it.each([
    ['deconvolve, least squares', 27],
    ['deconvolve, Richardson and Lucy', 24],
    ['mse', 40],
    ['nll, weighted', 38],
  ])('%s, seed %i', (name, seed) => {
    compositeProver(name, composites[name]!)(seed);
  });
});
