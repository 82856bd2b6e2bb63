import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32, f64, showType } from '../../src/graph/type.ts';
import { declareParameters, nets, type UNetOptions, unet } from '../../src/nn/index.ts';
import { sum } from '../../src/ops/index.ts';

const options = fc.record({
  inChannels: fc.integer({ min: 1, max: 3 }),
  classes: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 4 }),
  depth: fc.integer({ min: 0, max: 3 }),
  skip: fc.constantFrom('concat' as const, 'sum' as const),
  fit: fc.constantFrom('crop' as const, 'pad' as const),
  up: fc.constantFrom('transposed' as const, 'nearest' as const, 'linear' as const, 'sub-pixel' as const),
  norm: fc.constantFrom('none' as const, 'group' as const),
});

function graphOf(config: UNetOptions, n: number, h: number, w: number): { graph: Graph; shape: readonly number[] } {
  const g = new GraphBuilder();
  const net = unet({ ...config, dtype: 'f64' });
  const y = net.apply(g.input('x', f64(n, config.inChannels, h, w)), declareParameters(g, net.parameterTypes));
  return { graph: g.build({ y }), shape: y.shape };
}

describe('unet', () => {
  property.prop([options, fc.integer({ min: 8, max: 21 }), fc.integer({ min: 8, max: 21 })], { numRuns: 60 })(
    'scores every pixel, or, cropped, every pixel that survives halving',
    (config, h, w) => {
      const kept = (size: number) =>
        config.fit === 'pad' ? size : Math.floor(size / 2 ** config.depth) * 2 ** config.depth;
      expect(graphOf(config, 2, h, w).shape).toEqual([2, config.classes, kept(h), kept(w)]);
    },
  );

  property.prop([options], { numRuns: 30 })('every parameter is used, and reached by the gradient', (config) => {
    const g = new GraphBuilder();
    const net = unet(config);
    const parameters = declareParameters(g, net.parameterTypes);
    const y = net.apply(g.input('x', f32(1, config.inChannels, 8, 8)), parameters);
    const gradients = grad(sum(y), parameters);
    for (const [name, type] of Object.entries(net.parameterTypes)) {
      expect(showType(gradients[name]!)).toBe(showType(type));
      expect(gradients[name]!.node.op.name, name).not.toBe('full');
    }
  });

  test('names parameters and scopes by level', () => {
    const { parameterTypes } = unet({ inChannels: 1, classes: 3, width: 4, depth: 1 });
    expect(Object.entries(parameterTypes).map(([name, type]) => `${name} ${showType(type)}`)).toEqual([
      'down1.conv1.w f32[4,1,3,3]',
      'down1.conv1.b f32[4]',
      'down1.conv2.w f32[4,4,3,3]',
      'down1.conv2.b f32[4]',
      'bottleneck.conv1.w f32[8,4,3,3]',
      'bottleneck.conv1.b f32[8]',
      'bottleneck.conv2.w f32[8,8,3,3]',
      'bottleneck.conv2.b f32[8]',
      'expand1.w f32[8,4,2,2]',
      'expand1.b f32[4]',
      'up1.conv1.w f32[4,8,3,3]',
      'up1.conv1.b f32[4]',
      'up1.conv2.w f32[4,4,3,3]',
      'up1.conv2.b f32[4]',
      'head.w f32[3,4,1,1]',
      'head.b f32[3]',
    ]);
    const scopes = graphOf({ inChannels: 1, classes: 3, width: 4, depth: 1 }, 1, 4, 4).graph.nodes.map((n) => n.scope);
    expect(scopes).toContain('unet/down1/conv1/conv2d');
    expect(scopes).toContain('unet/head/conv2d');
  });

  test('has the workload of the benchmarks: 16-32-64, bottleneck 128', () => {
    const { parameterTypes } = unet({ inChannels: 1, classes: 3, width: 16, depth: 3 });
    const channels = ['down1', 'down2', 'down3', 'bottleneck'].map((part) => parameterTypes[`${part}.conv2.w`]?.shape);
    expect(channels).toEqual([16, 32, 64, 128].map((c) => [c, c, 3, 3]));
    const elements = Object.values(parameterTypes).reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);
    expect(elements).toBe(481_779);
  });

  test('first values depend on the seed and the name only', () => {
    const small = unet({ inChannels: 1, classes: 2, width: 4, depth: 1 });
    const deep = unet({ inChannels: 1, classes: 2, width: 4, depth: 2 });
    const a = small.initialise(3);
    expect(small.initialise(3)).toEqual(a);
    expect(deep.initialise(3)['down1.conv2.w']).toEqual(a['down1.conv2.w']);
    expect(small.initialise(4)['down1.conv2.w']).not.toEqual(a['down1.conv2.w']);
    expect(new Set(a['down1.conv1.b']!.data)).toEqual(new Set([0]));
  });

  test('refuses sizes that do not halve evenly, naming both sizes and the cure', () => {
    expect(() => graphOf({ inChannels: 1, classes: 2, depth: 2 }, 1, 12, 10)).toThrow(
      /unet\/skip: at level 2 the skip has size 5 along axis 3, what comes up to meet it 4[\s\S]*multiples of 4/,
    );
  });

  test('refuses images of other channels, foreign parameters and unknown options', () => {
    const g = new GraphBuilder();
    const net = unet({ inChannels: 1, classes: 2, depth: 1 });
    const parameters = declareParameters(g, net.parameterTypes);
    const wide: Parameters<typeof net.apply>[0] = g.input('rgb', f32(1, 3, 8, 8 as number)) as never;
    expect(() => net.apply(wide, parameters)).toThrow(/unet\/images: x is \[1,3,8,8\]; images of 1 channels/);
    const { 'head.b': _, ...fewer } = parameters;
    const x = g.input('x', f32(1, 1, 8, 8));
    expect(() => net.apply(x, { ...fewer, extra: x })).toThrow(
      /net\/parameters: 2 of unet's[\s\S]*missing: head.b f32\[2\][\s\S]*unknown: extra/,
    );
    for (const wrong of [{ width: 0 }, { depth: 1.5 }, { skip: 'both' }, { wdith: 8 }])
      expect(() => nets.unet!.make({ inChannels: 1, classes: 2, ...wrong } as never)).toThrow(/unet\/options/);
  });

  test.each(['concat', 'sum'] as const)('runs with skip %s and sees no other image of its batch', (skip) => {
    const config = { inChannels: 1, classes: 2, width: 2, depth: 2, skip, norm: 'group' } as const;
    const values = unet({ ...config, dtype: 'f64' }).initialise(1);
    const run = (images: readonly number[][]) => {
      const executable = compile(graphOf(config, images.length, 8, 8).graph);
      for (const [name, value] of Object.entries(values)) executable.write(name, value);
      return [...executable.run({ x: array(f64(images.length, 1, 8, 8), images.flat()) }).y!.data];
    };
    const image = (phase: number) => Array.from({ length: 64 }, (_, i) => Math.sin(i * phase));
    expect(run([image(0.7), image(1.9)])).toEqual([...run([image(0.7)]), ...run([image(1.9)])]);
  });
});
