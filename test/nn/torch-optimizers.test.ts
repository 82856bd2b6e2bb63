import { describe, expect, test } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { adam, adamw, type Optimizer, sgd } from '../../src/nn/optimisers/index.ts';
import { arrayOf, distance, torchCases } from './torch/cases.ts';

interface Settings {
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly weight_decay: number;
  readonly nesterov: boolean;
  readonly betas: readonly [number, number];
  readonly eps: number;
  readonly amsgrad: boolean;
}

const optimizers: { readonly [file: string]: (settings: Settings) => Optimizer } = {
  SGD: (s) => sgd({ ...s, weightDecay: s.weight_decay }),
  Adam: (s) => adam({ ...s, epsilon: s.eps, weightDecay: s.weight_decay }),
  AdamW: (s) => adamw({ ...s, epsilon: s.eps, weightDecay: s.weight_decay }),
};

describe.each(Object.entries(optimizers))('%s takes the steps that PyTorch takes', (name, make) => {
  const cases = torchCases<Settings>(`optimizer_${name}`);
  if (cases === undefined) return test.skip('skipped: no vectors', () => {});
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, { attributes, inputs, outputs }) => {
    const [start, gradients] = inputs.map(arrayOf);
    const expected = arrayOf(outputs[0]!);
    const executable = stepOf(make(attributes), start!.shape);
    executable.write('p', start!);
    const size = start!.data.length;
    const taken = Array.from({ length: gradients!.shape[0]! }, (_, k) => {
      const gradient = array(f64(...start!.shape), gradients!.data.slice(k * size, (k + 1) * size));
      executable.run({ gradient, learningRate: array(f64(), [attributes.lr]) });
      return [...executable.read('p').data];
    });
    expect(distance(array(f64(...expected.shape), taken.flat()), expected)).toBeLessThanOrEqual(1e-10);
  });
});

function stepOf(optimizer: Optimizer, shape: readonly number[]) {
  const g = new GraphBuilder();
  const types = { p: f64(...shape) };
  const gradient = g.input('gradient', types.p);
  const learningRate = g.input('learningRate', f64());
  const parameters = { p: g.parameter('p', types.p) };
  const state = Object.fromEntries(
    Object.entries(optimizer.stateTypes(types)).map(([name, type]) => [name, g.state(name, type)]),
  );
  const next = optimizer.step({ parameters, gradients: { p: gradient }, state, learningRate });
  const executable = compile(g.build({}, { ...next.parameters, ...next.state }));
  for (const [name, value] of Object.entries(optimizer.initialState(types))) executable.write(name, value);
  return executable;
}
