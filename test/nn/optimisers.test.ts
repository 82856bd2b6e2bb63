import { describe, expect, test } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  accumulated,
  adam,
  averaged,
  clipped,
  decayWeights,
  type Optimizer,
  randomStream,
  sgd,
  trainStep,
  unet,
  withAverages,
} from '../../src/nn/index.ts';
import { crossEntropy } from '../../src/ops/index.ts';

const net = unet({ inChannels: 1, classes: 2, width: 4, depth: 1, dtype: 'f64' });
const names = Object.keys(net.parameterTypes);
type Values = { readonly [name: string]: NdArray };

/** Images of noise and which of it is positive; the first `size` of the same sequence. */
function images(from: number, size: number): Values {
  const { normal } = randomStream(5, 'images');
  const all = Array.from({ length: (from + size) * 64 }, () => normal()).slice(from * 64);
  return {
    x: array(f64(size, 1, 8, 8), all),
    target: array(
      i32(size, 8, 8),
      all.map((v) => (v > 0 ? 1 : 0)),
    ),
  };
}

function start(optimizer: Optimizer, size: number) {
  const { graph, initial, stateTypes } = trainStep({
    net,
    optimizer,
    x: f64(size, 1, 8, 8),
    target: i32(size, 8, 8),
    loss: (logits, target) => crossEntropy(logits, target),
  });
  const program = compile(graph);
  for (const [name, value] of Object.entries(initial(1))) program.write(name, value);
  const rate = array(f64(), [0.05]);
  return {
    step: (feeds: Values): Values => program.run({ ...feeds, learningRate: rate }),
    parameters: () => names.map((name) => [...program.read(name).data]),
    averages: (name: string) => {
      const kept = Object.keys({ ...net.parameterTypes, ...stateTypes }).map(
        (key) => [key, program.read(key)] as const,
      );
      return [...withAverages(Object.fromEntries(kept))[name]!.data];
    },
  };
}

const far = (a: readonly number[][], b: readonly number[][]): number =>
  Math.max(...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i]![j]!))));

describe('accumulated', () => {
  test.each([
    ['sgd', () => sgd({ momentum: 0.9, nesterov: true })],
    ['adam', () => clipped(averaged(adam(), 0.9), 0.1)],
  ])('makes the steps of one large batch, %s', (_, optimizer) => {
    const [small, large] = [start(accumulated(optimizer(), 3), 2), start(optimizer(), 6)];
    for (let k = 0; k < 3; k++) {
      const before = small.parameters();
      small.step(images(6 * k, 2));
      small.step(images(6 * k + 2, 2));
      expect(small.parameters()).toEqual(before);
      small.step(images(6 * k + 4, 2));
      large.step(images(6 * k, 6));
      expect(far(small.parameters(), before)).toBeGreaterThan(1e-3);
      expect(far(small.parameters(), large.parameters())).toBeLessThan(1e-10);
    }
  });

  test('refuses no batches', () => {
    expect(() => accumulated(sgd(), 0)).toThrow(/optimizer\/options: accumulated: batches is 0/);
    expect(() => accumulated(sgd(), 1.5)).toThrow(/optimizer\/options/);
  });
});

describe('clipped', () => {
  test('shortens long gradients to the norm, and leaves short ones as they are', () => {
    const distance = (optimizer: Optimizer): { moved: number; norm: number | undefined } => {
      const run = start(optimizer, 2);
      const before = run.parameters().flat();
      const { gradientNorm } = run.step(images(0, 2));
      const after = run.parameters().flat();
      return { moved: Math.hypot(...after.map((x, i) => x - before[i]!)) / 0.05, norm: gradientNorm?.item() };
    };
    const free = distance(sgd());
    const [short, long] = [distance(clipped(sgd(), free.moved / 3)), distance(clipped(sgd(), free.moved * 3))];
    expect(short.norm).toBeCloseTo(free.moved, 10);
    expect(short.moved / (free.moved / 3)).toBeCloseTo(1, 4);
    expect(long.moved).toBeCloseTo(free.moved, 12);
  });

  test('refuses a norm of 0', () => expect(() => clipped(sgd(), 0)).toThrow(/optimizer\/options/));
});

describe('averaged', () => {
  test('is the mean of the parameters so far, each counting 0.8 times as much as the next', () => {
    const run = start(averaged(sgd(), 0.8), 2);
    const seen: number[][][] = [];
    for (let k = 0; k < 5; k++) {
      run.step(images(2 * k, 2));
      seen.push(run.parameters());
      const weights = seen.map((_, i) => 0.8 ** (seen.length - 1 - i));
      const total = weights.reduce((a, b) => a + b, 0);
      const mean = seen[0]!.map((row, p) =>
        row.map((_, j) => seen.reduce((sum, step, i) => sum + step[p]![j]! * weights[i]!, 0) / total),
      );
      const kept = names.map((name) => run.averages(name));
      expect(far(kept, mean)).toBeLessThan(1e-12);
    }
  });

  test('refuses a decay of 1', () => expect(() => averaged(sgd(), 1)).toThrow(/optimizer\/options/));
});

describe('weight decay', () => {
  test('in groups: weights shrink, biases and scales do not', () => {
    const [plain, decayed] = [start(sgd(), 2), start(sgd({ weightDecay: decayWeights(0.5) }), 2)];
    const before = plain.parameters();
    for (const run of [plain, decayed]) run.step(images(0, 2));
    const expected = plain.parameters().map((row, p) => {
      const decay = net.parameterTypes[names[p]!]!.shape.length >= 2 ? 0.05 * 0.5 : 0;
      return row.map((x, j) => x - decay * before[p]![j]!);
    });
    expect(far(decayed.parameters(), expected)).toBeLessThan(1e-14);
    expect(far(decayed.parameters(), plain.parameters())).toBeGreaterThan(1e-3);
  });

  test('names the parameter whose decay is none', () => {
    const wrong = sgd({ weightDecay: (name) => (name === names[1] ? Number.NaN : 0) });
    expect(() => start(wrong, 2)).toThrow(`sgd: weightDecay of ${names[1]} is NaN`);
    expect(() => adam({ weightDecay: -1 })).toThrow(/optimizer\/options/);
  });
});
