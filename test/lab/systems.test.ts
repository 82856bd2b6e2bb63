import { describe, expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import { type LabReport, reportJson, runSystem, systems } from '../../src/lab/index.ts';

/** Enough work to run every line; what is claimed is judged at effort 1, by `cotangent lab`. */
const effort = 0.02;

describe.each(systems.map((system) => [system.name, system] as const))('%s', { timeout: 60_000 }, (_, system) => {
  let first: LabReport | undefined;

  it('runs and tells what it found', async () => {
    const told: string[] = [];
    const progress = (done: number, total: number, what: string): void => {
      expect(done).toBeGreaterThan(0);
      expect(done).toBeLessThanOrEqual(total);
      told.push(what);
    };
    first = await runSystem(system, { seed: 3, effort, backend: wasmWith({ threads: 1 }), progress });
    expect(told).not.toEqual([]);
    expect(first.claims).not.toEqual([]);
    expect(first.judged).toBe(false);
    for (const { head, rows } of first.tables) for (const row of rows) expect(row).toHaveLength(head.length);
    const names = first.pictures.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, png } of first.pictures) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect([...png.subarray(1, 4)]).toEqual([...'PNG'].map((letter) => letter.charCodeAt(0)));
    }
    expect(JSON.parse(JSON.stringify(reportJson(first)))).toEqual(reportJson(first));
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const progress = (): void => abort.abort();
    const run = runSystem(system, {
      seed: 3,
      effort,
      backend: wasmWith({ threads: 1 }),
      progress,
      signal: abort.signal,
    });
    await expect(run).rejects.toBe(abort.signal.reason);
  });
});

it('systems have names of their own', () => {
  expect(new Set(systems.map(({ name }) => name)).size).toBe(systems.length);
});
