import { expect, it } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { array, f64, type Graph, nodesById, type Tensor } from '../../src/graph/index.ts';
import { square, sum } from '../../src/index.ts';
import { recomputed } from '../../src/inspect/index.ts';
import { makeNet, sgd, trainStep } from '../../src/nn/index.ts';

it.each([
  ['unet', 1],
  ['unet', 2],
  ['segnet', 2],
  ['drn', 3],
])('%s with scopes of depth %d computed anew takes the same step', (name, depth) => {
  const net = makeNet(name, { inChannels: 1, classes: 2, width: 2, depth: 1, dtype: 'f64' });
  const x = f64(1, 1, 16, 16);
  const step = (of: typeof net) =>
    trainStep({
      net: of,
      optimizer: sgd(),
      x,
      target: f64(1, 2, 16, 16),
      loss: (y) => sum(square(y)) as Tensor<[], 'f64'>,
    });
  const again = recomputed(net, x, depth);
  const [plain, anew] = [step(net), step(again)];
  const barriers = ({ nodes }: Graph): number => nodes.filter(({ op }) => op.name === 'barrier').length;
  expect(barriers(plain.graph)).toBe(0);
  expect(barriers(anew.graph)).toBeGreaterThan(0);
  const feeds = {
    x: array(
      x,
      Array.from({ length: 256 }, (_, i) => Math.sin(i * i)),
    ),
    target: array(f64(1, 2, 16, 16)),
    learningRate: array(f64(), [0.01]),
  };
  const after = ({ graph, initial }: typeof plain): Record<string, number[]> => {
    const executable = compile(graph);
    for (const [key, value] of Object.entries(initial(3))) executable.write(key, value);
    const { loss } = executable.run(feeds);
    const parameters = Object.keys(net.parameterTypes).map((key) => [key, [...executable.read(key).data]] as const);
    executable.close();
    return { loss: [...loss!.data], ...Object.fromEntries(parameters) };
  };
  const [expected, given] = [after(plain), after(anew)];
  for (const [key, values] of Object.entries(expected))
    for (const [i, value] of values.entries()) expect(given[key]![i]).toBeCloseTo(value, 10);
  expect(nodesById(anew.graph).size).toBeGreaterThan(nodesById(plain.graph).size);
});
