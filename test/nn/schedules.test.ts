import { fc, test as prop } from '@fast-check/vitest';
import { CotangentError } from 'cotangent';
import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  multiStepSchedule,
  oneCycleSchedule,
  polynomialSchedule,
  type Schedule,
  stepSchedule,
  warmUp,
} from 'cotangent/nn';
import { describe, expect, test } from 'vitest';

const rate = fc.double({ min: 1e-4, max: 10, noNaN: true });
const count = fc.integer({ min: 2, max: 60 });

describe('schedules', () => {
  prop.prop([rate, count, fc.constantFrom<'cosine' | 'linear'>('cosine', 'linear'), fc.boolean()])(
    'a cycle starts and ends low and is highest where it turns',
    (learningRate, half, shape, threePhases) => {
      const steps = 4 * half;
      const at = oneCycleSchedule({ learningRate, steps, shape, threePhases, rising: 0.25 });
      const rates = Array.from({ length: steps }, (_, step) => at(step));
      expect(rates[0]).toBeCloseTo(learningRate / 25, 12);
      expect(rates.at(-1)).toBeCloseTo(learningRate / 25 / 1e4, 12);
      expect(Math.max(...rates)).toBeCloseTo(learningRate, 12);
      expect(rates.indexOf(Math.max(...rates))).toBe(half - 1);
    },
  );

  prop.prop([rate, count])('falling schedules never rise before their end, and start at the rate given', (r, steps) => {
    const falling: Schedule[] = [
      stepSchedule({ learningRate: r, every: 3 }),
      multiStepSchedule({ learningRate: r, milestones: [2, 5, 5] }),
      exponentialSchedule({ learningRate: r, factor: 0.9 }),
      cosineSchedule({ learningRate: r, steps, lowest: r / 10 }),
      polynomialSchedule({ learningRate: r, steps, power: 2 }),
      constantSchedule(r),
    ];
    for (const schedule of falling) {
      expect(schedule(0)).toBeCloseTo(r, 12);
      for (let step = 1; step <= steps; step++)
        expect(schedule(step)).toBeLessThanOrEqual(schedule(step - 1) * (1 + 1e-12));
    }
  });

  prop.prop([rate, count, count])(
    'a warm-up rises to the first rate of what follows, then is it',
    (r, rising, steps) => {
      const cosine = cosineSchedule({ learningRate: r, steps });
      const schedule = warmUp(rising, cosine);
      for (let step = 1; step < rising; step++) expect(schedule(step)).toBeGreaterThan(schedule(step - 1));
      expect(schedule(rising - 1)).toBe(cosine(0));
      for (let step = 0; step <= steps; step++) expect(schedule(rising + step)).toBe(cosine(step));
    },
  );

  test.each([
    ['every of 0', () => stepSchedule({ learningRate: 1, every: 0 })],
    ['a rate that is no number', () => constantSchedule(Number.NaN)],
    ['half a step', () => cosineSchedule({ learningRate: 1, steps: 2.5 })],
    ['a share above 1', () => oneCycleSchedule({ learningRate: 1, steps: 5, rising: 2 })],
    ['a step after the cycle', () => oneCycleSchedule({ learningRate: 1, steps: 5 })(5)],
    ['a power of 0', () => polynomialSchedule({ learningRate: 1, steps: 5, power: 0 })],
    ['a milestone that is no number', () => multiStepSchedule({ learningRate: 1, milestones: [Number.NaN] })],
    ['a warm-up of −1 steps', () => warmUp(-1, constantSchedule(1))],
  ])('refuse %s', (_, make) => {
    expect(make).toThrow(CotangentError);
    expect(make).toThrow(/schedule\/options/);
  });
});
