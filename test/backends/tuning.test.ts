import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type TuningCache, wasmWith } from '../../src/backends/index.ts';
import { array, f32, GraphBuilder, sizeOf, type Type } from '../../src/graph/index.ts';
import { tuningFile } from '../../src/io/index.ts';
import { conv, matmul, relu } from '../../src/ops/index.ts';

const around = { stride: 1, lo: 1, hi: 1, xDilation: 1, wDilation: 1 };

const g = new GraphBuilder();
const x = g.input('x', f32(2, 16, 16, 16));
const w = g.input('w', f32(16, 16, 3, 3));
const a = g.input('a', f32(24, 40));
const once = relu(conv(x, w, { groups: 1, axes: [around, around] }));
const graph = g.build({
  y: conv(once, w, { groups: 1, axes: [around, around] }),
  p: matmul(a, g.input('b', f32(40, 33))),
});
const types: { readonly [name: string]: Type } = {
  x: f32(2, 16, 16, 16),
  w: f32(16, 16, 3, 3),
  a: f32(24, 40),
  b: f32(40, 33),
};
const feeds = Object.fromEntries(
  Object.entries(types).map(([name, type]) => [
    name,
    array(
      type,
      Array.from({ length: sizeOf(type.shape) }, (_, i) => ((i * 29) % 17) / 8 - 1),
    ),
  ]),
);

/** A cache that tells what it was asked for. */
class Asked implements TuningCache {
  readonly known = new Map<string, string>();
  readonly found: string[] = [];
  readonly written: string[] = [];
  get(key: string): string | undefined {
    const choice = this.known.get(key);
    if (choice !== undefined) this.found.push(key);
    return choice;
  }
  set(key: string, choice: string): void {
    this.written.push(key);
    this.known.set(key, choice);
  }
}

describe('choosing kernels by measuring', () => {
  it('computes the same, says what was measured, and measures each problem once', () => {
    const cache = new Asked();
    const run = (exact: boolean, tune: TuningCache | boolean) => {
      const executable = wasmWith({ threads: 1, relaxed: false, exact, tune }).compile(graph);
      const results = executable.run(feeds);
      executable.close();
      return { results, steps: executable.plan.report().steps.filter(({ measured }) => measured) };
    };
    const counted = run(true, false);
    expect(counted.steps).toEqual([]);
    const first = run(true, cache);
    // Small multiples of 1/8: no kernel that is exact rounds.
    expect(first.results).toEqual(counted.results);
    expect(first.steps.length).toBeGreaterThanOrEqual(2);
    const { written } = cache;
    expect(new Set(written).size).toBe(written.length);
    const before = [...written];
    const second = run(true, cache);
    expect(second.results).toEqual(first.results);
    expect(second.steps).toEqual(first.steps);
    expect(cache.written).toEqual(before);
    expect(cache.found.length).toBeGreaterThan(0);
    const rounded = run(false, cache);
    expect(cache.written.length).toBeGreaterThan(before.length);
    for (const [i, value] of rounded.results.y!.data.entries())
      expect(value).toBeCloseTo(counted.results.y!.data[i]!, 1);
    expect(run(false, true).results.p).toEqual(counted.results.p);
  });

  it('takes what the cache says, and measures again where that is no kernel for it', () => {
    const cache = new Asked();
    const names = (): (string | undefined)[] =>
      wasmWith({ threads: 1, tune: cache })
        .compile(graph)
        .plan.steps.map(({ kernel }) => kernel?.name);
    names();
    for (const key of cache.known.keys()) cache.known.set(key, 'direct');
    expect(names().filter((name) => name?.startsWith('correlation direct')).length).toBeGreaterThanOrEqual(2);
    const writes = cache.written.length;
    for (const key of cache.known.keys()) cache.known.set(key, 'by hand');
    names();
    expect(cache.written.length).toBe(2 * writes);
    expect([...cache.known.values()]).not.toContain('by hand');
  });
});

describe('tuningFile', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tuning-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('keeps choices', () => {
    const path = join(dir, 'deep', 'tuning.json');
    const empty = tuningFile(path);
    expect(empty.get('a problem')).toBeUndefined();
    empty.set('a problem', 'direct');
    empty.save();
    const kept = tuningFile(path);
    expect(kept.get('a problem')).toBe('direct');
    const before = readFileSync(path, 'utf8');
    kept.save();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.each([
    '',
    '{"format":',
    '[]',
    'null',
    '{"format":"other"}',
    '{"format":"cotangent tuning 1"}',
    '{"format":"cotangent tuning 1","choices":{"a":1}}',
  ])('refuses %j, naming the file and the cure', (text) => {
    const path = join(dir, 'damaged.json');
    writeFileSync(path, text);
    expect(() => tuningFile(path)).toThrow(expect.objectContaining({ code: 'tuning/file' }));
    expect(() => tuningFile(path)).toThrow(/damaged\.json[\s\S]*delete it/);
  });
});
