import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../scripts/bundle/bundle-for-node.ts';

const root = new URL('..', import.meta.url).pathname;

/** A user's folder with the package installed as npm would. */
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
  const home = join(folder, 'node_modules/cotangent');
  mkdirSync(home, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(home, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  await bundleForNode(join(home, 'dist/node'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string): string {
  const file = join(folder, 'program.mjs');
  writeFileSync(file, program);
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

describe('the package in Node', () => {
  it('has every entry point', () => {
    const names = ['', '/ops', '/nn', '/check', '/passes', '/train', '/io', '/analysis', '/lab'];
    const imports = names.map((name) => `Object.keys(await import('cotangent${name}')).length > 0`);
    expect(run(`console.log([${imports}].join())`)).toBe(`${names.map(() => true).join()}\n`);
  });

  it('tells the place in the program that uses it', () => {
    const program = `import { add, f32, GraphBuilder, whereMade } from 'cotangent';
const g = new GraphBuilder();
const x = g.input('x', f32(2));
console.log(whereMade(x.node), whereMade(add(x, x).node));
`;
    expect(run(program)).toBe('program.mjs:3 program.mjs:4\n');
  });

  it('computes the same on worker threads', () => {
    const program = `import { array, f32, GraphBuilder, mul, sum, wasmWith } from 'cotangent';
const g = new GraphBuilder();
const x = g.input('x', f32(64, 4096));
const graph = g.build({ y: sum(mul(x, x), { axes: [1] }) });
const value = array(f32(64, 4096), Array.from({ length: 64 * 4096 }, (_, i) => (i % 17) - 8));
const alone = wasmWith({ threads: 1 }).compile(graph);
const together = wasmWith({ threads: 2 }).compile(graph);
while (together.threads < 2) await new Promise((next) => setTimeout(next, 5));
console.log(String(alone.run({ x: value }).y.data) === String(together.run({ x: value }).y.data));
`;
    expect(run(program)).toBe('true\n');
  });
});
