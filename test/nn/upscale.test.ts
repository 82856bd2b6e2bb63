import { describe, expect, it } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  declareParameters,
  evenKernel,
  heNormal,
  icnr,
  type Layer,
  learnedUpsampleLayer,
  net,
  randomStream,
  resizeConvLayer,
  subPixelLayer,
} from '../../src/nn/index.ts';
import { conv2d, convTranspose2d, full, type ShuffleOrder, upsample } from '../../src/ops/index.ts';

const image = f64(1, 2, 4, 5);
const values = array(
  image,
  Array.from({ length: 40 }, (_, k) => Math.sin(3 * k) + k / 40),
);

/** What a layer with fresh parameters makes of the image. */
function applied(body: Layer<(x: never) => unknown>, seed = 1): NdArray {
  const made = net('net', {}, body as Layer<(x: never) => Tensor<readonly number[], 'f64'>>);
  const g = new GraphBuilder();
  const y = made.apply(g.input('x', image), declareParameters(g, made.parameterTypes));
  const run = compile(g.build({ y }));
  for (const [name, value] of Object.entries(made.initialise(seed))) run.write(name, value);
  return run.run({ x: values }).y!;
}

describe('icnr', () => {
  it.each(['crd', 'dcr', 'crd-transposed'] as const)(
    'starts a sub-pixel convolution without checkerboard, %s',
    (order) => {
      const { shape, data } = applied(subPixelLayer({ in: 2, out: 3, scale: [2, 3], order, dtype: 'f64' }));
      expect(shape).toEqual([1, 3, 8, 15]);
      // Every block of 2 × 3 is one number repeated.
      const at = (c: number, i: number, j: number) => data[(c * 8 + i) * 15 + j];
      const seen = new Set<number>();
      for (let c = 0; c < 3; c++)
        for (let i = 0; i < 8; i++)
          for (let j = 0; j < 15; j++) {
            const corner = at(c, i - (i % 2), j - (j % 3))!;
            expect(at(c, i, j)).toBe(corner);
            seen.add(corner);
          }
      expect(seen.size).toBe(60);
    },
  );

  it('draws one kernel a block, each by the base', () => {
    const type = f64(6, 2, 1, 1);
    const draw = (order: ShuffleOrder) => {
      const next = icnr({ blocks: 3, order, base: heNormal() })(type, { in: 2, out: 6 });
      const random = randomStream(4, 'w');
      return Array.from({ length: 12 }, () => next(random));
    };
    const alone = heNormal()(f64(2, 2, 1, 1), { in: 2, out: 2 });
    const random = randomStream(4, 'w');
    const [a, b, c, d] = Array.from({ length: 4 }, () => alone(random));
    expect(draw('crd')).toEqual([a, b, a, b, a, b, c, d, c, d, c, d]);
    expect(draw('dcr')).toEqual([a, b, c, d, a, b, c, d, a, b, c, d]);
  });

  it('refuses blocks that do not divide the channels', () => {
    expect(() => icnr({ blocks: 4 })(f64(6, 2, 1, 1), { in: 2, out: 6 })).toThrow('shuffle/channels:');
  });
});

describe('layers that enlarge', () => {
  it('resize and convolve', () => {
    expect(applied(resizeConvLayer({ in: 2, out: 3, scale: 2, dtype: 'f64' })).shape).toEqual([1, 3, 8, 10]);
    expect(
      applied(resizeConvLayer({ in: 2, out: 1, scale: [1.5, 3], kernel: [2, 5], mode: 'cubic', dtype: 'f64' })).shape,
    ).toEqual([1, 1, 6, 15]);
  });

  it('mix channels before and after', () => {
    const body = learnedUpsampleLayer({ in: 2, out: 3, hidden: 5, scale: 2, dtype: 'f64' });
    expect(Object.entries(body.parameters).map(([name, { type }]) => [name, type.shape])).toEqual([
      ['before.w', [5, 2, 1, 1]],
      ['before.b', [5]],
      ['after.w', [3, 5, 1, 1]],
      ['after.b', [3]],
    ]);
    expect(applied(body).shape).toEqual([1, 3, 8, 10]);
  });

  it('refuse scales of part of a pixel where there are none', () => {
    expect(() => subPixelLayer({ in: 2, out: 3, scale: 1.5 })).toThrow('option/value:');
  });
});

describe('evenKernel', () => {
  const cases = [1, 2, 3, 4].flatMap((stride) => [1, 2, 3].map((multiple) => ({ stride, multiple })));
  it.each(cases.filter(({ stride, multiple }) => stride > 1 || multiple % 2 === 1))(
    'for stride $stride and $multiple times it makes an exact multiple, evenly covered away from the border',
    ({ stride, multiple }) => {
      const { kernel, ...rest } = evenKernel(stride, multiple);
      const g = new GraphBuilder();
      const x = g.input('x', f64(1, 1, 7, 7));
      const y = convTranspose2d(x, full(g, f64(1, 1, ...kernel), 1), rest);
      expect(y.shape).toEqual([1, 1, 7 * stride, 7 * stride]);
      const { data } = compile(g.build({ y })).run({ x: array(x, new Array(49).fill(1)) }).y!;
      const margin = multiple * stride;
      for (let i = margin; i < 7 * stride - margin; i++)
        for (let j = margin; j < 7 * stride - margin; j++) expect(data[i * 7 * stride + j]).toBe(multiple ** 2);
    },
  );

  it('is uneven where the kernel is no multiple', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 5, 5));
    const y = convTranspose2d(x, full(g, f64(1, 1, 3, 3), 1), { stride: 2 });
    const { data } = compile(g.build({ y })).run({ x: array(x, new Array(25).fill(1)) }).y!;
    expect(new Set(data.subarray(4 * 11 + 3, 4 * 11 + 8))).toEqual(new Set([2, 4]));
  });

  it('refuses what has no middle', () => {
    expect(() => evenKernel(1, 2)).toThrow('option/value:');
    expect(() => evenKernel(0)).toThrow('option/value:');
  });
});

it('a resize-conv starts as the convolution of the repeated image', () => {
  const g = new GraphBuilder();
  const body = resizeConvLayer({ in: 2, out: 3, scale: 2, bias: false, dtype: 'f64' });
  const x = g.input('x', image);
  const w = g.input('w', f64(3, 2, 3, 3));
  const call = body.bind({ 'conv.w': w }) as (x: Tensor) => Tensor;
  const weights = array(
    w,
    Array.from({ length: 54 }, (_, k) => Math.cos(k)),
  );
  const run = compile(g.build({ y: call(x), z: conv2d(upsample(x, 2), w, { padding: 1 }) })).run({
    x: values,
    w: weights,
  });
  expect(run.y).toEqual(run.z);
});
