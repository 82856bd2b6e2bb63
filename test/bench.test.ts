import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Contestant } from '../bench/contestant.ts';
import { backendOf } from '../bench/cotangent/backends.ts';
import { jobOf } from '../bench/cotangent/job-of.ts';
import { interleave } from '../bench/interleave.ts';
import { isStoodInFor } from '../bench/measure-steps.ts';
import type { Outcome } from '../bench/outcome.ts';
import { Child } from '../bench/protocol/child.ts';
import { difference, type Figure, losses, weighted } from '../bench/protocol/figures.ts';
import { readWorkload, writeWorkload } from '../bench/protocol/workload-folder.ts';
import { disagreeing, outcomeText } from '../bench/report.ts';
import { median, ratio, spread } from '../bench/statistics.ts';
import { torchContestants } from '../bench/torch/contestants.ts';
import { verdictsOf, verdictText } from '../bench/verdict.ts';
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
    const options = { rounds: 2, steady: 0.2, progress: () => {}, complain: () => {} };
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
    expect(outcomeText(outcome, [contestant('wasm 1t'), contestant('third')])).toMatchInlineSnapshot(`
      "W0  nothing
                      ms   spread  GFLOP/s
        wasm 1t     2.00      0 %     2.00
        other       4.00     25 %     1.00
        third       2.00      0 %     2.00
        away     skipped: it has none
        2 computed the same numbers, to 1e-7
        NOT THE SAME NUMBERS: other, by 5e-1 of the norm
        run by their reference kernels, as no compiled ones were found: splat"
    `);
  });

  const contestant = (name: string, role: Contestant['role'] = 'cotangent'): Contestant => {
    const [, family, threads] = /^(.*?)(?: (\d)t)?$/.exec(name)!;
    return {
      name,
      family: family!,
      ...(threads === undefined ? {} : { threads: Number(threads) }),
      role,
      launch: { command: '', args: [] },
      excuse: () => undefined,
    };
  };
  const names = ['wasm 1t', 'wasm 2t'].map((name) => contestant(name));
  const torches = ['PyTorch 1t', 'PyTorch 2t'].map((name) => contestant(name, 'pytorch'));
  const everybody = [...names, ...torches, contestant('tfjs wasm', 'peer')];
  const outcomeOf = (workload: string, rounds: { readonly [name: string]: readonly number[] | string }): Outcome => ({
    workload,
    title: 'something',
    unit: 'ms',
    operations: 2e9,
    rows: Object.entries(rounds).map(([name, given]) => ({
      contestant: name,
      ...(typeof given === 'string' ? { skipped: given, rounds: [] } : { rounds: given }),
      facts: name.startsWith('wasm') ? { wasmPeak: 60, compileMilliseconds: 120 } : {},
    })),
  });

  test('ratios are to the better of PyTorch’s times, to as many threads, and to each other library', () => {
    const outcome = outcomeOf('W8', {
      'wasm 1t': [30, 33],
      'wasm 2t': [20, 18],
      'PyTorch 1t': [40, 20],
      'PyTorch 2t': [20, 30],
      'tfjs wasm': [600, 600],
    });
    expect(outcomeText(outcome, everybody)).toMatchInlineSnapshot(`
      "W8  something
                         ms   spread  GFLOP/s              × PyTorch  × it, as many threads            × tfjs wasm
        wasm 1t        31.5      5 %     63.5       1.57 [1.50–1.65]      1.20 [0.750–1.65] 0.0525 [0.0500–0.0550]
        wasm 2t        19.0      5 %      105     0.950 [0.900–1.00]     0.800 [0.600–1.00] 0.0317 [0.0300–0.0333]
        PyTorch 1t     30.0     33 %     66.7       1.50 [1.00–2.00]
        PyTorch 2t     25.0     20 %     80.0       1.25 [1.00–1.50]
        tfjs wasm       600      0 %     3.33                   30.0
        peak of one thread of WebAssembly, found by wasm 1t: 60.0 GFLOP/s
        peak of one thread of WebAssembly, found by wasm 2t: 60.0 GFLOP/s"
    `);
  });

  test('verdicts say what is met, what is missed, and why something was not measured', () => {
    const outcomes = [
      outcomeOf('W8', { 'wasm 1t': [30, 30], 'wasm 2t': [20, 20], 'PyTorch 1t': [40, 40], 'PyTorch 2t': [21, 21] }),
      outcomeOf('W5', { 'wasm 1t': [5, 5], 'wasm 2t': [6, 6], 'PyTorch 1t': 'no torchvision' }),
      outcomeOf('W12-1024', { 'wasm 1t': [40, 40], 'wasm 2t': [20, 20] }),
    ];
    expect(verdictText(verdictsOf(outcomes, everybody, () => 24))).toMatchInlineSnapshot(`
      "What is asked for
        wasm  W8        2 threads at most 1× the time of PyTorch on 2   0.952  met
        wasm  W8        at least 30× faster than tfjs wasm              –      not measured: tfjs wasm did not run
        wasm  W5        one thread at least 12× faster than PyTorch     –      not measured: PyTorch was skipped: no torchvision
        wasm  W5        two threads faster than one                     0.833  MISSED
        wasm  W12-1024  one thread at least 85 % of WebAssembly’s peak  0.833  MISSED
        wasm  W12-1024  two threads at least 1.8× faster than one       2.00   met
        wasm  W8        compiled in at most 300 ms                      120    met"
    `);
  });

  test('who stands in for another runs only what that one skipped', () => {
    const [first, , second] = torchContestants(['python', 'older']);
    expect([first!.name, second!.name, second!.standsInFor]).toEqual([
      'PyTorch 1t',
      'PyTorch by Python 2 1t',
      'PyTorch 1t',
    ]);
    expect(isStoodInFor(second!, new Map([[first!.name, {}]]))).toBe(true);
    expect(isStoodInFor(second!, new Map([[first!.name, { skipped: 'no torchvision' }]]))).toBe(false);
    expect(isStoodInFor(first!, new Map())).toBe(false);
  });
});
