import { array, f32, f64, GraphBuilder, i32, type Op, sizeOf } from 'cotangent';
import {
  type FunctionOptions,
  type GraphFunction,
  gradcheck,
  gradchecker,
  type OperatorOptions,
  Report,
} from 'cotangent/check';
import {
  abs,
  argmax,
  conv2d,
  crossEntropy,
  defineOp,
  div,
  exp,
  floor,
  log,
  max,
  maxPool2d,
  mul,
  ops,
  relu,
  softmax,
  sub,
  sum,
  tanh,
} from 'cotangent/ops';
import { describe, expect, it } from 'vitest';
import { averagePool } from '../../examples/06-own-operator.ts';
import { wrongPool } from '../../examples/06-wrong-border.ts';
import { customVjp, stopGradient } from '../../src/autodiff/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import type { Type } from '../../src/graph/type.ts';

const zeros = { kind: 'integers', low: 0, high: 0 } as const;
const large = { types: { x: f64(40, 40) }, attributes: { k: 3 } };

describe('gradcheck takes', () => {
  it('operators in one geometry', () => {
    const report = gradcheck(ops.conv!, {
      case: {
        types: { x: f32(1, 1, 4), w: f32(1, 1, 2) },
        attributes: { axes: [{ stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 }], groups: 1 },
      },
      order: 3,
      seed: 9,
    });
    expect(report).toMatchObject({
      verdict: 'proved',
      subject: 'conv',
      seed: 9,
      order: 3,
      tally: { bounded: 0, smooth: 0 },
    });
    expect(report.failure).toBeUndefined();
    expect(report.expect()).toBe(report.tally);
    expect(`${report}`).toMatch(/^proved: conv, order 3, seed 9: \d+ derivatives \(\d+ equal, 0 within/);
  });

  it('graphs of any number of outputs, in doubles', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(2, 3));
    const w = g.parameter('w', f32(3));
    const graph = g.build({ y: tanh(x), z: sum(mul(w, w)), at: argmax(x, 1) });
    const { verdict, compared, tally } = gradcheck(graph, { order: 2 });
    expect(verdict).toBe('proved');
    expect(compared).toBeGreaterThan(7 * 9);
    // By the cotangent, gradients are linear.
    expect(tally).toMatchObject({ exact: 0, smooth: compared - tally.bounded });
  });

  it('functions that build graph', () => {
    const report = gradcheck(({ x, at }) => crossEntropy(x, at), {
      types: { x: f64(2, 3, 2), at: i32(2, 2) },
      draw: { at: { kind: 'integers', low: 0, high: 2 } },
      order: 2,
    });
    expect(report.verdict).toBe('proved');
  });

  it('no operator without a case, no function without types', () => {
    expect(() => gradcheck(ops.mul!, {} as OperatorOptions)).toThrow('gradcheck/options: mul: no case given');
    expect(() => gradcheck(({ x }) => x!, {} as FunctionOptions)).toThrow('no types given');
  });
});

describe('modes', () => {
  const square = ({ x }: { readonly x: Tensor }) => mul(x, x);
  const options = { types: { x: f64(3) }, degree: { x: 2 }, dyadic: true };
  it.each(['exact', 'bounded', 'smooth'] as const)('%s', (mode) => {
    const { verdict, tally, compared } = gradcheck(square, { ...options, mode });
    expect(verdict).toBe('proved');
    expect(tally[mode]).toBe(compared);
  });
});

describe('what is too large for all entries', () => {
  const check = (op: Op<'x', { readonly k: number }>) => gradcheck(op, { case: large, entries: 100 });
  it('is moved as a whole and in parts', () => {
    const { along, verdict } = check(averagePool);
    expect(verdict).toBe('proved');
    const kinds = new Set(along.map(({ kind }) => kind));
    for (const kind of [
      'gaussian',
      'rademacher',
      'corner',
      'edge',
      'interior',
      'last row',
      'last column',
      'one element',
    ])
      expect(kinds).toContain(kind);
  });

  it('shows where on the plane it is wrong', () => {
    const { verdict, error, failure } = check(wrongPool);
    expect(verdict).toBe('refuted');
    expect(error!.message).toMatch(/corner 4 of 4, edge 1[45]\d of 152, interior 1[34]\d of 1444/);
    const { of, analytic, numeric } = failure!.compared!;
    expect(of).toBe('x');
    expect(analytic.shape).toEqual([40, 40]);
    const wrong = Array.from(analytic.data, (a, i) => Math.abs(a - numeric.data[i]!) > 1e-9);
    expect(wrong.slice(41 * 2, 41 * 2 + 30)).not.toContain(true);
    expect(wrong[0]).toBe(true);
  });
});

describe('Taylor remainders', () => {
  const tripled = ({ x }: { readonly x: Tensor }) =>
    customVjp(
      { x },
      () => mul(x, mul(x, x)) as Tensor,
      ({ ct }) => ({ x: mul(ct, mul(x, mul(x, 3.3))) }),
    );
  it('fall with the square of the step where the gradient is right', () => {
    const { along } = gradcheck(({ x }) => exp(x), { types: { x: f64(200) }, taylor: true });
    const slopes = along.flatMap(({ taylor }) => (taylor?.slope === undefined ? [] : [taylor.slope]));
    expect(slopes.length).toBeGreaterThan(5);
    for (const slope of slopes) expect(slope).toBeGreaterThan(1.9);
  });
  it('fall with the step where it is wrong', () => {
    const { error, failure } = gradcheck(tripled, { types: { x: f64(4) } });
    expect(error!.finding.taylor!.slope).toBeLessThan(1.5);
    expect(failure!.taylor!.map(({ step }) => step)).toEqual([1, 0.5, 0.25, 0.125, 2 ** -4, 2 ** -5, 2 ** -6, 2 ** -7]);
  });
  it('say nothing of affine functions', () => {
    const { along } = gradcheck(({ x }) => mul(x, 3), { types: { x: f64(2) }, taylor: true });
    expect(along.map(({ taylor }) => taylor!.slope)).toEqual([undefined]);
  });
});

describe('kinks', () => {
  const ties = { types: { x: f64(2, 3) }, draw: { x: zeros } };
  it.each<[string, GraphFunction<{ x: Type }>]>([
    ['max', ({ x }) => max(x, { axes: [1] })],
    ['relu', ({ x }) => relu(x)],
    ['abs, whose gradient 0 is the mean of both sides', ({ x }) => abs(x)],
    ['floor', ({ x }) => mul(x, floor(x))],
  ])('%s: prove nothing', (_, build) => {
    const { verdict, error } = gradcheck(build, ties);
    expect(verdict).toBe('inconclusive');
    expect(error!.message).toContain('the drawn point lies on a kink');
    expect(() => gradcheck(build, ties).expect()).toThrow('gradcheck/inconclusive');
  });

  it('the gradient must lie between both sides, if that is asked for', () => {
    const once = { ...ties, kinks: 'one-sided' } as const;
    expect(gradcheck(({ x }) => max(x, { axes: [1] }), once).verdict).toBe('proved');
    expect(gradcheck(({ x }) => relu(x), once).verdict).toBe('proved');
    const twice = ({ x }: { readonly x: Tensor }) =>
      customVjp(
        { x },
        () => relu(x) as Tensor,
        ({ ct }) => ({ x: mul(ct, 1.5) }),
      );
    const { verdict, error } = gradcheck(twice, once);
    expect(verdict).toBe('refuted');
    expect(error!.message).toMatch(/gradcheck\/kink.*: at a kink the gradient 0?-?\d.* is not between/);
    expect(gradcheck(({ x }) => floor(x), { ...once, degree: { x: 1 } }).error!.message).toContain(
      'the function jumps',
    );
  });

  it('near one, steps are halved until they stay on one side', () => {
    const near = ({ x }: { readonly x: Tensor }) => abs(sub(x, 1 + 2 ** -9));
    const report = gradcheck(near, {
      types: { x: f64(4) },
      draw: { x: { kind: 'integers', low: 1, high: 1 } },
      degree: { x: 1 },
      dyadic: true,
    });
    expect(report.verdict).toBe('proved');
  });

  it('another point is tried where the first is on one', () => {
    const check = gradchecker(({ x }) => maxPool2d(x, { kernel: 2 }), { types: { x: f64(1, 1, 2, 4) } });
    const reports = Array.from({ length: 20 }, (_, seed) => check(seed));
    expect(reports.every(({ verdict }) => verdict === 'proved')).toBe(true);
    expect(reports.some(({ tally }) => tally.retried > 0)).toBe(true);
  });

  it('are seen by what a function says of itself, where the graph does not show them', () => {
    const hidden: Op<'x'> = defineOp('hidden', {
      doc: '|x| whose pieces nobody knows of.',
      infer: ({ x }) => x,
      kernel: ({ x }, _, y) => y.data.set(x.data.map(Math.abs)),
      vjp: { x: ({ x, ct }) => mul(ct, div(x, abs(x))) },
      degree: { x: 1 },
      cases: (fc) => fc.constant({ types: { x: f64(2) }, attributes: {} }),
      flops: ({ y }) => sizeOf(y.shape),
      example: (g) => hidden({ x: g.input('x', f64(2)) }, {}),
    });
    const moved = ({ x }: { readonly x: Tensor }) => hidden({ x: sub(x, 2 ** -9) }, {});
    const options = { types: { x: f64(2) }, draw: { x: zeros }, degree: { x: 1 }, dyadic: true } as const;
    expect(gradcheck(moved, options).verdict).toBe('refuted');
    const branch = ({ x }: { readonly [name: string]: { readonly data: ArrayLike<number> } }) =>
      Array.from(x!.data, (value) => Math.sign(value - 2 ** -9));
    expect(gradcheck(moved, { ...options, branch }).verdict).toBe('proved');
  });
});

describe('verdicts', () => {
  it('where the function is not finite, nothing is proved', () => {
    const { verdict, error } = gradcheck(({ x }) => log(x), { types: { x: f64(8) } });
    expect(verdict).toBe('inconclusive');
    expect(error!.fix).toContain("kind: 'range'");
  });

  it('a wrong element is found, with values and place', () => {
    const last = ({ x }: { readonly x: Tensor }) =>
      customVjp(
        { x },
        () => mul(x, x) as Tensor,
        ({ ct }) => ({
          x: mul(ct, mul(x, constantLike(x, [2, 2, 2.5]))),
        }),
      );
    const { error, failure } = gradcheck(last, { types: { x: f64(3) }, degree: { x: 2 }, dyadic: true });
    const { element, analytic, numeric, mode } = error!.finding;
    expect({ element, mode, ratio: analytic! / numeric! }).toEqual({ element: [2], mode: 'exact', ratio: 1.25 });
    expect(failure!.summary).toMatch(/numeric .* analytic/);
    expect(failure!.details.at(-1)).toMatch(/^to mend it {5}mend the rule/);
  });

  it('a rule that is not linear in ct is told by its structure', () => {
    const bent = ({ x }: { readonly x: Tensor }) =>
      customVjp(
        { x },
        () => mul(x, 1) as Tensor,
        ({ ct }) => ({ x: mul(ct, ct) }),
      );
    expect(gradcheck(bent, { types: { x: f64(2) } }).error!.code).toBe('gradcheck/structure');
  });

  it('roundings that cancel on the way are not taken for a wrong gradient', () => {
    const check = gradchecker(({ x }) => softmax(x, 1), { types: { x: f64(2, 3) }, order: 2 });
    for (let seed = 0; seed < 200; seed++) expect(check(seed).verdict).toBe('proved');
  });

  it('a rule that cannot be transposed is told by the forward derivative', () => {
    const cut = ({ x }: { readonly x: Tensor }) =>
      customVjp(
        { x },
        () => mul(x, x),
        ({ ct }) => ({ x: mul(stopGradient(ct), mul(x, 2)) }),
      );
    expect(gradcheck(cut, { types: { x: f64(2) }, degree: { x: 2 }, dyadic: true }).error!.code).toBe(
      'gradcheck/duality',
    );
  });

  it('are the same for the same seed', () => {
    const check = () => gradcheck(({ x }) => tanh(x), { types: { x: f64(5) }, seed: 77, taylor: true });
    expect(check()).toEqual(check());
    expect(check()).toBeInstanceOf(Report);
  });
});

it('convolutions in 32 bits are checked in doubles, on the compiled backend where there is much to do', () => {
  const g = new GraphBuilder();
  const y = conv2d(g.input('x', f32(2, 3, 8, 8)), g.parameter('w', f32(4, 3, 3, 3)), { padding: 1 });
  const { verdict, tally } = gradcheck(g.build({ y }), { degree: { x: 1, w: 1 }, dyadic: true });
  expect(verdict).toBe('proved');
  expect(tally.exact).toBeGreaterThan(20);
});

const constantLike = (x: Tensor, values: readonly number[]) =>
  x.graph.emit(ops.constant!, {}, { dtype: x.dtype, shape: x.shape, data: [...array(x, values).data] });
