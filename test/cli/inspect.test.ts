import { describe, expect, it } from 'vitest';
import { runInProcess } from './run-in-process.ts';

const tiny = ['--width', '2', '--depth', '1', '--size', '16'];

interface Told {
  readonly subject: string;
  readonly findings: readonly {
    readonly title: string;
    readonly tables: readonly {
      readonly head: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    }[];
  }[];
}

/** What the command says as data. */
async function told(...args: readonly string[]): Promise<Told> {
  const { code, stdout, stderr } = await runInProcess(['inspect', ...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Told;
}

describe('cotangent inspect --memory', () => {
  it('holds liveness, the arena and the notes’ rule side by side', async () => {
    const { findings } = await told('unet', '--memory', ...tiny);
    const [live, compiled, precision] = findings[0]!.tables;
    const names = live!.rows.map(([name]) => name);
    expect(names.slice(0, 3)).toEqual(['prediction', 'loss and gradients', 'step of training (Adam)']);
    expect(names[3]).toMatch(/^step, scopes of depth \d computed anew$/);
    const column = (name: string): number[] => live!.rows.map((row) => Number(row[live!.head.indexOf(name)]));
    expect(column('states')[2]).toBeGreaterThanOrEqual(2 * column('parameters')[2]!);
    expect(column('notes’ 3×')).toEqual(column('notes').map((bytes) => 3 * bytes));
    for (const row of compiled!.rows) {
      const [predicted, arena] = ['predicted', 'arena'].map((name) => Number(row[compiled!.head.indexOf(name)]));
      expect(Math.abs(arena! / predicted! - 1)).toBeLessThan(0.02);
    }
    const parameters = precision!.rows.map((row) => Number(row[1]));
    expect(parameters.map((bytes) => parameters[0]! / bytes)).toEqual([1, 2, 4]);
  });

  it('of a step of training', async () => {
    const { subject } = await told('unet', '--train', '--memory', ...tiny);
    expect(subject).toBe('unet, a step of training');
    const refused = await runInProcess(['inspect', 'audio', '--train']);
    expect(refused.stderr).toContain('inspect/train');
    expect((await runInProcess(['inspect', 'unet', '--train', '--grad'])).code).toBe(2);
  });
});
