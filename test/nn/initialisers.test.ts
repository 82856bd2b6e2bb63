import { describe, expect, test } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { f64, type Type } from '../../src/graph/type.ts';
import {
  constantly,
  convFan,
  convTransposeFan,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initialiser,
  ones,
  randomStream,
  zeros,
} from '../../src/nn/index.ts';
import { conv2d, convTranspose2d } from '../../src/ops/index.ts';

/** Numbers drawn for a type, and their mean and variance. */
function draw(initialise: Initialiser, type: Type, fan = { in: 1, out: 1 }, name = 'w') {
  const value = array(type);
  const next = initialise(type, fan);
  const random = randomStream(11, name);
  for (let i = 0; i < value.data.length; i++) value.data[i] = next(random);
  return value;
}

function moments({ data }: NdArray) {
  let sum = 0;
  let squares = 0;
  for (const v of data) {
    sum += v;
    squares += v * v;
  }
  return { mean: sum / data.length, variance: squares / data.length - (sum / data.length) ** 2 };
}

const many = f64(200, 400);
const count = 80_000;
const fan = { in: 18, out: 50 };

describe.each([
  ['heNormal', heNormal(), 2 / 18, 3],
  ['heNormal of what is behind', heNormal({ fan: 'out' }), 2 / 50, 3],
  ['heNormal for slope 1', heNormal({ slope: 1 }), 1 / 18, 3],
  ['heUniform', heUniform(), 2 / 18, 1.8],
  ['glorotNormal', glorotNormal(), 2 / 68, 3],
  ['glorotUniform', glorotUniform(), 2 / 68, 1.8],
] as const)('%s', (_, initialise, variance, kurtosis) => {
  const value = draw(initialise, many, fan);

  test('has mean 0 and the variance of its definition', () => {
    const found = moments(value);
    // Four standard errors; that of a variance follows from the distribution's kurtosis.
    expect(Math.abs(found.mean)).toBeLessThan(4 * Math.sqrt(variance / count));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt((kurtosis - 1) / count));
  });

  test('is bounded just where it is uniform', () => {
    const most = Math.max(...Array.from(value.data, Math.abs));
    const bound = Math.sqrt(3 * variance);
    if (kurtosis === 3) expect(most).toBeGreaterThan(bound);
    else {
      expect(most).toBeLessThanOrEqual(bound);
      expect(most).toBeGreaterThan(0.999 * bound);
    }
  });
});

test('constants are constant', () => {
  expect([...draw(zeros, f64(3)).data]).toEqual([0, 0, 0]);
  expect([...draw(ones, f64(3)).data]).toEqual([1, 1, 1]);
  expect([...draw(constantly(-0.5), f64(2)).data]).toEqual([-0.5, -0.5]);
});

test('nothing is drawn for a parameter without elements, whatever its fan', () => {
  for (const initialise of [heNormal(), glorotUniform()])
    expect(draw(initialise, f64(0, 3), { in: 0, out: 0 }).data.length).toBe(0);
});

describe('weights that keep the variance of white noise, away from borders', () => {
  // Slope 1: no activation between.
  const level = heNormal({ slope: 1 });
  const geometries = [
    { in: 6, out: 8, kernel: [3, 3], stride: [1, 1], groups: 1 },
    { in: 6, out: 8, kernel: [2, 3], stride: [2, 1], groups: 2 },
    { in: 8, out: 8, kernel: [4, 4], stride: [2, 2], groups: 4 },
  ] as const;

  test.each(geometries)('through a convolution: %j', (geometry) => {
    const { in: channels, out, kernel, stride, groups } = geometry;
    const w = f64(out, channels / groups, ...kernel);
    expectLevel(ratio(level, w, convFan(geometry), channels, (x, k) => conv2d(x, k, { stride, groups })));
  });

  test.each([...geometries, { in: 12, out: 6, kernel: [2, 2], stride: [2, 2], groups: 1 } as const])(
    'through a transposed convolution: %j',
    (geometry) => {
      const { in: channels, out, kernel, stride, groups } = geometry;
      const w = f64(channels, out / groups, ...kernel);
      // Padding by the kernel cuts off the borders, where fewer taps meet.
      const run: Apply = (x, k) => convTranspose2d(x, k, { stride, groups, padding: [kernel[0] - 1, kernel[1] - 1] });
      expectLevel(ratio(level, w, convTransposeFan(geometry), channels, run));
    },
  );

  // Some thousand weights are drawn: their variance is known to a few per cent.
  const expectLevel = (found: number) => expect(Math.abs(found - 1), `${found}`).toBeLessThan(0.12);

  type F64 = ReturnType<typeof conv2d>;
  type Apply = (x: Parameters<typeof conv2d>[0], w: Parameters<typeof conv2d>[1]) => F64;

  /** Variance after over variance before, pooled over several draws of the weights. */
  function ratio(initialise: Initialiser, w: Type, f: { in: number; out: number }, channels: number, apply: Apply) {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, channels, 24, 24));
    const y = apply(x, g.input('w', w) as typeof x);
    const executable = compile(g.build({ y }));
    const noise = randomStream(5, 'noise');
    const ratios = Array.from({ length: 8 }, (_, k) => {
      const image = array(x);
      for (let i = 0; i < image.data.length; i++) image.data[i] = noise.normal();
      const result = executable.run({ x: image, w: draw(initialise, w, f, `w${k}`) });
      return moments(result.y!).variance;
    });
    return ratios.reduce((a, b) => a + b, 0) / ratios.length;
  }
});
