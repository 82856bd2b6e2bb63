import { describe, expect, expectTypeOf, test } from 'vitest';
import { grad } from '../../../src/autodiff/index.ts';
import { compile } from '../../../src/backends/index.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array } from '../../../src/graph/nd-array.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f32, f64 } from '../../../src/graph/type.ts';
import { autoencoder, declareParameters, randomStream, superResolution, upsamplers } from '../../../src/nn/index.ts';
import { resize2d, sum } from '../../../src/ops/index.ts';

describe('superResolution', () => {
  test('enlarges by the scale, known to the compiler', () => {
    const g = new GraphBuilder();
    const made = superResolution({ inChannels: 3, scale: 3, width: 4 });
    const y = made.bind(declareParameters(g, made.parameterTypes))(g.input('x', f32(2, 3, 5, 7)));
    expectTypeOf(y).toEqualTypeOf<Tensor<[2, 3, 15, 21], 'f32'>>();
    expect(y.shape).toEqual([2, 3, 15, 21]);
  });

  test.each(upsamplers)('%s: every parameter has a gradient, all scales fit', (up) => {
    for (const scale of [2, 3, 4]) {
      const g = new GraphBuilder();
      const made = superResolution({ inChannels: 1, scale, width: 4, up, dtype: 'f64' });
      const parameters = declareParameters(g, made.parameterTypes);
      const y = made.apply(g.input('x', f64(1, 1, 4, 6)), parameters);
      expect(y.shape).toEqual([1, 1, 4 * scale, 6 * scale]);
      const gradients = grad(sum(y), parameters);
      for (const name in parameters) expect(gradients[name]!.node.op.name, name).not.toBe('full');
    }
  });

  test('sub-pixel starts without a checkerboard: blocks of equal pixels', () => {
    const g = new GraphBuilder();
    const made = superResolution({ inChannels: 1, width: 4, skip: 'none', dtype: 'f64' });
    const y = made.apply(g.input('x', f64(1, 1, 4, 4)), declareParameters(g, made.parameterTypes));
    const run = compile(g.build({ y }));
    for (const [name, value] of Object.entries(made.initialise(2))) run.write(name, value);
    const { normal } = randomStream(2, 'x');
    const { data } = run.run({ x: array(f64(1, 1, 4, 4), Array.from({ length: 16 }, normal)) }).y!;
    expect(new Set(data).size).toBe(16);
    for (let i = 0; i < 64; i++) expect(data[i]).toBe(data[16 * Math.floor(i / 16) + (i % 8) - (i % 2)]);
  });

  test('starts near the interpolation that it adds to', () => {
    const g = new GraphBuilder();
    const made = superResolution({ inChannels: 1, width: 8, skip: 'cubic', dtype: 'f64' });
    const x = g.input('x', f64(1, 1, 8, 8));
    const y = made.bind(declareParameters(g, made.parameterTypes))(x);
    const run = compile(g.build({ y, plain: resize2d(x, { scale: 2, mode: 'cubic' }) }));
    for (const [name, value] of Object.entries(made.initialise(2))) run.write(name, value);
    const { uniform } = randomStream(2, 'x');
    const result = run.run({ x: array(f64(1, 1, 8, 8), Array.from({ length: 64 }, uniform)) });
    const distances = result.y!.data.map((value, i) => Math.abs(value - result.plain!.data[i]!));
    expect(Math.max(...distances)).toBeLessThan(0.5);
    expect(Math.max(...distances)).toBeGreaterThan(0);
  });

  test('refuses options that make no net', () => {
    for (const wrong of [{ scale: 1 }, { scale: 1.5 }, { width: 1 }, { up: 'bicubic' }, { deep: 3 }])
      expect(() => superResolution({ inChannels: 1, ...wrong } as never)).toThrow(/net\/options: super-resolution/);
  });
});

describe('autoencoder', () => {
  test.each(['transposed', 'switches'] as const)('%s: keeps sizes, through a code that is smaller', (up) => {
    const g = new GraphBuilder();
    const made = autoencoder({ inChannels: 3, width: 2, depth: 3, code: 5, up });
    const parameters = declareParameters(g, made.parameterTypes);
    const x = g.input('x', f32(2, 3, 16, 24));
    const y = made.bind(parameters)(x);
    expectTypeOf(y).toEqualTypeOf<Tensor<[2, 3, 16, 24], 'f32'>>();
    expect(y.shape).toEqual(x.shape);
    expect(g.build({ y }).nodes.some(({ type }) => `${type.shape}` === '2,5,2,3')).toBe(true);
    const gradients = grad(sum(y), parameters);
    for (const name in parameters) expect(gradients[name]!.node.op.name, name).not.toBe('full');
  });

  test('refuses options that make no net, and sides that do not halve', () => {
    for (const wrong of [{ depth: 0 }, { code: 0 }, { up: 'bicubic' }, { deep: 3 }])
      expect(() => autoencoder({ inChannels: 1, ...wrong } as never)).toThrow(/net\/options: autoencoder/);
    const g = new GraphBuilder();
    const made = autoencoder({ inChannels: 1, width: 2, depth: 3 });
    expect(() => made.apply(g.input('x', f32(1, 1, 16, 20)), declareParameters(g, made.parameterTypes))).toThrow(
      /autoencoder\/size: x is \[1,1,16,20\]/,
    );
  });
});
