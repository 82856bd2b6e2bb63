import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlanReport } from '../../src/backends/index.ts';
import { runInProcess } from './run-in-process.ts';

const tiny = ['--width', '2', '--depth', '1', '--size', '8'];

describe('cotangent plan', () => {
  it('shows steps, kernels, memory and fallbacks', async () => {
    const { code, stdout, stderr } = await runInProcess(['plan', 'unet', ...tiny]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^step +kernel +operators +result +MFLOP +KB +made by$/m);
    expect(stdout).toMatch(/^ *0 +correlation .* conv, .* f32\[1,2,8,8\] .* unet\//m);
    expect(stdout).toMatch(/^in between .* KB .*reuse \d/m);
    expect(stdout).toMatch(/^fallbacks {2}none$/m);
  });

  it('measures a training step', async () => {
    const { code, stdout } = await runInProcess([
      'plan',
      '--train',
      '--time',
      '--rounds',
      '2',
      '--batch',
      '2',
      ...tiny,
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^step .* ms +% +GFLOP\/s +GB\/s +made by$/m);
    expect(stdout).toMatch(/^kernel +steps +MFLOP .* GFLOP\/s +GB\/s$/m);
    expect(stdout).toMatch(/\d ms on one thread/);
  });

  it('chooses kernels by measuring, once, and keeps what was measured in a file', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'plan-'));
    try {
      const path = join(dir, 'tuning.json');
      const first = await runInProcess(['plan', 'unet', ...tiny, '--tune', path]);
      expect(first.code).toBe(0);
      expect(first.stdout).toMatch(/^ *\d+ +correlation .* \* +conv/m);
      const kept = readFileSync(path, 'utf8');
      expect((await runInProcess(['plan', 'unet', ...tiny, '--tune', path])).stdout).toBe(first.stdout);
      expect(readFileSync(path, 'utf8')).toBe(kept);
      writeFileSync(path, kept.slice(0, -9));
      const { code, stderr } = await runInProcess(['plan', 'unet', ...tiny, '--tune', path]);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/tuning\.json[\s\S]*delete it/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('writes the same as JSON', async () => {
    const { stdout } = await runInProcess(['plan', '--train', '--time', '--rounds', '1', '--json', ...tiny]);
    const report = JSON.parse(stdout) as PlanReport & { readonly steps: readonly { readonly seconds: number }[] };
    expect(report.fallbacks).toEqual([]);
    expect(report.memory.naive).toBeGreaterThan(report.memory.peak);
    for (const { kernel, ops, seconds, flops, bytes } of report.steps) {
      expect(kernel).toBeTypeOf('string');
      expect(ops.length).toBeGreaterThan(0);
      for (const amount of [seconds, flops, bytes]) expect(amount).toBeGreaterThanOrEqual(0);
    }
  });

  it('ends as the README shows, but for the sizes', async () => {
    const [, args, shown] = /^npx cotangent (plan .*) \| tail -6 .*$[\s\S]*?^```text\n([\s\S]*?)^```/m.exec(
      readFileSync('README.md', 'utf8'),
    )!;
    const { stdout } = await runInProcess(args!.split(' '));
    const withoutSizes = (text: string): string => text.replaceAll(/[\d.]+/g, '#');
    expect(withoutSizes(stdout.split('\n').slice(-7).join('\n'))).toBe(withoutSizes(shown!));
  });

  it('refuses nets that there are not', async () => {
    expect((await runInProcess(['plan', 'vgg'])).code).toBe(2);
  });
});
