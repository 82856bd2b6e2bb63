import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snippet } from '../../src/check/fuzz/campaign.ts';
import { composites, snippetsFor } from '../../src/check/fuzz/composite-campaign.ts';
import { pointOf } from '../../src/check/snippets/point-of.ts';
import { compositeSnippets, operatorSnippets } from '../../src/check/snippets/snippets-of.ts';
import { subjectOf } from '../../src/check/subject.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { AnyOp, Case } from '../../src/graph/op.ts';
import { f64 } from '../../src/graph/type.ts';
import * as cotangent from '../../src/index.ts';
import { mul, ops } from '../../src/ops/index.ts';
import { pythonWithTorch } from '../python.ts';

/** What a snippet prints. */
interface Printed {
  readonly value: readonly number[];
  readonly gradients: { readonly [name: string]: readonly number[] };
  readonly numeric: number;
}

const runs = 4;
const sampled = <T>(cases: fc.Arbitrary<T>, seed: number): T[] => fc.sample(fc.noBias(cases), { seed, numRuns: runs });

function ofOperator(op: AnyOp): Snippet[][] {
  return sampled<Case<string, object>>(op.cases(fc), 1).map((drawn, seed) => {
    const { operands } = subjectOf(op, drawn);
    const wrt = operands.flatMap(({ name, degree }) => (degree === undefined ? [] : [name]));
    return operatorSnippets(op, { values: pointOf(operands, seed), attributes: drawn.attributes, wrt, seed });
  });
}

/** By the operator’s name, the snippets of some cases; points on kinks are left out, where libraries may choose. */
const drawn: ReadonlyMap<string, Snippet[][]> = new Map([
  ...Object.values(ops).map((op) => [op.name, ofOperator(op)] as const),
  ...composites.map(
    (one) =>
      [
        one.name,
        sampled(one.cases(fc), 2)
          .filter(({ kink }) => kink !== true)
          .map((each) => snippetsFor(one, each)),
      ] as const,
  ),
]);
const named = [...drawn].filter(([, cases]) => cases.flat().length > 0);

function run(code: string): Printed {
  const body = code.replace(/^import (\{.*\}) from 'cotangent';/, 'const $1 = cotangent;');
  let text = '';
  const log = (line: string): void => {
    text = line;
  };
  new Function('cotangent', 'console', body)(cotangent, { log });
  return JSON.parse(text) as Printed;
}

/** Where PyTorch’s own gradient is not that of its own forward, or ignores a factor: docs/findings.md. */
const wrongThere = [
  'maxUnpool2d duplicates',
  'psRoiPool border',
  'resize2d cubic by scale',
  'resize2d linear by scale',
  'resize2d nearest by scale',
];

const codeFor = (snippets: readonly Snippet[], library: Snippet['for']): string | undefined =>
  snippets.find((one) => one.for === library)?.code;

const python = pythonWithTorch();
if (python === undefined) console.log('skipped: snippets for PyTorch: no python3 that has torch ($PYTHON)');

/** Runs programs one after the other in one process; undefined where torchvision is missing. */
function runPython(codes: readonly string[]): (Printed | undefined | string)[] {
  const program = `
import contextlib, io, json, sys
for code in json.load(sys.stdin):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(code, {})
        print(out.getvalue().strip())
    except ModuleNotFoundError:
        print('null')
    except Exception as error:
        print(json.dumps({'error': str(error), 'code': code}))
`;
  const { stdout } = spawnSync(python!, ['-c', program], {
    input: JSON.stringify(codes),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as Printed | null) ?? undefined);
}

/** Double precision, with room for another order of summation. */
const near = (a: readonly number[], b: readonly number[]): boolean => {
  const scale = 1 + Math.max(...a.map(Math.abs), ...b.map(Math.abs), 0);
  return a.length === b.length && a.every((value, i) => Math.abs(value - b[i]!) <= 1e-12 * scale);
};

function expectMeasured(code: string): void {
  const { gradients, numeric, value } = run(code);
  expect(value.every(Number.isFinite)).toBe(true);
  const [, input, element] = /; \/\/ d(\w+), element (\d+)$/m.exec(code)!;
  const analytic = gradients[input!]![Number(element)]!;
  // The step is too long for functions that are not polynomials to be exact.
  expect(Math.abs(analytic - numeric)).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(analytic)));
}

describe('snippets', () => {
  it('are there for every operator that has a gradient', () => {
    const differentiable = Object.values(ops).filter((op) =>
      Object.values(op.vjp).some((rule) => typeof rule === 'function'),
    );
    const without = differentiable.filter((op) => !named.some(([name]) => name === op.name)).map(({ name }) => name);
    expect(without).toEqual([]);
  });

  it('have at most twenty lines', () => {
    for (const { code } of named.flatMap(([, cases]) => cases.flat()))
      expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });

  it.each(named)('for cotangent print a gradient and what is measured of it: %s', (_, cases) => {
    for (const snippets of cases) {
      const code = codeFor(snippets, 'cotangent');
      if (code === undefined) continue;
      expectMeasured(code);
    }
  });

  it.each(['x.w', 'w.x', 'x.ct', 'x.w.ct', 'x.w.ct.x'])('show gradients of gradients: %s', (of) => {
    const type = f64(1, 1, 2, 2);
    const shown = { values: { x: array(type, [1, 2, 3, 4]), w: array(type, [5, 6, 7, 8]) }, attributes: {}, seed: 1 };
    const compared = { of, analytic: array(type), numeric: array(type) };
    const found = compositeSnippets(
      'mul',
      ({ x, w }) => mul(x!, w!),
      { ...shown, wrt: ['x', 'w'] },
      {
        summary: '',
        details: [],
        compared,
      },
    );
    expectMeasured(codeFor(found, 'cotangent')!);
  });

  it.skipIf(python === undefined)('for PyTorch print the same numbers', () => {
    const pairs = named.flatMap(([name, cases]) =>
      cases.flatMap((snippets) => {
        const [ours, theirs] = [codeFor(snippets, 'cotangent'), codeFor(snippets, 'PyTorch')];
        return ours === undefined || theirs === undefined || wrongThere.includes(name) ? [] : [{ name, ours, theirs }];
      }),
    );
    const answers = runPython(pairs.map(({ theirs }) => theirs));
    const wrong: string[] = [];
    for (const [i, { name, ours, theirs }] of pairs.entries()) {
      const answer = answers[i];
      if (answer === undefined) continue;
      const own = run(ours);
      const same =
        typeof answer === 'object' &&
        'value' in answer &&
        near(own.value, answer.value) &&
        Object.entries(own.gradients).every(([input, gradient]) => near(gradient, answer.gradients[input]!));
      if (!same) wrong.push(`${name}\n${theirs}\n${JSON.stringify(answer)}\n${JSON.stringify(own)}`);
    }
    expect(wrong.join('\n\n')).toBe('');
  });
});
