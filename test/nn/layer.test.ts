import { expect, test } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64 } from '../../src/graph/type.ts';
import {
  avgPoolLayer,
  type Conv,
  convLayer,
  convTransposeLayer,
  declareParameters,
  groupNormLayer,
  type Layer,
  layer,
  linearLayer,
  maxPoolLayer,
  net,
  ones,
  parameter,
  type Scores,
  typed,
  upsampleLayer,
} from '../../src/nn/index.ts';
import { concat, mean, mul, relu, square, sub } from '../../src/ops/index.ts';

/** A net's graph for one image type; every parameter and the image are inputs. */
function bound<C extends (x: never) => Scores>(part: Layer<C>) {
  const g = new GraphBuilder();
  const model = net('model', {}, part);
  return { g, model, apply: model.bind(declareParameters(g, model.parameterTypes)) };
}

test('literal sizes flow through every layer', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f32(2, 4, 20, 17));
  const y = g.input('y', f64(2, 4, 20, 17));
  const use = <C extends (x: never) => Scores>(name: string, part: Layer<C>): C =>
    net(name, {}, part).bind(
      Object.fromEntries(
        Object.entries(part.parameters).map(([key, p]) => [key, g.parameter(`${name}.${key}`, p.type)]),
      ),
    );
  // Each annotation is checked by the compiler, each size by the expectation: together, that they agree.
  const agree = <S extends Shape>(made: Tensor<S>, shape: NoInfer<S>) => expect(made.shape).toEqual(shape);
  agree<readonly [2, 6, 20, 17]>(use('a', convLayer({ in: 4, out: 6, kernel: 3, padding: 1 }))(x), [2, 6, 20, 17]);
  agree<readonly [2, 6, 9, 17]>(
    use('b', convLayer({ in: 4, out: 6, kernel: [4, 1], stride: [2, 1], groups: 2, dtype: 'f64' }))(y),
    [2, 6, 9, 17],
  );
  agree<readonly [2, 6, 40, 34]>(
    use('c', convTransposeLayer({ in: 4, out: 6, kernel: 2, stride: 2 }))(x),
    [2, 6, 40, 34],
  );
  agree<readonly [2, 4, 10, 8]>(use('d', maxPoolLayer({ kernel: 2 }))(x), [2, 4, 10, 8]);
  agree<readonly [2, 4, 10, 9]>(use('e', avgPoolLayer({ kernel: 3, stride: 2, padding: 1 }))(x), [2, 4, 10, 9]);
  agree<readonly [2, 4, 60, 51]>(use('f', upsampleLayer({ scale: 3, mode: 'linear' }))(x), [2, 4, 60, 51]);
  agree<readonly [2, 4, 20, 5]>(use('g', linearLayer({ in: 17, out: 5 }))(x), [2, 4, 20, 5]);
  agree<readonly [2, 4, 20, 17]>(use('h', groupNormLayer({ channels: 4, groups: 2 }))(x), [2, 4, 20, 17]);
  // @ts-expect-error conv/channels: w reads 3 channels × 1 group = 3; x has 4
  expect(() => use('i', convLayer({ in: 3, out: 6, kernel: 3 }))(x)).toThrow(/w reads 3 channels .* = 3; x has 4/);
  // @ts-expect-error conv/window: a window of 21 does not fit
  expect(() => use('j', convLayer({ in: 4, out: 6, kernel: 21 }))(x)).toThrow(/21/);
});

test('a block of parallel branches is a few lines, its sizes known to the compiler', () => {
  interface Options {
    readonly in: number;
    readonly out: number;
    readonly rates: readonly number[];
  }
  function aspp<const O extends Options>(options: O): Layer<Conv<{ in: O['in']; out: O['out']; kernel: 1 }>> {
    const { in: channels, out, rates }: Options = options;
    const branches = rates.map((rate) => convLayer({ in: channels, out, kernel: 3, padding: rate, dilation: rate }));
    const project = convLayer({ in: rates.length * out, out, kernel: 1 });
    return layer({ branches, project }, ({ branches, project }) =>
      typed((x) =>
        project(
          concat(
            branches.map((branch) => relu(branch(x))),
            1,
          ),
        ),
      ),
    );
  }
  const block = layer({ aspp: aspp({ in: 5, out: 8, rates: [1, 2, 4] }) }, (l) => l.aspp);
  const { g, model, apply } = bound(block);
  expect(Object.keys(model.parameterTypes).filter((name) => name.endsWith('w'))).toEqual(
    ['branches.0', 'branches.1', 'branches.2', 'project'].map((part) => `aspp.${part}.w`),
  );
  const y: Tensor<readonly [2, 8, 12, 11], 'f32'> = apply(g.input('x', f32(2, 5, 12, 11)));
  expect(y.shape).toEqual([2, 8, 12, 11]);
  expect(y.node.scope).toBe('model/aspp/project/conv2d');
});

test('parameters of its own and of its parts are told apart by their path', () => {
  const scale = layer(
    { w: parameter(f64(2), ones) },
    ({ w }) =>
      (x: Tensor<readonly [2], 'f64'>) =>
        mul(x, w),
  );
  const twice = layer({ w: parameter(f64(2), ones), inner: scale, none: undefined }, ({ w, inner, none }) => {
    expect(none).toBeUndefined();
    return (x: Tensor<readonly [2], 'f64'>) => sub(inner(x), w);
  });
  const { g, apply } = bound(twice);
  const executable = compile(g.build({ y: apply(g.input('x', f64(2))) }));
  executable.write('w', array(f64(2), [1, 2]));
  executable.write('inner.w', array(f64(2), [10, 100]));
  expect([...executable.run({ x: array(f64(2), [3, 4]) }).y!.data]).toEqual([29, 398]);
});

test('group normalisation leaves each group with mean 0 and variance 1', () => {
  const { g, apply, model } = bound(groupNormLayer({ channels: 6, groups: 3, epsilon: 1e-12, dtype: 'f64' }));
  const x = g.input('x', f64(2, 6, 5, 4));
  const y = apply(x);
  const axes = [2, 3];
  const executable = compile(g.build({ y, mean: mean(y, { axes }), power: mean(square(y), { axes }) }));
  for (const [name, value] of Object.entries(model.initialise(0))) executable.write(name, value);
  const values = Array.from({ length: 240 }, (_, i) => Math.sin(i * i) * (1 + (i % 7)) + 3);
  const { mean: means, power } = executable.run({ x: array(f64(2, 6, 5, 4), values) });
  for (let group = 0; group < 6; group++) {
    expect(means!.data[2 * group]! + means!.data[2 * group + 1]!).toBeCloseTo(0, 12);
    expect(power!.data[2 * group]! + power!.data[2 * group + 1]!).toBeCloseTo(2, 9);
  }
});

test('groups that do not divide the channels are refused', () => {
  expect(() => convLayer({ in: 4, out: 6, kernel: 3, groups: 4 })).toThrow(/layer\/groups: conv: out is 6 channels/);
});
