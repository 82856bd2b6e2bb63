import { describe, expect, test } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { check } from '../../src/graph/check.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { f32, i32, showType } from '../../src/graph/type.ts';
import { adam, adamw, type Optimizer, randomStream, sgd, type TrainStep, trainStep, unet } from '../../src/nn/index.ts';
import { argmax, crossEntropy } from '../../src/ops/index.ts';

const net = unet({ inChannels: 1, classes: 2, width: 4, depth: 1 });
const step = (optimizer: Optimizer): TrainStep =>
  trainStep({
    net,
    optimizer,
    x: f32(2, 1, 8, 8),
    target: i32(2, 8, 8),
    loss: (logits, target) => crossEntropy(logits, target),
    outputs: ({ logits }) => ({ classes: argmax(logits, 1) }),
  });

/** Noise, and which of it is positive: a net of one layer could learn it. */
function batch(): { x: NdArray; target: NdArray } {
  const { normal } = randomStream(3, 'batch');
  const x = array(
    f32(2, 1, 8, 8),
    Array.from({ length: 128 }, () => normal()),
  );
  return {
    x,
    target: array(
      i32(2, 8, 8),
      Array.from(x.data, (v) => (v > 0 ? 1 : 0)),
    ),
  };
}

function start({ graph, initial }: TrainStep, values = initial(1)) {
  const executable = compile(graph);
  for (const [name, value] of Object.entries(values)) executable.write(name, value);
  return executable;
}

describe.each([
  ['sgd', sgd({ momentum: 0.9 }), 0.1],
  ['adam', adam(), 0.02],
  ['adamw', adamw({ amsgrad: true }), 0.02],
] as const)('a training step with %s', (name, optimizer, rate) => {
  const made = step(optimizer);
  const feeds = { ...batch(), learningRate: array(f32(), [rate]) };

  test('is a valid graph that updates exactly what is kept', () => {
    check(made.graph);
    const kept = { ...made.parameterTypes, ...made.stateTypes };
    expect(Object.keys(made.graph.updates).sort()).toEqual(Object.keys(kept).sort());
    expect(Object.keys(made.initial(1)).sort()).toEqual(Object.keys(kept).sort());
    for (const [key, value] of Object.entries(made.initial(1))) expect(showType(value)).toBe(showType(kept[key]!));
    expect(made.graph.nodes.some(({ scope }) => scope === name)).toBe(true);
  });

  test('learns', () => {
    const executable = start(made);
    const losses = Array.from({ length: 60 }, () => executable.run(feeds).loss!.item());
    expect(losses[0]!).toBeGreaterThan(0.3);
    expect(Math.min(...losses.slice(-5))).toBeLessThan(0.15);
    expect(executable.read(`${name}.step`).item()).toBe(60);
  });

  test('goes on from saved values with the same bits', () => {
    const whole = start(made);
    const first = start(made);
    for (let k = 0; k < 3; k++) first.run(feeds);
    const names = Object.keys(made.graph.updates);
    const second = start(made, Object.fromEntries(names.map((key) => [key, first.read(key)])));
    for (let k = 0; k < 3; k++) second.run(feeds);
    for (let k = 0; k < 6; k++) whole.run(feeds);
    for (const key of names) expect(second.read(key)).toEqual(whole.read(key));
  });
});

describe('optimisers refuse', () => {
  test.each([
    ['a momentum below 0', () => sgd({ momentum: -0.1 }), /sgd: momentum is -0.1/],
    ['Nesterov without momentum', () => sgd({ nesterov: true }), /nesterov: momentum is 0/],
    ['Nesterov with dampening', () => sgd({ nesterov: true, momentum: 0.9, dampening: 0.5 }), /dampening 0.5/],
    ['a beta of 1', () => adam({ betas: [0.9, 1] }), /betas\[1\] is 1/],
    ['an epsilon that is no number', () => adamw({ epsilon: Number.NaN }), /epsilon is NaN/],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(/optimizer\/options/);
    expect(make).toThrow(message);
  });

  test('a step without all gradients', () => {
    const forgetful: Optimizer = { ...sgd(), step: (values) => sgd().step({ ...values, gradients: {} }) };
    expect(() => step(forgetful)).toThrow(/optimizer\/gradients: 16 of 16[\s\S]*down1.conv1.w f32\[4,1,3,3\]: none/);
  });
});
