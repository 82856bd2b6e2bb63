import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as prop } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { distance } from '../../conformance/run/distance.ts';
import { runCommand } from '../../conformance/run-command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const x = { name: 'input', dtype: 'float64', shape: [2], data: [0.5, -0.25], requires_grad: true };
const twice = { name: 'output', dtype: 'float64', shape: [2], data: [1, -0.5] };
const ones = { dtype: 'float64', shape: [2], data: [1, 1] };
const twos = { dtype: 'float64', shape: [2], data: [2, 2] };
const doubling = {
  name: 'doubling',
  op: 'mul',
  attributes: { other: 2 },
  inputs: [x],
  outputs: [twice],
  cotangents: [ones],
  gradients: [twos],
};
const negation = {
  name: 'negation',
  op: 'Neg',
  opset: 13,
  source: 'node',
  attributes: {},
  inputs: [{ name: 'x', dtype: 'int8', shape: [2], data: [3, -4] }],
  outputs: [{ name: 'y', dtype: 'int8', shape: [2], data: [-3, 4] }],
};

/** Runs the command on two folders with one file each. */
function conformance(torch: unknown, onnx: unknown, ...more: readonly string[]) {
  const folder = mkdtempSync(join(scratch, 'cases-'));
  for (const [suite, cases] of Object.entries({ torch, onnx })) {
    mkdirSync(join(folder, suite));
    writeFileSync(join(folder, suite, 'file.json'), typeof cases === 'string' ? cases : JSON.stringify(cases));
  }
  return run('--torch', join(folder, 'torch'), '--onnx', join(folder, 'onnx'), ...more);
}

function run(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const status = runCommand(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err, last: out.trimEnd().split('\n').at(-1) };
}

describe('the conformance command', () => {
  test('passes what is right', () => {
    expect(conformance([doubling], [negation])).toMatchObject({
      status: 0,
      last: '2 passed, 0 failed, 0 unsupported',
      err: '',
    });
  });

  test.each([
    ['an output', { ...doubling, outputs: [{ ...twice, data: [1, -0.5 + 1e-8] }] }, 'output output is off by 1.0e-8'],
    ['a gradient', { ...doubling, gradients: [{ ...twos, data: [2, 3] }] }, 'gradient input is off by 3.3e-1'],
    ['a shape', { ...doubling, outputs: [{ ...twice, shape: [1, 2] }] }, 'output output is float[2], not float[1,2]'],
    ['a name', { ...doubling, outputs: [{ ...twice, name: 'sum' }] }, 'makes no output sum'],
    ['an Infinity', { ...doubling, outputs: [{ ...twice, data: ['Infinity', -0.5] }] }, 'is off by Infinity'],
  ])('fails on %s that is off, and says by how much', (_, wrong, told) => {
    const { status, out, last } = conformance([doubling, { ...wrong, name: 'wrong' }], [negation]);
    expect({ status, last }).toEqual({ status: 1, last: '2 passed, 1 failed, 0 unsupported' });
    expect(out).toContain('torch/file: wrong');
    expect(out).toContain(told);
  });

  test('checks Hessian products, along the directions', () => {
    const square = { ...doubling, op: 'square', attributes: {}, outputs: [{ ...twice, data: [0.25, 0.0625] }] };
    const gradients = [{ ...ones, data: [1, -0.5] }];
    const hvp = { loss: 'linear', method: 'autograd', directions: [ones], results: [twos] };
    expect(conformance([{ ...square, gradients, hvp }], [negation]).status).toBe(0);
    const off = { ...hvp, results: [{ ...twos, data: [2, 2.1] }] };
    expect(conformance([{ ...square, gradients, hvp: off }], [negation]).out).toContain('hvp input is off');
  });

  test('runs compositions, and tells of functions that the library lacks', () => {
    const node = { op: 'mul', attributes: { other: 2 }, inputs: { input: 'input' }, outputs: ['output'] };
    const composition = { ...doubling, op: 'chain', attributes: { nodes: [node], outputs: ['output'] } };
    expect(conformance([composition], [negation]).status).toBe(0);
    const unknown = { ...composition, attributes: { nodes: [{ ...node, op: 'quaternion' }], outputs: ['output'] } };
    const { status, out, last } = conformance([unknown], [{ ...negation, op: 'Quaternion' }]);
    expect({ status, last }).toEqual({ status: 0, last: '0 passed, 0 failed, 2 unsupported' });
    expect(out).toContain("the library has no function 'quaternion'");
    expect(out).toContain("the library has no operator 'Quaternion'");
  });

  test('computes in float32 to its own tolerance', () => {
    const third = { ...doubling, inputs: [{ ...x, data: [1 / 3, 0] }], outputs: [{ ...twice, data: [2 / 3, 0] }] };
    expect(conformance([third], [negation], '--dtype', 'float32').status).toBe(0);
    const off = { ...third, outputs: [{ ...twice, data: [2 / 3 + 1e-3, 0] }] };
    expect(conformance([off], [negation], '--dtype', 'float32').status).toBe(1);
  });

  test('takes integers beyond 32 bits, as numbers or as text', () => {
    const wide = (data: readonly (string | number)[]) => ({ dtype: 'uint64', shape: [2], data });
    const sum = {
      ...negation,
      op: 'Add',
      inputs: [wide([2 ** 40, 1]), wide([1, '9007199254740991'])],
      outputs: [wide([2 ** 40 + 1, '9007199254740992'])],
    };
    expect(conformance([doubling], [sum]).status).toBe(0);
  });

  test('writes a report', () => {
    const file = join(scratch, 'report.json');
    conformance(
      [doubling, { ...doubling, name: 'wrong', outputs: [{ ...twice, shape: [1, 2] }] }],
      [negation],
      '--json',
      file,
    );
    const report = JSON.parse(readFileSync(file, 'utf8'));
    expect(report.summary).toEqual({ passed: 2, failed: 1, unsupported: 0, contested: 0 });
    expect(report.cases[1]).toMatchObject({
      suite: 'torch',
      op: 'mul',
      name: 'wrong',
      status: 'failed',
      worst: 'Infinity',
    });
  });

  test('runs only what is asked for, by operator or file', () => {
    expect(conformance([doubling], [negation], '--only', 'neg').last).toBe('1 passed, 0 failed, 0 unsupported');
    expect(conformance([doubling], [negation], '--only', 'FILE').last).toBe('2 passed, 0 failed, 0 unsupported');
    expect(conformance([doubling], [negation], '--only', 'conv')).toMatchObject({
      status: 2,
      err: 'no cases to run for conv\n',
    });
  });

  test.each([
    ['text that is no JSON', '[', /torch.file\.json: cannot be read as JSON/],
    ['no list', {}, /must hold a list of cases/],
    ['a case without inputs', [{ ...doubling, inputs: undefined }], /case 'doubling': inputs: /],
    ['a case without a name', [{ ...doubling, name: undefined }], /case 0: name: /],
    [
      'an unknown dtype',
      [{ ...doubling, inputs: [{ ...x, dtype: 'bfloat16' }] }],
      /'doubling': inputs\.0\.dtype: .*bfloat16/,
    ],
    ['too few numbers', [{ ...doubling, inputs: [{ ...x, data: [1] }] }], /inputs\.0: 1 numbers for shape \[2\]/],
    ['words for numbers', [{ ...doubling, inputs: [{ ...x, data: ['one', 'two'] }] }], /expected numbers/],
  ])('refuses %s, naming file and case', (_, cases, told) => {
    const { status, err, out } = conformance(cases, [negation]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(told);
  });

  test.each([
    [['--backend', 'abacus'], /Allowed choices are wasm, reference/],
    [['--dtype', 'float16'], /Allowed choices are float64, float32/],
    [['--frobnicate'], /unknown option '--frobnicate'/],
    [['conv2d'], /too many arguments/],
    [['--torch', join(scratch, 'nowhere')], /nowhere: cannot be read/],
    [['--torch', mkdtempSync(join(scratch, 'empty-'))], /holds no \.json files/],
  ])('refuses %j', (args, told) => {
    const { status, err } = run(...args);
    expect(status).toBe(2);
    expect(err).toMatch(told);
  });

  test('explains itself', () => {
    const { status, out } = run('--help');
    expect(status).toBe(0);
    expect(out).toContain('Examples:');
  });
});

describe('distances', () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  const tensor = (data: readonly number[]) => ({ shape: [data.length], data });

  prop.prop([numbers, fc.nat(), fc.double({ min: 1e-6, max: 1e6, noNaN: true })])(
    'are relative to the largest number, at least 1',
    (data, at, by) => {
      const moved = data.with(at % data.length, data[at % data.length]! + by);
      const scale = Math.max(1, ...data.map(Math.abs));
      expect(distance(tensor(moved), tensor(data))).toBeCloseTo(by / scale, 6);
      expect(distance(tensor(data), tensor(data))).toBe(0);
    },
  );

  test.each([
    [[Number.NaN], [Number.NaN], 0],
    [[Number.NaN], [1], Number.POSITIVE_INFINITY],
    [[1], [Number.NaN], Number.POSITIVE_INFINITY],
    [[Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY], 0],
    [[Number.NEGATIVE_INFINITY], [Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
    [[1e300], [Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
    [[Number.POSITIVE_INFINITY, 1.5], [Number.POSITIVE_INFINITY, 1], 0.5],
  ])('of %j from %j is %d', (a, b, expected) => {
    expect(distance(tensor(a), tensor(b))).toBe(expected);
  });
});
