import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { drawDirection, drawPoint, Random } from '../../src/check/index.ts';
import type { Draw } from '../../src/graph/op.ts';
import { f64 } from '../../src/graph/type.ts';

const seeds = fc.nat();
const lengths = fc.integer({ min: 1, max: 40 });
const dyadic = (x: number): boolean => Number.isInteger(x * 2 ** 20);
const line = (draw: Draw, seed: number, length: number, steps: number) => {
  const x = drawPoint(f64(length), draw, new Random(seed, 'x'));
  const d = drawDirection(x, draw, { steps }, new Random(seed, 'd'));
  return { x: [...x.data], d: [...d.data] };
};

describe('points and directions', () => {
  const kinds: Draw[] = [
    { kind: 'dyadic' },
    { kind: 'distinct', offset: 0.5 },
    { kind: 'between', step: 2, offset: 1 },
    { kind: 'range', low: 0.25, high: 4 },
    { kind: 'integers', low: -8, high: 8 },
  ];
  it.prop([fc.constantFrom(...kinds), seeds, lengths, fc.integer({ min: 1, max: 3 })])(
    'are dyadic, never zero, and the same for the same seed',
    (draw, seed, length, steps) => {
      const { x, d } = line(draw, seed, length, steps);
      expect(x.every(dyadic) && d.every(dyadic)).toBe(true);
      expect(d.every((component) => component !== 0)).toBe(true);
      expect(line(draw, seed, length, steps)).toEqual({ x, d });
    },
  );

  it.prop([seeds, lengths])('of one input do not depend on how many others were drawn', (seed, length) => {
    const alone = drawPoint(f64(length), { kind: 'dyadic' }, new Random(seed).fork('b'));
    const random = new Random(seed);
    drawPoint(f64(3), { kind: 'dyadic' }, random.fork('a'));
    expect(drawPoint(f64(length), { kind: 'dyadic' }, random.fork('b'))).toEqual(alone);
  });
});

describe('no stencil point leaves the piece', () => {
  const steps = fc.integer({ min: 1, max: 3 });

  it.prop([seeds, lengths, steps])('distinct: the order never changes', (seed, length, reach) => {
    const { x, d } = line({ kind: 'distinct' }, seed, length, reach);
    const order = (t: number): number[] => x.map((_, i) => i).sort((i, j) => x[i]! + t * d[i]! - (x[j]! + t * d[j]!));
    for (let t = -reach; t <= reach; t++) expect(order(t)).toEqual(order(0));
  });

  it.prop([seeds, lengths, steps, fc.constantFrom(0.5, 1, 2, 6), fc.constantFrom(0, 0.5, -1)])(
    'between: at least an eighth away from every kink',
    (seed, length, reach, step, offset) => {
      const { x, d } = line({ kind: 'between', step, offset }, seed, length, reach);
      for (const [i, value] of x.entries())
        for (let t = -reach; t <= reach; t++) {
          const place = value + t * d[i]! - offset;
          expect(Math.abs(place - Math.round(place / step) * step)).toBeGreaterThanOrEqual(1 / 8);
          expect(Math.floor(place / step)).toBe(Math.floor((value - offset) / step));
        }
    },
  );

  it.prop([seeds, lengths, steps])('range: inside the domain', (seed, length, reach) => {
    const { x, d } = line({ kind: 'range', low: 0.25, high: 4 }, seed, length, reach);
    for (const [i, value] of x.entries())
      for (let t = -reach; t <= reach; t++) {
        expect(value + t * d[i]!).toBeGreaterThan(0.25);
        expect(value + t * d[i]!).toBeLessThan(4);
      }
  });
});
