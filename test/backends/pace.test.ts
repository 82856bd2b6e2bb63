import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/backends/wasm/threads/pace.ts';

/** How many of some runs went on several threads, where a run takes so long (ms) alone and together. */
function shared(pace: Pace, runs: number, alone: number, together: (run: number) => number): number {
  let count = 0;
  for (let i = 0; i < runs; i++) {
    const many = pace.together;
    if (many) count += 1;
    pace.note(many, many ? together(i) : alone);
  }
  return count;
}

describe('the number of threads', () => {
  it('is that which is faster, but for a few trials of the other', () => {
    expect(shared(new Pace(), 1000, 10, () => 6)).toBeGreaterThan(980);
    expect(shared(new Pace(), 1000, 10, () => 100)).toBeLessThan(30);
  });

  it('changes when other processes come and go', () => {
    const pace = new Pace();
    shared(pace, 200, 10, () => 6);
    expect(shared(pace, 500, 10, () => 50)).toBeLessThan(30);
    expect(shared(pace, 500, 10, () => 6)).toBeGreaterThan(400);
  });

  it('does not change for a slow run now and then', () => {
    expect(shared(new Pace(), 1000, 10, (run) => (run % 20 === 7 ? 500 : 6))).toBeGreaterThan(950);
  });
});
