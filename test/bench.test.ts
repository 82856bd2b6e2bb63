import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backendOf } from '../bench/cotangent/backends.ts';
import { jobOf } from '../bench/cotangent/job-of.ts';
import { interleave } from '../bench/interleave.ts';
import { Child } from '../bench/protocol/child.ts';
import { difference, type Figure, losses, weighted } from '../bench/protocol/figures.ts';
import { readWorkload, writeWorkload } from '../bench/protocol/workload-folder.ts';
import { disagreeing, outcomeText } from '../bench/report.ts';
import { median, ratio, spread } from '../bench/statistics.ts';
import { torchContestants } from '../bench/torch/contestants.ts';
import { workloads } from '../bench/workloads/index.ts';

/** What float32 arithmetic in another order comes to at these sizes, relative to the norm. */
const rounding = 2e-6;

const [torch] = torchContestants();
if (torch === undefined)
  console.log('skipped: no python3 that can import torch, so no workload is held against PyTorch');

const folder = mkdtempSync(join(tmpdir(), 'cotangent-bench-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const folderOf = (name: string): string => join(folder, name);

async function figures(name: string, backend: string, threads: number): Promise<readonly Figure[]> {
  const loaded = readWorkload(folderOf(name));
  const job = jobOf(loaded, backendOf(backend, threads));
  try {
    return await job.figures(Array.from({ length: loaded.runs }, () => Number(job.run())));
  } finally {
    job.close();
  }
}

describe.each(workloads.map((workload) => [workload.name, workload] as const))('%s', (name, workload) => {
  beforeAll(() => writeWorkload(folderOf(name), workload, 'tiny'));

  test.each([1, 2])('gives the reference backend’s numbers on the compiled one, threads: %i', async (threads) => {
    const expected = await figures(name, 'reference', 1);
    expect(expected.every(({ norm }) => Number.isFinite(norm) && norm > 0)).toBe(true);
    expect(difference(await figures(name, 'wasm', threads), expected)).toBeLessThanOrEqual(rounding);
  });
});

describe.skipIf(torch === undefined)('PyTorch', () => {
  let child: Child | undefined;
  beforeAll(async () => {
    for (const workload of workloads) writeWorkload(folderOf(workload.name), workload, 'tiny');
    child = await Child.start(torch!.launch);
  });
  afterAll(() => child?.close());

  test.each(workloads.map(({ name }) => name))('computes the same numbers in %s', async (name) => {
    const prepared = await child!.prepare(folderOf(name));
    if ('skipped' in prepared) {
      console.log(`skipped: ${name} on PyTorch: ${prepared.skipped}`);
      return;
    }
    expect(difference(prepared.figures, await figures(name, 'reference', 1))).toBeLessThanOrEqual(rounding);
    expect(await child!.round(0, 2, 2)).toHaveLength(2);
    const { resident, peak } = await child!.memory();
    expect(peak).toBeGreaterThanOrEqual(resident / 2);
  });
});

describe('what the bench makes of numbers', () => {
  test('a figure notices a number that is off, two that changed places, and one that is none', () => {
    const data = Array.from({ length: 1000 }, (_, i) => Math.sin(i));
    const changed = (change: (copy: number[]) => void): Figure => {
      const copy = [...data];
      change(copy);
      return weighted('y', copy);
    };
    const right = weighted('y', data);
    expect(difference([right], [weighted('y', data)])).toBe(0);
    for (const wrong of [
      changed((copy) => copy.splice(300, 1, 2)),
      changed((copy) => copy.splice(10, 2, data[11]!, data[10]!)),
      changed((copy) => copy.splice(5, 1, Number.NaN)),
      losses(data),
    ])
      expect(difference([right], [wrong])).toBeGreaterThan(1e-3);
  });

  test('median, middle half and ratios inside rounds', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(spread([1, 2, 3, 4, 5])).toBeCloseTo(2 / 3);
    expect(ratio([2, 8, 9], [1, 2, 3])).toEqual({ median: 3, least: 2, most: 4 });
  });

  test('rounds take everybody in turn, each round beginning with another, and as many again where they vary', async () => {
    const order: string[] = [];
    const sampler = (name: string, values: readonly number[]) => {
      let k = 0;
      return {
        name,
        sample: async () => {
          order.push(name);
          return values[k++ % values.length]!;
        },
      };
    };
    const options = { rounds: 2, steady: 0.2, progress: () => {} };
    const steady = await interleave([sampler('a', [1]), sampler('b', [5]), { ...sampler('c', []), once: 7 }], options);
    expect(order.join('')).toBe('abba');
    expect([...steady]).toEqual([
      ['a', [1, 1]],
      ['b', [5, 5]],
      ['c', [7]],
    ]);
    const unsteady = await interleave([sampler('a', [1, 3])], options);
    expect(unsteady.get('a')).toEqual([1, 3, 1, 3]);
  });

  test('a table names what was skipped, what disagrees and what fell back', () => {
    const outcome = {
      workload: 'W0',
      title: 'nothing',
      unit: 'ms',
      operations: 4e6,
      rows: [
        { contestant: 'wasm 1t', rounds: [2, 2, 2], difference: 0, facts: { fallbacks: 'splat' } },
        { contestant: 'other', rounds: [4, 6, 4], difference: 0.5, facts: {} },
        { contestant: 'third', rounds: [2, 2, 2], difference: 1e-7, facts: {} },
        { contestant: 'away', rounds: [], skipped: 'it has none', facts: {} },
      ],
    } as const;
    expect(disagreeing(outcome).map(({ contestant }) => contestant)).toEqual(['other']);
    expect(outcomeText(outcome, ['wasm 1t'])).toMatchInlineSnapshot(`
      "W0  nothing
                         ms      spread     GFLOP/s               × wasm 1t
        wasm 1t        2.00         0 %        2.00                       1
        other          4.00        25 %        1.00        2.00 [2.00–3.00]
        third          2.00         0 %        2.00        1.00 [1.00–1.00]
        away     skipped: it has none
        2 computed the same numbers, to 1e-7
        NOT THE SAME NUMBERS: other, by 5e-1 of the norm
        run by their reference kernels, as no compiled ones were found: splat"
    `);
  });
});
