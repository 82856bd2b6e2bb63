import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { plan } from '../../src/backends/wasm/plan/plan.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { FloatDType } from '../../src/graph/dtype.ts';
import { CotangentError } from '../../src/graph/error.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { i32 } from '../../src/graph/type.ts';
import { adagrad, adam, adamw, type NetConfig, nets, rmsprop, sgd, trainStep } from '../../src/nn/index.ts';
import { crossEntropy, diceLoss, focalLoss, ops, sum } from '../../src/ops/index.ts';
import { guarded } from '../../src/train/guarded.ts';
import { examples } from '../nn/block-examples.ts';

/** Operators that the compiled program of a graph leaves to their reference kernels. */
const fallbacksOf = (graph: Graph): string[] => [
  ...new Set(plan(graph).steps.flatMap(({ kernel, node }) => (kernel === undefined ? [node.op.name] : []))),
];

const optimizers = {
  adam: adam(),
  adamw: adamw(),
  sgd: sgd({ momentum: 0.9 }),
  rmsprop: rmsprop(),
  adagrad: adagrad(),
  guarded: guarded(adam()),
};
const losses = {
  crossEntropy: (logits: Tensor, target: Tensor) => crossEntropy(logits, target, { ignoreIndex: 255 }),
  dice: (logits: Tensor, target: Tensor) => diceLoss(logits, target),
  focal: (logits: Tensor, target: Tensor) => focalLoss(logits, target),
};
// What every net can be told; sizes that do not halve evenly where it takes any.
const common: readonly object[] = [{}, { norm: 'group' }, { dtype: 'f64' }, { size: 19 }];
const configurations: { readonly [net: string]: readonly object[] } = {
  unet: [
    {},
    { norm: 'group' },
    { skip: 'sum' },
    { up: 'nearest' },
    { up: 'linear' },
    { fit: 'pad', size: 18 },
    { fit: 'crop', size: 18 },
    { dtype: 'f64' },
  ],
  deeplab: [...common, { preset: 'seed' }, { skip: 'none', outputStride: 8 }],
  pspnet: [...common, { outputStride: 2, bins: [2, 5] }],
  'deformable-unet': [...common, { deformable: 1 }, { deformable: 3 }],
};

describe.each(Object.entries(nets))('a training step of %s has no fallback', (name, net) => {
  const step = (options: object, loss: keyof typeof losses, optimizer: keyof typeof optimizers): Graph => {
    const { size = 16, dtype = 'f32' as FloatDType } = options as { size?: number; dtype?: FloatDType };
    const config: NetConfig = { inChannels: 1, classes: 3, width: 8, depth: 2, ...options };
    delete (config as { size?: number }).size;
    return trainStep({
      net: net.make(config),
      optimizer: optimizers[optimizer],
      x: { dtype, shape: [2, 1, size, size] },
      target: i32(2, ...(name === 'unet' && 'fit' in options && options.fit === 'crop' ? [16, 16] : [size, size])),
      loss: (logits, target) => losses[loss](logits as Tensor, target) as never,
    }).graph;
  };

  const { multiple } = net.make({ inChannels: 1, classes: 3, width: 8, depth: 2 });
  const told = configurations[name] ?? (multiple === 1 ? common : common.slice(0, -1));
  it.each(told.map((options) => ({ options })))('with $options', ({ options }) => {
    expect(fallbacksOf(step(options, 'crossEntropy', 'adam'))).toEqual([]);
  });
  // Losses and optimisers do not depend on the net.
  if (name !== 'unet') return;
  it.each(Object.keys(losses) as (keyof typeof losses)[])('with the loss %s', (loss) => {
    expect(fallbacksOf(step({}, loss, 'adam'))).toEqual([]);
  });
  it.each(Object.keys(optimizers) as (keyof typeof optimizers)[])('with the optimiser %s', (optimizer) => {
    expect(fallbacksOf(step({}, 'crossEntropy', optimizer))).toEqual([]);
  });
});

describe('blocks forward and backward have no fallback', () => {
  it.each(Object.entries(examples))('%s', (_, { block, x }) => {
    const g = new GraphBuilder();
    const input = g.input('x', { dtype: 'f64', shape: x });
    const parameters = Object.fromEntries(
      Object.entries(block.parameters).map(([name, { type }]) => [name, g.parameter(name, type)]),
    );
    const y = block.bind(parameters)(input as never) as Tensor;
    const gradients = grad(sum(y) as never, { x: input, ...parameters } as never) as { [name: string]: Tensor };
    expect(fallbacksOf(g.build({ y, ...gradients }))).toEqual([]);
  });
});

describe('no operator of the table falls back', () => {
  it.each(Object.entries(ops))('%s', (_, op) => {
    for (const { types, attributes } of fc.sample(op.cases(fc), { seed: 1, numRuns: 60 }))
      for (const single of [false, true]) {
        const g = new GraphBuilder();
        const inputs = Object.fromEntries(
          Object.entries(types).map(([name, { dtype, shape }]) => [
            name,
            g.input(name, { dtype: single && dtype === 'f64' ? 'f32' : dtype, shape }),
          ]),
        );
        try {
          g.emit(op, inputs, attributes);
        } catch (error) {
          if (single && error instanceof CotangentError) continue;
          throw error;
        }
        expect(fallbacksOf(g.build({ y: g.emit(op, inputs, attributes) }))).toEqual([]);
      }
  });
});
