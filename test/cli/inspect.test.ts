import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/index.ts';
import { toJson } from '../../src/graph/text/json.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';
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

const folder = temporaryFolder();

/** Graphs as users would write them, on which other tools for receptive fields stop. */
const graphs: { readonly [name: string]: string } = {
  residual: `
const skip = conv2d(x, parameter('skip', 4, 2, 1, 1), { stride: 2 });
const inner = relu(conv2d(x, parameter('a', 4, 2, 3, 3), { stride: 2, padding: 1 }));
const y = relu(add(conv2d(inner, parameter('b', 4, 4, 3, 3), { padding: 1 }), skip));`,
  aspp: `
const rates = [1, 2, 4].map((rate) => conv2d(x, parameter('r' + rate, 2, 2, 3, 3), { padding: rate, dilation: rate }));
const pooled = resize2d(conv2d(globalPool(x, { kind: 'avg' }), parameter('p', 2, 2, 1, 1)), { size: [16, 16], mode: 'linear' });
const y = conv2d(concat([...rates, pooled], 1), parameter('out', 3, 8, 1, 1));`,
  adaptive: `
const y = conv2d(adaptiveAvgPool2d(conv2d(x, parameter('w', 3, 2, 3, 3)), [5, 5]), parameter('v', 2, 3, 2, 2));`,
  deformable: `
const offset = conv2d(x, parameter('o', 18, 2, 3, 3), { padding: 1 });
const y = deformConv2d(x, offset, parameter('w', 3, 2, 3, 3), { padding: 1 });`,
};

const moduleOf = (body: string): string => `
import { adaptiveAvgPool2d, add, concat, conv2d, deformConv2d, f64, globalPool, GraphBuilder, relu, resize2d } from '${new URL('../../src/index.ts', import.meta.url).pathname}';
const g = new GraphBuilder();
const x = g.input('x', f64(1, 2, 16, 16));
const parameter = (name, ...shape) => g.parameter(name, f64(...shape));
${body}
export const graph = g.build({ y });
`;

describe('cotangent inspect of a graph of one’s own', () => {
  it.each(Object.entries(graphs))('%s, as a module and as JSON', async (name, body) => {
    const module = join(folder, `${name}.ts`);
    writeFileSync(module, moduleOf(body));
    const page = join(folder, `${name}.html`);
    const fromModule = await told(module, '--html', page, '--out', join(folder, name));
    const titles = fromModule.findings.map(({ title }) => title);
    expect(titles).toEqual(['Receptive field', 'Cost', 'Memory', 'Aliasing', 'Checkerboards']);
    const { graph } = (await import(module)) as { readonly graph: Graph };
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(toJson(graph)));
    // But for the name.
    const text = JSON.stringify((await told(file)).findings).replaceAll(`${name}.json`, `${name}.ts`);
    expect(JSON.parse(text)).toEqual(fromModule.findings);
    expect(readFileSync(page, 'utf8')).toContain('<h2 id="s1">Graph</h2>');
    expect(readdirSync(join(folder, name)).filter((each) => each.startsWith('rf-')).length).toBe(2);
  });

  it('tells what pooling, branches and positions make of the field', async () => {
    const sizes = async (name: string): Promise<readonly (string | number)[]> => {
      const { findings } = await told(join(folder, `${name}.ts`), '--rf');
      const { head, rows } = findings[0]!.tables[0]!;
      return rows.map((row) => row[head.indexOf('size')]!);
    };
    expect(await sizes('residual')).toEqual([7, 7]);
    expect(await sizes('aspp')).toEqual(['whole', 'whole']);
    expect(await sizes('deformable')).toEqual(['whole', 'whole']);
    for (const size of await sizes('adaptive')) expect(Number.parseInt(`${size}`, 10)).toBeGreaterThanOrEqual(8);
  });
});

describe('cotangent inspect of what it cannot read', () => {
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runInProcess(['inspect', ...args]);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n {4}at /);
    return stderr;
  };
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('says what it is, and what would do', async () => {
    expect(await refused('vgg')).toMatch(
      /inspect\/subject: vgg cannot be inspected: there is no net and no file[\s\S]*nets: unet/,
    );
    expect(await refused(file('a.txt', 'x'))).toMatch(/neither JSON nor a module/);
    expect(await refused(file('broken.json', '{"nodes": ['))).toMatch(/inspect\/subject.*it is not JSON/);
    expect(await refused(file('other.json', '{"a": 1}'))).toMatch(/^\w+\/[\w-]+: /);
    expect(await refused(file('empty.ts', 'export const a = 1;'))).toMatch(/it exports no graph, but: a/);
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    expect(await refused(join(folder, 'folder.json'))).toMatch(/io\/read/);
  });

  it('and where it cannot write', async () => {
    const taken = file('taken', '');
    expect(await refused('unet', '--rf', ...tiny, '--html', join(taken, 'page.html'))).toMatch(
      /io\/write: cannot write/,
    );
    expect(await refused('unet', '--rf', ...tiny, '--out', taken)).toMatch(/io\/write: cannot write/);
    expect(await refused('unet', '--size', '30', '--rf')).toMatch(/Fix:/);
    expect(await refused('--solve', '64')).toMatch(/inspect\/solve/);
  });
});

describe('cotangent inspect --crossover', () => {
  it('calibrates and measures on this machine', async () => {
    const { findings } = await told('unet', '--crossover', ...tiny);
    const [times, calibrated] = findings[0]!.tables;
    for (const row of times!.rows) for (const time of row.slice(1, 5)) expect(time).toBeGreaterThan(0);
    for (const nanoseconds of calibrated!.rows[0]!) expect(nanoseconds).toBeGreaterThan(0);
    // Sliding costs as k²; for a kernel of 1 it is never slower.
    expect(times!.rows[0]!.at(-1)).toBe('sliding');
  });
});
