import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { grad } from '../../../src/autodiff/index.ts';
import { compile } from '../../../src/backends/index.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array } from '../../../src/graph/nd-array.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f32, f64, showType } from '../../../src/graph/type.ts';
import {
  declareParameters,
  deeplab,
  deformableUnet,
  dilatedCoverage,
  drn,
  drnDilations,
  multiScale,
  type Net,
  pspnet,
  randomStream,
  unet,
} from '../../../src/nn/index.ts';
import { sum } from '../../../src/ops/index.ts';

const data = { inChannels: 2, classes: 3, width: 2, dtype: 'f64' } as const;
/** Every net of this kind, and what its options change. */
const made: { readonly [name: string]: Net } = {
  deeplab: deeplab({ ...data, norm: 'group' }),
  'deeplab as in the notes': deeplab({ ...data, preset: 'seed', outputStride: 8, rates: [1, 3], skip: 'none' }),
  pspnet: pspnet({ ...data, norm: 'group' }),
  'pspnet, many grids': pspnet({ ...data, outputStride: 2, bins: [1, 2, 3, 4, 5, 6, 7] }),
  'multi-scale': multiScale({ ...data, norm: 'group' }),
  drn: drn({ ...data, norm: 'group' }),
  'drn, hybrid': drn({ ...data, rates: 'hybrid', depth: 4, outputStride: 16 }),
  'deformable-unet': deformableUnet({ ...data, depth: 2, norm: 'group' }),
  'deformable-unet-v1': deformableUnet({ ...data, depth: 3, deformable: 4, version: 1 }),
};

/** Scores of images, one after the other, by the first values of a seed. */
function scores(net: Net, images: readonly (readonly number[])[], [h, w]: readonly [number, number], seed = 3) {
  const g = new GraphBuilder();
  const x = g.input('x', f64(images.length, 2, h, w));
  const executable = compile(g.build({ y: net.apply(x, declareParameters(g, net.parameterTypes)) }));
  for (const [name, value] of Object.entries(net.initialise(seed))) executable.write(name, value);
  return [...executable.run({ x: array(f64(images.length, 2, h, w), images.flat()) }).y!.data];
}

function image(key: string, size: number): number[] {
  const { normal } = randomStream(1, key);
  return Array.from({ length: 2 * size }, normal);
}

describe.each(Object.entries(made))('%s', (name, net) => {
  const least = name.startsWith('deformable') ? 8 : 1;
  const side = fc.integer({ min: least, max: 30 });

  property.prop([side, side], { numRuns: 8 })('scores every pixel of images of any size', (h, w) => {
    const g = new GraphBuilder();
    const y = net.apply(g.input('x', f64(3, 2, h, w)), declareParameters(g, net.parameterTypes));
    expect(y.shape).toEqual([3, 3, h, w]);
    expect(net.multiple).toBe(1);
  });

  test('every parameter is used, and reached by the gradient', () => {
    const g = new GraphBuilder();
    const parameters = declareParameters(g, net.parameterTypes);
    const gradients = grad(sum(net.apply(g.input('x', f64(1, 2, 16, 16)), parameters)), parameters);
    for (const [name, type] of Object.entries(net.parameterTypes)) {
      expect(showType(gradients[name]!)).toBe(showType(type));
      expect(gradients[name]!.node.op.name, name).not.toBe('full');
    }
  });

  test('sees no other image of its batch', () => {
    const [a, b] = [image('a', 99), image('b', 99)];
    expect(scores(net, [a, b], [9, 11])).toEqual([...scores(net, [a], [9, 11]), ...scores(net, [b], [9, 11])]);
  });
});

describe('a pyramid', () => {
  test.each(['deeplab', 'pspnet'])('of %s lets every pixel see the whole image, which drn does not', (name) => {
    const [size, far] = [[64, 64], 64 * 64 - 1] as const;
    const first = (net: Net, x: readonly number[]): number => scores(net, [x], size as readonly [number, number])[0]!;
    const plain = image('whole', 64 * 64);
    const changed = plain.with(far, plain[far]! + 4);
    expect(first(made[name]!, changed)).not.toBe(first(made[name]!, plain));
    const near = drn({ ...data, depth: 1 });
    expect(first(near, changed)).toBe(first(near, plain));
  });
});

describe('drn', () => {
  test('leaves holes with doubled dilations and none with hybrid ones, whatever its depth', () => {
    const holes = (depth: number, rates: 'doubled' | 'hybrid'): number =>
      dilatedCoverage(
        3,
        drnDilations(depth, rates).flatMap((rate) => [rate, rate]),
      ).holes;
    for (let depth = 1; depth <= 8; depth++) {
      expect(holes(depth, 'doubled'), `${depth} doubled`).toBeGreaterThan(0);
      expect(holes(depth, 'hybrid'), `${depth} hybrid`).toBe(0);
    }
  });
});

describe('deformableUnet', () => {
  test.each([1, 2] as const)('version %i starts as the U-Net of the same weights', (version) => {
    const bent = deformableUnet({ ...data, depth: 2, version });
    const plain = unet({ ...data, depth: 2, fit: 'pad' });
    expect(Object.keys(bent.parameterTypes)).toEqual(expect.arrayContaining(Object.keys(plain.parameterTypes)));
    const x = image('start', 9 * 14);
    const [ours, theirs] = [bent, plain].map((net) => scores(net, [x], [9, 14], 5));
    for (const [k, value] of theirs!.entries()) expect(ours![k]).toBeCloseTo(value, 12);
  });

  test('bends the deepest levels only; what bends learns slower', () => {
    const { parameterTypes, learningRates = {} } = deformableUnet({ ...data, depth: 2, deformable: 2 });
    const bent = Object.keys(parameterTypes).filter((name) => /offset|mask/.test(name));
    expect(Object.keys(learningRates)).toEqual(bent);
    expect(new Set(Object.values(learningRates))).toEqual(new Set([0.1]));
    expect(new Set(bent.map((name) => name.split('.')[0]))).toEqual(new Set(['down2', 'bottleneck', 'up2']));
    expect(showType(parameterTypes['bottleneck.conv1.offset.w']!)).toBe('f64[18,4,3,3]');
    expect(showType(parameterTypes['bottleneck.conv1.mask.w']!)).toBe('f64[9,4,3,3]');
    const one = deformableUnet({ ...data, version: 1 });
    expect(Object.keys(one.parameterTypes).filter((name) => name.includes('mask'))).toEqual([]);
  });
});

describe('options and sizes', () => {
  test('literal sizes flow through', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(2, 3, 17, 30));
    const net = deeplab({ inChannels: 3, classes: 5 });
    const y = net.bind(declareParameters(g, net.parameterTypes))(x);
    expectTypeOf(y).toEqualTypeOf<Tensor<[2, 5, 17, 30], 'f32'>>();
    expect(y.shape).toEqual([2, 5, 17, 30]);
    const other = new GraphBuilder();
    const grey = pspnet({ inChannels: 1, classes: 2 });
    const bound = grey.bind(declareParameters(other, grey.parameterTypes));
    // @ts-expect-error: these images have 3 channels
    expect(() => bound(other.input('x', f32(2, 3, 17, 30)))).toThrow(/conv\/channels/);
  });

  test('the pyramid of the notes has 3×3 branches throughout and no projection, DeepLabv3’s a 1×1 branch and one', () => {
    const kernel = (net: Net, name: string) => net.parameterTypes[`pyramid.${name}.conv.w`]?.shape.slice(2);
    const [seed, paper] = [deeplab({ ...data, preset: 'seed' }), deeplab(data)];
    expect([kernel(seed, 'branches.0'), kernel(seed, 'project')]).toEqual([[3, 3], undefined]);
    expect([kernel(paper, 'branches.0'), kernel(paper, 'project')]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test.each(
    Object.entries({ deeplab, pspnet, drn, multiScale, deformableUnet } as unknown as {
      readonly [name: string]: (options: object) => Net;
    }),
  )('%s refuses what makes no net, naming it', (name, make) => {
    for (const wrong of [{ width: 0 }, { depth: 1.5 }, { norm: 'batch' }, { wdith: 8 }, { classes: undefined }])
      expect(() => make({ inChannels: 1, classes: 2, ...wrong })).toThrow(
        new RegExp(`net/options: ${name}[\\s\\S]*${Object.keys(wrong)[0]}`),
      );
  });
});
