import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64, showType } from '../../src/graph/type.ts';
import {
  bilinear,
  declareParameters,
  fcn,
  makeNet,
  type Net,
  nets,
  patchNet,
  randomStream,
  type Scores,
  segnet,
} from '../../src/nn/index.ts';
import { convTranspose2d, pad, reshape, resize2d, slice, sum, transpose, unfold } from '../../src/ops/index.ts';

const tiny = { inChannels: 2, classes: 3, width: 4, depth: 2, dtype: 'f64' } as const;

/** Random values of a net's parameters, none of them zero. */
function valuesOf(net: Net): { readonly [name: string]: NdArray } {
  const values = net.initialise(3);
  for (const [name, { data }] of Object.entries(values)) {
    const { normal } = randomStream(1, name);
    for (let i = 0; i < data.length; i++) data[i] = data[i]! + 0.1 * normal();
  }
  return values;
}

/** What a function of images and of a net's parameters makes of random images. */
function run(net: Net, shape: readonly [number, number, number, number], f: (x: Tensor, p: object) => Scores) {
  const g = new GraphBuilder();
  const y = f(g.input('x', f64(...shape)) as Tensor, declareParameters(g, net.parameterTypes));
  const executable = compile(g.build({ y }));
  for (const [name, value] of Object.entries(valuesOf(net))) executable.write(name, value);
  const x = array(f64(...shape));
  const { normal } = randomStream(1, 'images');
  for (let i = 0; i < x.data.length; i++) x.data[i] = normal();
  return executable.run({ x }).y!;
}

describe.each(Object.keys(nets))('%s', (name) => {
  const net = makeNet(name, tiny);
  const side = fc.integer({ min: 8, max: 21 }).map((n) => Math.ceil(n / net.multiple) * net.multiple);

  property.prop([side, side], { numRuns: 6 })('scores every pixel of images of any size that it takes', (h, w) => {
    const g = new GraphBuilder();
    const y = net.apply(g.input('x', f64(2, 2, h, w)), declareParameters(g, net.parameterTypes));
    expect(showType(y)).toBe(showType(f64(2, 3, h, w)));
  });

  test('every parameter is reached by the gradient', () => {
    const g = new GraphBuilder();
    const parameters = declareParameters(g, net.parameterTypes);
    const gradients = grad(sum(net.apply(g.input('x', f64(1, 2, 16, 16)), parameters)), parameters);
    for (const [name, { node }] of Object.entries(gradients)) expect(node.op.name, name).not.toBe('full');
  });

  test('has a size of its own, and is the same net again from its configuration', () => {
    const { defaults } = nets[name]!;
    const own = makeNet(name, { inChannels: 3, classes: 4, norm: 'group' });
    expect(own.parameterTypes).toEqual(
      nets[name]!.make({ inChannels: 3, classes: 4, norm: 'group', ...defaults }).parameterTypes,
    );
    expect(JSON.parse(JSON.stringify(own.config))).toEqual(own.config);
    expect(net.initialise(5)).toEqual(makeNet(name, tiny).initialise(5));
  });

  test('refuses widths and options that make no net', () => {
    for (const wrong of [{ width: 0 }, { classes: 1.5 }, { dtype: 'f16' }, { wdith: 8 }])
      expect(() => nets[name]!.make({ ...tiny, ...wrong } as never), JSON.stringify(wrong)).toThrow(/options: /);
  });

  test('refuses images of other channels', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 5, 16, 16)) as Tensor;
    expect(() => net.apply(x, declareParameters(g, net.parameterTypes))).toThrow(/channels/);
  });
});

test('an unknown name is told what there is', () => {
  expect(() => makeNet('vgg', tiny)).toThrow(/net\/unknown: there is no net 'vgg'[\s\S]*unet, unet-sum/);
});

test('literal sizes flow through', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f32(2, 3, 17, 19));
  for (const net of [fcn({ inChannels: 3, classes: 4, width: 2 }), segnet({ inChannels: 3, classes: 4, width: 2 })]) {
    const y = net.bind(declareParameters(g, net.parameterTypes))(x);
    expectTypeOf(y).toEqualTypeOf<Tensor<[2, 4, 17, 19], 'f32'>>();
    expect(y.shape).toEqual([2, 4, 17, 19]);
  }
});

describe('a fully convolutional net', () => {
  const operatorsOf = (net: Net): string[] => {
    const g = new GraphBuilder();
    const y = net.apply(g.input('x', f32(1, 2, 32, 32)), declareParameters(g, net.parameterTypes));
    return g.build({ y }).nodes.map(({ op }) => op.name);
  };

  test.each([
    ['pool', 5],
    ['conv', 0],
  ] as const)('halves five times by %s', (down, pools) => {
    const net = fcn({ inChannels: 2, classes: 3, width: 2, down });
    expect(operatorsOf(net).filter((op) => op === 'argmaxWindow')).toHaveLength(pools);
  });

  test.each([32, 16, 8] as const)('of stride %d has scores of that stride and coarser ones', (stride) => {
    const { parameterTypes } = fcn({ inChannels: 2, classes: 3, width: 2, stride });
    const scored = [32, 16, 8, 4].filter((s) => `score${s}.w` in parameterTypes);
    expect(scored).toEqual([32, 16, 8].filter((s) => s >= stride));
  });

  property.prop([fc.integer({ min: 1, max: 4 }), fc.integer({ min: 3, max: 6 })], { numRuns: 10 })(
    'enlarges at first by linear interpolation',
    (half, size) => {
      const scale = 2 * half;
      const g = new GraphBuilder();
      const x = g.input('x', f64(1, 2, size, size)) as Tensor;
      const w = g.input('w', f64(2, 2, 2 * scale, 2 * scale)) as Tensor;
      const large = convTranspose2d(x, w, { stride: scale, padding: half }) as Tensor;
      // Beyond the outermost centres a transposed convolution fades to zero where resizing repeats the border.
      const inner = (y: Tensor): Tensor =>
        slice(y, {
          starts: [0, 0, half, half],
          limits: [1, 2, scale * size - half, scale * size - half],
        });
      const graph = g.build({ large: inner(large), resized: inner(resize2d(x, { scale, mode: 'linear' }) as Tensor) });
      const draw = bilinear(w, { in: 1, out: 1 });
      const random = randomStream(1, 'x');
      const feeds = {
        x: array(f64(1, 2, size, size), Array.from({ length: 2 * size * size }, random.normal)),
        w: array(
          f64(2, 2, 2 * scale, 2 * scale),
          Array.from({ length: 16 * scale * scale }, () => draw(random)),
        ),
      };
      const { large: ours, resized } = compile(graph).run(feeds);
      for (const [i, value] of [...resized!.data].entries()) expect(ours!.data[i]).toBeCloseTo(value, 12);
    },
  );
});

describe('a patch classifier', () => {
  const options = { ...tiny, depth: 3, norm: 'group' } as const;
  const net = patchNet(options);
  const [h, w] = [6, 5];

  test('scores the middle of each patch as its fully convolutional twin does, bit for bit', () => {
    const { window } = net;
    expect(window).toBe(9);
    const radius = (window - 1) / 2;
    const whole = run(net, [1, 2, h, w], (x, p) => net.apply(x, p as never));
    const slid = run(net, [1, 2, h, w], (x, p) => {
      const sides = [radius, radius] as const;
      const columns = unfold(pad(x as never, [[0, 0], [0, 0], sides, sides]) as Tensor as never, { kernel: window });
      const patches = reshape(transpose(reshape(columns as Tensor, [2 * window * window, h * w]), [1, 0]), [
        h * w,
        2,
        window,
        window,
      ]);
      // [positions, classes, 1, 1] in the order of [1, classes, H, W].
      return reshape(transpose(reshape(net.scorePatches(patches, p as never), [h * w, 3]), [1, 0]), [
        1,
        3,
        h,
        w,
      ]) as Scores;
    });
    expect([...slid.data]).toEqual([...whole.data]);
  });

  test('scores pixels whose patch lies inside alike, however borders are treated', () => {
    const [rows, columns] = [12, 11];
    const inside = (padding: 'once' | 'each' | 'none'): readonly number[] => {
      const one = patchNet({ ...options, padding });
      const y = run(one, [1, 2, rows, columns], (x, p) => {
        const scores = one.apply(x, p as never);
        if (padding === 'none') return scores;
        return slice(scores, { starts: [0, 0, 4, 4], limits: [1, 3, rows - 4, columns - 4] }) as Scores;
      });
      expect(y.shape).toEqual([1, 3, rows - 8, columns - 8]);
      return [...y.data];
    };
    const once = inside('once');
    expect(inside('none')).toEqual(once);
    for (const [i, value] of inside('each').entries()) expect(value).toBeCloseTo(once[i]!, 12);
  });

  test('refuses patches of another size', () => {
    const g = new GraphBuilder();
    const patches = g.input('patches', f64(4, 2, 7, 9)) as Tensor;
    expect(() => net.scorePatches(patches, declareParameters(g, net.parameterTypes))).toThrow(
      /patch\/window: the patches are 7×9; this net classifies patches of 9×9/,
    );
  });
});

test('SegNet gives back the size that it pooled, and refuses images that cannot be halved so often', () => {
  const net = segnet({ ...tiny, depth: 3 });
  expect(run(net, [1, 2, 9, 15], (x, p) => net.apply(x, p as never)).shape).toEqual([1, 3, 9, 15]);
  expect(() => run(net, [1, 2, 7, 16], (x, p) => net.apply(x, p as never))).toThrow(/pool\/window/);
});
