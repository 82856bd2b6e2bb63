import { fc } from '@fast-check/vitest';
import { describe, expect, it, test } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { gradcheck } from '../../src/check/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Shape } from '../../src/graph/shape.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64, i32, type Type } from '../../src/graph/type.ts';
import * as nn from '../../src/nn/index.ts';
import * as o from '../../src/ops/index.ts';
import { runGraph } from '../ops/run-graph.ts';
import { type Example, examples, type Image, type Values } from './block-examples.ts';

const parameterTypes = (block: Example['block']): { [name: string]: Type } =>
  Object.fromEntries(Object.entries(block.parameters).map(([name, { type }]) => [name, type]));

describe.each(Object.entries(examples))('%s', (name, { block, x, y, hand, draw = {} }) => {
  const types = { x: f64(...x), ...parameterTypes(block) };

  it('makes what the same by hand does', () => {
    const g = new GraphBuilder();
    const inputs = Object.fromEntries(Object.entries(types).map(([key, type]) => [key, g.input(key, type)]));
    const { x: image, ...p } = inputs as Values;
    const feeds = Object.entries(types).map(([key, type], k) => {
      const values = Array.from({ length: sizeOf(type.shape) }, (_, i) => Math.sin(7 * k + 1.7 * i * i + 0.3));
      return [key, array(type, values)] as const;
    });
    const { got, want } = runGraph(
      { got: block.bind(p)(image as never), want: hand(image!, p) },
      Object.fromEntries(feeds),
    );
    expect(got.shape).toEqual(y);
    expect(want.shape).toEqual(y);
    want.data.forEach((value, i) => {
      expect(Math.abs(got.data[i]! - value)).toBeLessThanOrEqual(1e-13);
    });
  });

  it('has right gradients, parameters included', () => {
    const { exact, bounded, smooth } = gradcheck(({ x, ...p }) => block.bind(p)(x as never), {
      name,
      types,
      seed: 1,
      order: 2,
      condition: 16,
      draw,
    }).expect();
    expect(exact + bounded + smooth).toBeGreaterThan(0);
  });
});

/** A block on parameters of its own initialisation. */
function started(block: nn.Layer<(x: never) => nn.Scores>, seed = 3) {
  const model = nn.net('block', {}, block);
  const g = new GraphBuilder();
  const parameters = nn.declareParameters(g, model.parameterTypes);
  return { model, g, parameters, first: model.initialise(seed) };
}

test('literal sizes flow through every block', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f32(2, 4, 17, 24));
  const wide = g.input('wide', f64(1, 4, 8, 8));
  const sound = g.input('sound', f32(1, 3, 40));
  const use = <C extends (x: never) => nn.Scores>(name: string, part: nn.Layer<C>): C =>
    nn
      .net(name, {}, part)
      .bind(
        Object.fromEntries(
          Object.entries(part.parameters).map(([key, p]) => [key, g.parameter(`${name}.${key}`, p.type)]),
        ),
      );
  const agree = <S extends Shape>(made: Tensor<S>, shape: NoInfer<S>) => expect(made.shape).toEqual(shape);
  agree<readonly [2, 9, 17, 24]>(use('a', nn.multiScaleConv({ in: 4, out: 3, alignTo: 'largest' }))(x), [2, 9, 17, 24]);
  agree<readonly [2, 6, 6, 8]>(
    use('b', nn.multiScaleConv({ in: 4, out: 3, strides: [3, 2], alignTo: 'smallest' }))(x),
    [2, 6, 6, 8],
  );
  agree<readonly [1, 6, 5, 7]>(
    use('c', nn.multiScaleConv({ in: 4, out: 2, alignTo: [5, 7], dtype: 'f64' }))(wide),
    [1, 6, 5, 7],
  );
  agree<readonly [2, 6, 9, 12]>(use('d', nn.multiScaleConv({ in: 4, out: 3, strides: [2, 2] }))(x), [2, 6, 9, 12]);
  agree<readonly [2, 20, 17, 24]>(use('e', nn.multiScaleContext({ in: 4, out: 5 }))(x), [2, 20, 17, 24]);
  agree<readonly [2, 5, 17, 24]>(use('f', nn.aspp({ in: 4, out: 5, norm: 'batch' }))(x), [2, 5, 17, 24]);
  agree<readonly [2, 25, 17, 24]>(use('g', nn.aspp({ in: 4, out: 5, preset: 'seed' }))(x), [2, 25, 17, 24]);
  agree<readonly [2, 8, 17, 24]>(use('h', nn.psp({ in: 4 }))(x), [2, 8, 17, 24]);
  agree<readonly [2, 20, 17, 24]>(use('i', nn.psp({ in: 4, reduce: 'none' }))(x), [2, 20, 17, 24]);
  agree<readonly [2, 10, 17, 24]>(use('j', nn.psp({ in: 4, bins: [2, 3], reduce: 3 }))(x), [2, 10, 17, 24]);
  agree<readonly [2, 200]>(use('k', nn.sppLayer({}))(x), [2, 200]);
  agree<readonly [2, 7, 9, 12]>(use('l', nn.dilatedResidual({ in: 4, out: 7, stride: 2 }))(x), [2, 7, 9, 12]);
  agree<readonly [2, 6, 8, 12]>(
    use('m', nn.depthwiseSeparable({ in: 4, out: 6, kernel: [3, 2], stride: 2, padding: 0 }))(x),
    [2, 6, 8, 12],
  );
  agree<readonly [2, 6, 17, 24]>(
    use('n', nn.deformableBlock({ in: 4, out: 6, kernel: 3, padding: 1 }))(x),
    [2, 6, 17, 24],
  );
  agree<readonly [2, 6, 17, 24]>(use('o', nn.hybridDilated({ in: 4, out: 6 }))(x), [2, 6, 17, 24]);
  agree<readonly [2, 12, 17, 24]>(use('p', nn.denseDilated({ in: 4, growth: 2 }))(x), [2, 12, 17, 24]);
  agree<readonly [2, 6, 17, 24]>(use('q', nn.mixedDilation({ in: 4, out: 6 }))(x), [2, 6, 17, 24]);
  agree<readonly [1, 5, 40]>(use('r', nn.causalDilated({ in: 3, out: 5 }))(sound), [1, 5, 40]);
  // @ts-expect-error multi-scale/sizes: branches have sizes 17 and 5 along axis 2
  expect(() => use('s', nn.multiScaleConv({ in: 4, out: 3 }))(x)).toThrow(
    /multi-scale\/sizes: branches have sizes 17 and 5 along axis 2; say alignTo: 'largest'/,
  );
  // @ts-expect-error conv/channels: w reads 3 channels × 1 group = 3; x has 4
  expect(() => use('t', nn.aspp({ in: 3, out: 5 }))(x)).toThrow(/w reads 3 channels .* = 3; x has 4/);
});

test('a deformable block starts as the plain convolution, and its offsets learn slower', () => {
  const block = nn.deformableBlock({ in: 2, out: 3, kernel: 3, padding: 1, modulated: true, dtype: 'f64' });
  const { model, g, parameters, first } = started(block);
  expect(model.learningRates).toEqual({ 'offset.w': 0.1, 'offset.b': 0.1, 'mask.w': 0.1, 'mask.b': 0.1 });
  const x = g.input('x', f64(1, 2, 5, 4));
  const plain = o.conv2d(x, parameters.w as Image, { padding: 1, bias: parameters.b as Image });
  const { got, want } = runGraphWith({ got: model.apply(x, parameters), want: plain }, first, {
    x: array(
      f64(1, 2, 5, 4),
      Array.from({ length: 40 }, (_, i) => Math.cos(i * i)),
    ),
  });
  want.data.forEach((value, i) => {
    expect(Math.abs(got.data[i]! - value)).toBeLessThanOrEqual(1e-14);
  });
});

test('factors of the learning rate scale the steps of their parameters, and multiply', () => {
  const weight = nn.layer(
    { w: nn.parameter(f64(1), nn.ones) },
    ({ w }) =>
      (x: Image) =>
        o.mul(x, w) as Image,
  );
  const body = nn.layer(
    { fast: weight, slow: nn.slower(nn.slower(weight, 0.5), 0.5) },
    ({ fast, slow }) =>
      (x: Image) =>
        o.add(fast(x), slow(x)) as Image,
  );
  const step = nn.trainStep({
    net: nn.net('pair', {}, body),
    optimizer: nn.sgd(),
    x: f64(1, 1),
    target: i32(1),
    loss: (y) => o.sum(y) as Image,
  });
  const executable = compile(step.graph);
  for (const [name, value] of Object.entries(step.initial(1))) executable.write(name, value);
  executable.run({ x: array(f64(1, 1), [1]), target: array(i32(1), [0]), learningRate: array(f64(), [0.5]) });
  expect([executable.read('fast.w').item(), executable.read('slow.w').item()]).toEqual([0.5, 0.875]);
});

describe('gridding', () => {
  it('is found exactly: the rates of the notes that are coprime leave holes, others do not', () => {
    const holes = (...rates: number[]) => nn.dilatedCoverage(3, rates).holes;
    expect([holes(2, 3), holes(3, 5, 7), holes(1, 2, 9), holes(2, 2, 2)].every((n) => n > 0)).toBe(true);
    expect([holes(1, 2, 4), holes(1, 3, 9), holes(1, 2, 5), holes(1, 2, 4, 8)]).toEqual([0, 0, 0, 0]);
    expect(nn.dilatedCoverage(3, [2, 2]).hits).toEqual([1, 0, 2, 0, 3, 0, 2, 0, 1]);
    expect(nn.dilatedCoverage(3, [9, 1, 2]).dense).toEqual([1, 2, 7]);
  });

  it('has no hole iff no rate exceeds the span before it, and the suggested rates have none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
        (window, rates) => {
          const { holes, dense } = nn.dilatedCoverage(window, rates);
          expect(holes === 0).toBe(dense.join() === rates.toSorted((a, b) => a - b).join());
          expect(nn.dilatedCoverage(window, dense).holes).toBe(0);
        },
      ),
    );
  });

  it('is the support of the gradient of such a stack', () => {
    const rates = [2, 3];
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 21));
    const y = rates.reduce<Image>(
      (t, dilation) => o.conv1d(t, o.full(g, f64(1, 1, 3), 1), { dilation, padding: dilation }) as Image,
      x,
    );
    const middle = o.slice(y, { starts: [0, 0, 10], limits: [1, 1, 11] });
    const read = runGraph({ d: grad(o.sum(middle) as Image, x) }, { x: array(f64(1, 1, 21)) }).d.data;
    expect([...read.slice(5, 16)]).toEqual([...nn.dilatedCoverage(3, rates).hits]);
  });

  it('is refused by the hybrid block, with rates that do', () => {
    expect(() => nn.hybridDilated({ in: 1, out: 1, rates: [2, 3] })).toThrow(/leave 2 of 11 .*\n.*\[1,3\]/s);
    expect(() => nn.hybridDilated({ in: 1, out: 1, rates: [2, 3], holes: 'allow' })).not.toThrow();
  });
});

test('a causal stack reads the samples before, as far back as its rates say, and none that come later', () => {
  const { model, g, parameters, first } = started(nn.causalDilated({ in: 1, out: 1, kernel: 3, dtype: 'f64' }));
  const x = g.input('x', f64(1, 1, 40));
  const y = model.apply(x, parameters);
  const one = o.sum(o.slice(y, { starts: [0, 0, 35], limits: [1, 1, 36] })) as Image;
  const positive = Object.fromEntries(
    Object.entries(first).map(([name, value]) => [name, array(value, value.data.map(Math.abs) as Float64Array)]),
  );
  const { d } = runGraphWith({ d: grad(one, x) }, positive, { x: array(f64(1, 1, 40), new Array(40).fill(1)) });
  const read = [...d.data].flatMap((slope, i) => (slope === 0 ? [] : [i]));
  // 1 + 2 · (1 + 2 + 4 + 8) samples.
  expect(read).toEqual(Array.from({ length: 31 }, (_, i) => 5 + i));
});

test('blocks refuse what makes none', () => {
  const refused: readonly (readonly [RegExp, () => object])[] = [
    [/block\/rates/, () => nn.multiScaleContext({ in: 1, out: 1, rates: [] })],
    [/block\/rates/, () => nn.aspp({ in: 1, out: 1, rates: [0] })],
    [/block\/rates/, () => nn.multiScaleConv({ in: 1, out: 1, strides: [1.5] })],
    [/block\/bins/, () => nn.psp({ in: 3 })],
    [/block\/bins/, () => nn.psp({ in: 3, bins: [0] })],
    [/block\/fused/, () => nn.depthwiseSeparable({ in: 1, out: 1, kernel: 1, fused: true, between: 'relu' })],
    [/layer\/groups/, () => nn.mixedDilation({ in: 3, out: 1 })],
    [/layer\/groups/, () => nn.deformableBlock({ in: 3, out: 1, kernel: 1, offsetGroups: 2 })],
  ];
  for (const [message, make] of refused) expect(make).toThrow(message);
});

/** Runs a graph with its parameters written. */
function runGraphWith<K extends string>(
  outputs: { readonly [k in K]: Tensor },
  parameters: { readonly [name: string]: NdArray },
  feeds: { readonly [name: string]: NdArray },
): { readonly [k in K]: NdArray } {
  const [first] = Object.values<Tensor>(outputs);
  const executable = compile(first!.graph.build(outputs));
  for (const [name, value] of Object.entries(parameters)) executable.write(name, value);
  return executable.run(feeds) as { readonly [k in K]: NdArray };
}
