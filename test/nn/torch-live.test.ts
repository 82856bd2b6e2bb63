import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { distance } from '../../conformance/run/distance.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32, type Type } from '../../src/graph/type.ts';
import {
  adam,
  adamw,
  declareParameters,
  type Net,
  nets,
  randomStream,
  type Scores,
  sgd,
  trainStep,
} from '../../src/nn/index.ts';
import { crossEntropy, mean, square, sub } from '../../src/ops/index.ts';
import { pythonWithTorch } from '../python.ts';
import { cases, type TorchCase } from './torch/cases.ts';

interface Account {
  readonly gradients: { readonly [name: string]: readonly number[] };
  readonly losses: readonly number[];
}
/** What PyTorch says of a net, or which module it lacks for that. */
type Answer = Account | { readonly missing: string };

const steps = 10;
const optimizers = { sgd: sgd({ momentum: 0.9 }), adam: adam(), adamw: adamw() };

const python = pythonWithTorch();
if (python === undefined) console.log('skipped: no python3 that can import torch, so no live comparison with PyTorch');

it.each(Object.keys(nets))('%s has a case', (name) => {
  expect(cases.filter((one) => one.name === name)).toHaveLength(1);
});

describe.skipIf(python === undefined)('gradients and ten training steps are PyTorch’s to 1e-9', () => {
  let trainings: readonly ReturnType<typeof training>[] = [];
  let answers: readonly Answer[] = [];
  beforeAll(() => {
    trainings = cases.map(training);
    // One process for all, since importing torch takes longer than the rest.
    answers = ask(trainings.map(({ request }) => request));
  });

  it.for(cases.map(({ name }, k) => [name, k] as const))('%s', ([name, k], { skip }) => {
    const { parameters, runs } = trainings[k]!;
    const answer = answers[k]!;
    if ('missing' in answer) {
      console.log(`skipped: ${name}, since ${python} cannot import ${answer.missing}`);
      return skip();
    }
    expect(Object.keys(answer.gradients)).toEqual(parameters);
    for (const [name, values] of Object.entries(answer.gradients)) {
      const ours = runs[0]![`gradient.${name}`]!;
      expect(distance(ours, array(f64(...ours.shape), values)), name).toBeLessThanOrEqual(1e-9);
    }
    expect(answer.losses).toHaveLength(steps);
    for (const [step, loss] of answer.losses.entries())
      expect(Math.abs(runs[step]!.loss!.item() - loss) / Math.max(1, loss), `step ${step}`).toBeLessThanOrEqual(1e-9);
  });
});

/** Ten steps on a random batch of two, and what PyTorch needs to take them too. */
function training({ net, channels = 2, size, optimizer, loss = 'cross-entropy' }: TorchCase) {
  const { normal, uniform } = randomStream(1, 'batch');
  const images = f64(2, channels, ...size);
  const x = random(images, normal);
  const scores = scoresOf(net, x);
  const [n = 0, classes = 0, ...positions] = scores.shape;
  const target =
    loss === 'mean-square'
      ? random(scores, normal)
      : random(i32(n, ...positions), () => (uniform() < 0.1 ? 255 : Math.floor(uniform() * classes)));

  const step = trainStep({
    net,
    optimizer: optimizers[optimizer],
    x: images,
    target,
    loss: (y, t) => {
      if (loss === 'mean-square') return mean(square(sub(y, t as Scores))) as Scores;
      return crossEntropy(y, t as Tensor<Shape, 'i32'>, { ignoreIndex: 255 });
    },
    outputs: ({ gradients }) =>
      Object.fromEntries(Object.entries(gradients).map(([name, ct]) => [`gradient.${name}`, ct])),
  });
  const initial = step.initial(4);
  // Biases start as zero, which would leave their handling half tested.
  for (const name in net.parameterTypes) {
    const { data } = initial[name]!;
    for (let i = 0; i < data.length; i++) data[i] = data[i]! + 0.1 * normal();
  }
  const executable = compile(step.graph);
  for (const [name, value] of Object.entries(initial)) executable.write(name, value);
  const names = Object.keys(net.parameterTypes);
  const parameters = Object.fromEntries(names.map((name) => [name, plain(initial[name]!)]));
  const feeds = { x, target, learningRate: array(f64(), [0.01]) };
  const { name, config, learningRates = {} } = net;
  return {
    parameters: names,
    runs: Array.from({ length: steps }, () => executable.run(feeds)),
    request: { net: name, config, learningRates, optimizer, loss, parameters, x: plain(x), target: plain(target) },
  };
}

function scoresOf(net: Net, x: Type): Type {
  const g = new GraphBuilder();
  return net.apply(g.input('x', x), declareParameters(g, net.parameterTypes));
}

function random(type: Type, draw: () => number): NdArray {
  const value = array(type);
  for (let i = 0; i < value.data.length; i++) value.data[i] = draw();
  return value;
}

const plain = ({ dtype, shape, data }: NdArray) => ({ dtype, shape, data: [...data] });

function ask(requests: readonly object[]): readonly Answer[] {
  const script = new URL('./torch/driver.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(python!, ['-B', script], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Answer[];
}
