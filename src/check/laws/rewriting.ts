import type * as FastCheck from 'fast-check';
import type { Graph } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { fromJson, toJson } from '../../graph/text/json.ts';
import { parse } from '../../graph/text/parse.ts';
import { print } from '../../graph/text/print.ts';
import {
  add,
  avgPool2d,
  conv2d,
  convTranspose2d,
  maxPool2d,
  mul,
  ops,
  relu,
  resize2d,
  sigmoid,
  softmax,
} from '../../ops/index.ts';
import { literals, optimize } from '../../passes/index.ts';
import { type Law, law, statement } from './law.ts';

/** What a net is made of, one after the other. */
type Layer = 'conv' | 'pool' | 'means' | 'up' | 'transposed' | 'relu' | 'sigmoid' | 'softmax' | 'skip' | 'idle';

const layers: readonly Layer[] = [
  'conv',
  'pool',
  'means',
  'up',
  'transposed',
  'relu',
  'sigmoid',
  'softmax',
  'skip',
  'idle',
];

function applied(x: Tensor, w: Tensor, layer: Layer): Tensor {
  switch (layer) {
    case 'conv':
      return conv2d(x, w, { padding: 1 }) as Tensor;
    case 'pool':
      return maxPool2d(x, {
        kernel: 2,
        stride: 1,
        padding: [
          [1, 0],
          [0, 1],
        ],
      }) as Tensor;
    case 'means':
      return avgPool2d(x, { kernel: 3, stride: 1, padding: 1, countIncludePad: false }) as Tensor;
    case 'up':
      return avgPool2d(resize2d(x, { scale: 2, mode: 'linear' }) as Tensor, { kernel: 2 }) as Tensor;
    case 'transposed':
      return convTranspose2d(x, w, { padding: 1 }) as Tensor;
    case 'relu':
      return relu(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'softmax':
      return softmax(x, 1);
    case 'skip':
      return add(x, relu(x)) as Tensor;
    case 'idle':
      return mul(add(x, 0), 1) as Tensor;
  }
}

/** A law that a rewriting of graphs keeps every bit of a net and its gradients. */
export const keepsBits = (name: string, about: string, rewritten: (graph: Graph) => Graph): Law =>
  law({
    name,
    about,
    ops: ['conv2d', 'convTranspose2d', 'maxPool2d', 'avgPool2d', 'resize2d', 'softmax'],
    cases: (fc: typeof FastCheck) =>
      fc.record({
        layers: fc.array(fc.constantFrom(...layers), { minLength: 1, maxLength: 4 }),
        size: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
      }),
    state: ({ layers, size }) =>
      statement({ x: { shape: [2, 2, ...size] }, w: { shape: [2, 2, 3, 3] } }, ({ x, w }) => ({
        left: layers.reduce((t, layer) => applied(t, w, layer), x),
        right: { rewritten },
        wrt: ['x'],
      })),
  });

export const rewritingLaws: readonly Law[] = [
  keepsBits('graphs: JSON', 'A graph that was saved and read again gives the same bits.', (graph) =>
    fromJson(JSON.parse(JSON.stringify(toJson(graph))), ops),
  ),
  keepsBits('graphs: text', 'A graph that was printed and parsed again gives the same bits.', (graph) =>
    parse(print(graph), ops),
  ),
  keepsBits(
    'graphs: optimised',
    'An optimised graph gives the bits of the one that was written.',
    (graph) => optimize(graph, literals).graph,
  ),
];
