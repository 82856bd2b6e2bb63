import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { distance } from '../../conformance/run/distance.ts';
import { compile } from '../../src/backends/index.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  adam,
  adamw,
  type Optimizer,
  randomStream,
  sgd,
  trainStep,
  type UNetOptions,
  unet,
} from '../../src/nn/index.ts';
import { crossEntropy, slice } from '../../src/ops/index.ts';
import { pythonWithTorch } from '../python.ts';

interface Account {
  readonly gradients: { readonly [name: string]: readonly number[] };
  readonly losses: readonly number[];
}

const cases: readonly (readonly [string, Partial<UNetOptions>, size: readonly [number, number]])[] = [
  ['adam', { depth: 2 }, [8, 12]],
  ['sgd', { depth: 2, skip: 'sum', up: 'nearest', norm: 'group' }, [8, 8]],
  ['adamw', { depth: 2, up: 'linear', fit: 'crop' }, [11, 9]],
  ['adam', { depth: 3, fit: 'pad', norm: 'group' }, [13, 10]],
];
const optimizers: { readonly [name: string]: Optimizer } = {
  sgd: sgd({ momentum: 0.9 }),
  adam: adam(),
  adamw: adamw(),
};

const python = pythonWithTorch();
if (python === undefined) console.log('skipped: no python3 that can import torch, so no live comparison with PyTorch');

describe.skipIf(python === undefined)('the U-Net, its gradient and its training are PyTorch’s to 1e-10', () => {
  let trainings: readonly ReturnType<typeof training>[] = [];
  let accounts: readonly Account[] = [];
  beforeAll(() => {
    trainings = cases.map((one) => training(...one));
    // One process for all, since importing torch takes longer than the rest.
    accounts = ask(trainings.map(({ request }) => request));
  });

  test.each(cases.map((one, k) => [...one, k] as const))('%s %j %j', (_, __, ___, k) => {
    const { parameters, runs } = trainings[k]!;
    const theirs = accounts[k]!;
    expect(Object.keys(theirs.gradients)).toEqual(parameters);
    for (const [name, values] of Object.entries(theirs.gradients)) {
      const ours = runs[0]![`gradient.${name}`]!;
      expect(distance(ours, array(f64(...ours.shape), values)), name).toBeLessThanOrEqual(1e-10);
    }
    for (const [step, loss] of theirs.losses.entries())
      expect(Math.abs(runs[step]!.loss!.item() - loss) / Math.max(1, loss), `step ${step}`).toBeLessThanOrEqual(1e-10);
  });
});

/** Five steps on a random batch, and what PyTorch needs to take them too. */
function training(optimizer: string, options: Partial<UNetOptions>, [h, w]: readonly [number, number]) {
  const config = { inChannels: 2, classes: 3, width: 3, fit: 'error', ...options, dtype: 'f64' } as const;
  const net = unet<UNetOptions>(config);
  const x = array(f64(2, 2, h, w));
  const { normal, uniform } = randomStream(1, 'batch');
  for (let i = 0; i < x.data.length; i++) x.data[i] = normal();
  const labels = Array.from({ length: 2 * h * w }, () => (uniform() < 0.1 ? 255 : Math.floor(uniform() * 3)));
  const target = array(i32(2, h, w), labels);

  const step = trainStep({
    net,
    optimizer: optimizers[optimizer]!,
    x,
    target,
    loss: (logits, t) => {
      const [n = 0, , rows = 0, columns = 0] = logits.shape;
      return crossEntropy(logits, slice(t, { starts: [0, 0, 0], limits: [n, rows, columns] }), { ignoreIndex: 255 });
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
  return {
    parameters: names,
    runs: Array.from({ length: 5 }, () => executable.run(feeds)),
    request: { config: net.config, optimizer, parameters, x: plain(x), target: plain(target) },
  };
}

const plain = ({ dtype, shape, data }: NdArray) => ({ dtype, shape, data: [...data] });

function ask(requests: readonly object[]): readonly Account[] {
  const script = new URL('./torch/unet.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(python!, [script], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Account[];
}
