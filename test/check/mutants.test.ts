import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allJudges } from '../../src/check/mutants/judges.ts';
import type { MutantRecord } from '../../src/check/mutants/ledger.ts';
import { tryForward } from '../../src/check/mutants/try-forward.ts';
import { tryRules } from '../../src/check/mutants/try-rules.ts';
import { jaxStyle } from '../../src/check/schemes/jax.ts';
import { pytorchFast, pytorchSlow } from '../../src/check/schemes/pytorch.ts';
import type { Point, Pullback } from '../../src/check/schemes/scheme.ts';
import { runCommandLine } from '../../src/cli/run-command-line.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { AnyOp } from '../../src/graph/op.ts';
import { f64 } from '../../src/graph/type.ts';
import { ops } from '../../src/ops/index.ts';

const options = { seed: 1, cases: 12, graphs: 2, judges: allJudges };
const survivors = (records: readonly MutantRecord[]): string[] =>
  records.filter(({ fate }) => fate === 'survived').map(({ name }) => name);
const noticed = (records: readonly MutantRecord[], judge: string): boolean[] => [
  ...new Set(records.filter(({ fate }) => fate === 'killed').map(({ killedBy }) => killedBy.includes(judge))),
];

describe('schemes of others', () => {
  const at = array(f64(4), [0.5, -1, 2, 0.25]);
  const mapped = (x: NdArray, f: (value: number, i: number) => number): NdArray => array(x, Array.from(x.data, f));
  /** x³, whose derivative differs from element to element. */
  const cube: Point = { at, evaluate: (x) => mapped(x, (value) => value ** 3) };
  const pull =
    (factor: (i: number) => number): Pullback =>
    (u) =>
      mapped(u, (value, i) => factor(i) * 3 * at.data[i]! ** 2 * value);
  const all = [pytorchSlow, pytorchFast, jaxStyle];

  it('accept what is right', () => {
    for (const { measure } of all) expect(measure(cube)(pull(() => 1))).toBe(true);
  });
  it('refuse what is twice as large', () => {
    for (const { measure } of all) expect(measure(cube)(pull(() => 2))).toBe(false);
  });
  it('only JAX’s tolerance tells 1.0005 from 1, and none tells 1 + 10⁻⁶', () => {
    expect(all.map(({ measure }) => measure(cube)(pull(() => 1.0005)))).toEqual([true, true, false]);
    expect(all.map(({ measure }) => measure(cube)(pull(() => 1 + 1e-6)))).toEqual([true, true, true]);
  });
  it('a gradient of no cotangent has to be zero for PyTorch', () => {
    const constant: Pullback = () => array(f64(4), [0.75, 3, 12, 0.1875]);
    expect(pytorchSlow.measure(cube)(constant)).toBe(false);
    expect(pytorchFast.measure(cube)(constant)).toBe(false);
  });
  it('NaN is refused', () => {
    for (const { measure } of all) expect(measure(cube)(pull(() => Number.NaN))).toBe(false);
  });
});

describe('mutants', () => {
  it.each(['mul', 'flip', 'tanh', 'gather', 'maximum', 'pad'])(
    'all wrong gradients of %s are noticed by our modes',
    (name) => {
      const { records, alarms } = tryRules(ops[name]!, fc, options);
      expect(survivors(records)).toEqual([]);
      expect(records.filter(({ fate }) => fate === 'killed').length).toBeGreaterThan(20);
      for (const mode of ['exact', 'bounded', 'smooth']) {
        expect(noticed(records, mode)).toEqual([true]);
        expect(alarms[mode]!.refused).toBe(0);
      }
    },
  );

  it.each(['mul', 'compare', 'argmax', 'floor', 'slice', 'iota'])('all wrong values of %s are noticed', (name) => {
    const { records, alarms } = tryForward(ops[name]!, fc, options);
    expect(survivors(records)).toEqual([]);
    expect(alarms.values!.refused).toBe(0);
  });

  it('a relative error of 10⁻⁶ is noticed by ours alone', () => {
    const { records } = tryRules(ops.tanh!, fc, { ...options, mistakes: ['relative error'] });
    expect(records.length).toBeGreaterThan(0);
    for (const { killedBy } of records) expect(killedBy).toEqual(['exact', 'bounded', 'smooth']);
  });

  it('the side of a kink is seen by ours, while the others refuse the right one there', () => {
    const { records, alarms } = tryRules(ops.maximum!, fc, { ...options, mistakes: ['kink side'] });
    expect(records.length).toBeGreaterThan(0);
    for (const { of, killedBy } of records) {
      expect(of).toBe('kink');
      expect(killedBy).toEqual(['exact', 'bounded', 'smooth']);
    }
    for (const name of ['PyTorch slow', 'PyTorch fast', 'JAX'])
      expect(alarms[name]!.refused).toBe(ops.maximum!.kinks!.length);
  });

  it('what changes nothing is told apart, with a reason', () => {
    const { records } = tryForward(ops.pad!, fc, options);
    const unread = records.find(({ name }) => name.startsWith('pad: hi.0 + 1'));
    expect(unread).toMatchObject({ fate: 'equivalent', why: expect.stringContaining('does not read the attribute') });
  });

  it('survivors are told where cases cannot tell a wrong rule from a right one', () => {
    const blind = {
      ...ops.mul!,
      name: 'mul',
      degree: { a: 'smooth', b: 'smooth' },
      cases: (fc) =>
        fc.constant({
          types: { a: f64(1), b: f64(1) },
          attributes: {},
          draw: { a: { kind: 'range', low: 1e9, high: 1e9 + 512 } },
          condition: 1e12,
        }),
    } satisfies AnyOp;
    expect(survivors(tryRules(blind, fc, options).records)).not.toEqual([]);
  });
});

describe('cotangent mutants', () => {
  const run = async (...args: string[]): Promise<{ readonly code: number; readonly text: string }> => {
    let text = '';
    const stream = new Writable({
      write: (chunk, _, done) => {
        text += String(chunk);
        done();
      },
    });
    const code = await runCommandLine(['mutants', '--threads', '1', ...args], { out: stream, err: stream });
    return { code, text };
  };

  it('prints rates beside those of the others, and writes all that is known', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mutants-')), 'mutants.json');
    const { code, text } = await run('--ops', 'abs,mul', '--list', '--json', file);
    expect(code).toBe(0);
    expect(text).toMatch(/^wrong gradients at kinks +\d+ +100 % .* –/m);
    expect(text).toMatch(/^ {2}relative error +\d+ +100 % .* 0\.0 %$/m);
    expect(text).toContain('equivalent  operand  abs.x');
    const report = JSON.parse(readFileSync(file, 'utf8'));
    expect(report).toMatchObject({ format: 'cotangent-mutants/1', operators: 2, parts: { tried: 4, of: 4 } });
    expect(report.mutants.length).toBeGreaterThan(100);
  });

  it('tries the kinds asked for', async () => {
    const { code, text } = await run('--ops', 'mul', '--kinds', 'sign,relative-error');
    expect(code).toBe(0);
    expect(text).toContain('relative error');
    expect(text).not.toContain('operand');
  });

  it('refuses names that there are not', async () => {
    expect(await run('--ops', 'mull')).toMatchObject({
      code: 2,
      text: expect.stringContaining('no operator is called'),
    });
    expect(await run('--kinds', 'typo')).toMatchObject({ code: 2, text: expect.stringContaining('There are: sign,') });
  });

  it('says how far it came when the time is over', async () => {
    const { text } = await run('--time', '0.001s');
    expect(text).toMatch(/stopped after [01] of \d+ parts/);
  });
});
