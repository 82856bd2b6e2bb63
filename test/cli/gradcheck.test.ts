import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { runInProcess } from './run-in-process.ts';

const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cotangent-gradcheck-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('cotangent gradcheck', () => {
  it('proves an operator of one’s own', async () => {
    const { code, stdout } = await runInProcess(['gradcheck', example('06-own-operator.ts'), '--runs', '20']);
    expect(stdout).toMatch(/^averagePool: proved, 20 cases to order 3: 0 derivatives equal, \d{3,} within rounding/);
    expect(code).toBe(0);
  });

  it('refutes a wrong divisor at the border in under a second, by the smallest image', async () => {
    const { code, stdout } = await runInProcess(['gradcheck', example('06-wrong-border.ts')]);
    const [, milliseconds] = /^wrongPool: refuted \((\d+) ms\)/.exec(stdout)!;
    expect(Number(milliseconds)).toBeLessThan(1000);
    expect(stdout).toMatch(/gradcheck\/mismatch: wrongPool\.x: numeric 1, analytic 0\.111/);
    expect(stdout).toMatch(/smallest case {2}x f64\[1,1\] {2}\{"k":3\}/);
    expect(code).toBe(1);
  });

  it('repeats a failure by its replay line', async () => {
    const { stdout } = await runInProcess(['gradcheck', example('06-wrong-border.ts')]);
    const [, line] = /replay {9}cotangent (.*)/.exec(stdout)!;
    const again = await runInProcess(line!.split(' '));
    const withoutTime = (text: string): string => text.replace(/\d+ ms/, 'ms');
    expect(withoutTime(again.stdout)).toBe(withoutTime(stdout));
  });

  it('proves shipped operators by name, and says so as data', async () => {
    const { code, stdout } = await runInProcess(['gradcheck', 'mul', '--json', '--runs', '5', '--order', '2']);
    const { results, ...settings } = JSON.parse(stdout);
    expect(settings).toEqual({ seed: 1, runs: 5, order: 2 });
    expect(results).toMatchObject([{ name: 'mul', verdict: 'proved', order: 2 }]);
    expect(code).toBe(0);
  });

  it('proves functions with types, in processes of their own', async () => {
    const file = written(
      'functions.mjs',
      `export const wave = { f: ({ x }) => x, types: { x: { dtype: 'f64', shape: [2] } }, degree: { x: 1 }, dyadic: true };
       export const other = 3;`,
    );
    const { code, stdout } = await runCli(['gradcheck', file, '--runs', '3', '--order', '1']);
    expect(stdout).toMatch(/^wave: proved, 3 cases to order 1: 15 derivatives equal/);
    expect(code).toBe(0);
  });

  it('counts what is inconclusive as no pass', async () => {
    const file = written(
      'kink.mjs',
      `export const zeros = {
         f: ({ x }, g) => g.emit(abs, { x }, {}),
         types: { x: { dtype: 'f64', shape: [2] } },
         draw: { x: { kind: 'integers', low: 0, high: 0 } },
       };
       const fill = (f) => ({ x: { data: x } }, _, { data: y }) => { for (let i = 0; i < y.length; i++) y[i] = f(x[i]); };
       const sign = Object.assign(() => {}, { infer: ({ x }) => x, kernel: fill(Math.sign), vjp: { x: { kind: 'zero', reason: 'steps' } }, degree: { x: 0 }, flops: () => 0 });
       const mul = Object.assign(() => {}, { infer: ({ a }) => a, kernel: ({ a, b }, _, y) => { for (let i = 0; i < y.data.length; i++) y.data[i] = a.data[i] * b.data[i]; },
         vjp: { a: ({ b, ct }) => b.graph.emit(mul, { a: ct, b }, {}), b: ({ a, ct }) => a.graph.emit(mul, { a: ct, b: a }, {}) }, degree: { a: 1, b: 1 }, flops: () => 0 });
       const abs = Object.assign(() => {}, { infer: ({ x }) => x, kernel: fill(Math.abs), flops: () => 0, degree: { x: 1 }, branch: ({ x }) => x.data.map(Math.sign),
         vjp: { x: ({ x, ct }) => x.graph.emit(mul, { a: ct, b: x.graph.emit(sign, { x }, {}) }, {}) } });`,
    );
    const { code, stdout } = await runInProcess(['gradcheck', file, '--order', '1']);
    expect(stdout).toMatch(/^zeros: inconclusive/);
    expect(stdout).toContain('the drawn point lies on a kink');
    expect(code).toBe(1);
  });

  it.each([
    ['a file that is not there', ['none.ts'], 1, 'module/file: there is no file none.ts'],
    ['a file that throws', [written('bad.mjs', 'throw new Error("no")')], 1, 'cannot be imported: no'],
    ['a file without operators', [written('empty.mjs', 'export const a = 1')], 1, 'gradcheck/exports'],
    ['a name that is not exported', [example('06-own-operator.ts'), '--only', 'x'], 1, "exports no 'x'"],
    ['no file', [], 2, "missing required argument 'file'"],
    ['an unknown part', ['mul', '--part', 'luck'], 2, 'Allowed choices are record'],
  ])('refuses %s', async (_, args, expected, message) => {
    const { code, stderr } = await runInProcess(['gradcheck', ...args]);
    expect(stderr).toContain(message);
    expect(code).toBe(expected);
  });
});
