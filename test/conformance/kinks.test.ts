import { describe, it } from 'vitest';
import { checkKink, type KinkContract } from '../../src/check/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  abs,
  clip,
  constant,
  elu,
  hardSigmoid,
  hardSwish,
  hardTanh,
  l1Loss,
  leakyRelu,
  max,
  maximum,
  maximumOf,
  maxPool2d,
  min,
  minimum,
  norm,
  prelu,
  relu,
  relu6,
  scatterElements,
  selu,
  shrink,
  sqrt,
  threshold,
} from '../../src/ops/index.ts';

const point = f64(1);
const tied = { x: f64(1, 1, 2, 2) };
const pool =
  (ties: 'first' | 'last') =>
  ({ x }: { readonly [name: string]: Parameters<typeof max>[0] }) =>
    maxPool2d(x!, { kernel: 2, ties });

/** Which one-sided derivative is taken where there are two (../shared/design/operators.md, section 3). */
const conventions: { readonly [what: string]: Omit<KinkContract, 'name'> } = {
  'relu′(0) is 0': { types: { x: point }, at: { x: [0] }, input: 'x', takes: ['left'], build: ({ x }) => relu(x!) },
  'abs′(0) is 0': { types: { x: point }, at: { x: [0] }, input: 'x', takes: ['zero'], build: ({ x }) => abs(x!) },
  'leakyRelu′(0) is the slope': {
    types: { x: point },
    at: { x: [0] },
    input: 'x',
    takes: ['left'],
    build: ({ x }) => leakyRelu(x!, 0.25),
  },
  'elu′(0) is alpha': {
    types: { x: point },
    at: { x: [0] },
    input: 'x',
    takes: ['left'],
    build: ({ x }) => elu(x!, 2),
  },
  'sqrt′(0), which is infinite, is 0': {
    types: { x: point },
    at: { x: [0] },
    input: 'x',
    takes: ['zero'],
    singular: true,
    build: ({ x }) => sqrt(x!),
  },
  'clip is inclusive: 1 on both bounds': {
    types: { x: f64(2) },
    at: { x: [-1, 2] },
    input: 'x',
    takes: ['right', 'left'],
    build: ({ x }) => clip(x!, -1, 2),
  },
  'maximum: a takes all of a tie': {
    types: { a: point, b: point },
    at: { a: [1], b: [1] },
    input: 'a',
    takes: ['right'],
    build: ({ a, b }) => maximum(a!, b!),
  },
  'maximum: b takes nothing of a tie': {
    types: { a: point, b: point },
    at: { a: [1], b: [1] },
    input: 'b',
    takes: ['left'],
    build: ({ a, b }) => maximum(a!, b!),
  },
  'minimum: a takes all of a tie': {
    types: { a: point, b: point },
    at: { a: [1], b: [1] },
    input: 'a',
    takes: ['left'],
    build: ({ a, b }) => minimum(a!, b!),
  },
  'maxPool2d: the first of equal maxima takes all': {
    types: tied,
    at: { x: [3, 3, 3, 3] },
    input: 'x',
    takes: ['right', 'left', 'left', 'left'],
    build: pool('first'),
  },
  'maxPool2d: the last of them, if told so': {
    types: tied,
    at: { x: [3, 3, 3, 3] },
    input: 'x',
    takes: ['left', 'left', 'left', 'right'],
    build: pool('last'),
  },
  'max: the first of equal ones takes all': {
    types: { x: f64(3) },
    at: { x: [2, 2, 2] },
    input: 'x',
    takes: ['right', 'left', 'left'],
    build: ({ x }) => max(x!),
  },
  'min: the first of equal ones takes all': {
    types: { x: f64(3) },
    at: { x: [2, 2, 2] },
    input: 'x',
    takes: ['left', 'right', 'right'],
    build: ({ x }) => min(x!),
  },
  'relu6′ is 0 at 0 and at 6': {
    types: { x: f64(2) },
    at: { x: [0, 6] },
    input: 'x',
    takes: ['left', 'right'],
    build: ({ x }) => relu6(x!),
  },
  'hardTanh′ is 0 at both bounds, unlike that of clip': {
    types: { x: f64(2) },
    at: { x: [-1, 2] },
    input: 'x',
    takes: ['left', 'right'],
    build: ({ x }) => hardTanh(x!, -1, 2),
  },
  'hardSigmoid′ is 0 where it meets 0 and 1': {
    types: { x: f64(2) },
    at: { x: [-2, 2] },
    input: 'x',
    takes: ['left', 'right'],
    build: ({ x }) => hardSigmoid(x!, { alpha: 0.25 }),
  },
  'hardSwish′ is the one outside at −3 and 3': {
    types: { x: f64(2) },
    at: { x: [-3, 3] },
    input: 'x',
    takes: ['left', 'right'],
    build: ({ x }) => hardSwish(x!),
  },
  'selu′(0) is gamma · alpha': {
    types: { x: point },
    at: { x: [0] },
    input: 'x',
    takes: ['left'],
    build: ({ x }) => selu(x!, { alpha: 2, gamma: 3 }),
  },
  'prelu′(0) is the slope': {
    types: { x: point, slope: point },
    at: { x: [0], slope: [0.25] },
    input: 'x',
    takes: ['left'],
    build: ({ x, slope }) => prelu(x!, slope!),
  },
  'shrink, soft: 0 at ±lambda': {
    types: { x: f64(2) },
    at: { x: [-1, 1] },
    input: 'x',
    takes: ['right', 'left'],
    build: ({ x }) => shrink(x!, { lambda: 1, bias: 1 }),
  },
  'threshold′ is 0 at the bound': {
    types: { x: point },
    at: { x: [2] },
    input: 'x',
    takes: ['left'],
    build: ({ x }) => threshold(x!, 2, 2),
  },
  'l1Loss: 0 where both are equal': {
    types: { x: point, target: point },
    at: { x: [2], target: [2] },
    input: 'x',
    takes: ['zero'],
    build: ({ x, target }) => l1Loss(x!, target!) as Tensor,
  },
  ...Object.fromEntries(
    [1, 2, 3, 1.5].map((p) => [
      `norm, p = ${p}: 0 at zero`,
      {
        types: { x: f64(3) },
        at: { x: [0, 0, 0] },
        input: 'x',
        takes: ['zero', 'zero', 'zero'],
        build: ({ x }) => norm(x!, { p }) as Tensor,
      } satisfies Omit<KinkContract, 'name'>,
    ]),
  ),
  'norm, p = ∞: the first of equal magnitudes takes all': {
    types: { x: f64(2) },
    at: { x: [2, -2] },
    input: 'x',
    takes: ['right', 'right'],
    build: ({ x }) => norm(x!, { p: Number.POSITIVE_INFINITY }) as Tensor,
  },
  'maximumOf: the first of equal ones takes all': {
    types: { a: point, b: point, c: point },
    at: { a: [1], b: [1], c: [1] },
    input: 'b',
    takes: ['left'],
    build: ({ a, b, c }) => maximumOf([a!, b!, c!]) as Tensor,
  },
  'scatterElements: what stands there takes all of a tie': {
    types: { x: point, values: f64(2) },
    at: { x: [1], values: [1, 1] },
    input: 'values',
    takes: ['left', 'left'],
    build: ({ x, values }) =>
      scatterElements(x!, constant(x!.graph, i32(2), [0, 0]) as Tensor<readonly number[], 'i32'>, values!, {
        reduction: 'max',
      }),
  },
};

describe('at kinks the gradient is the declared one-sided derivative', () => {
  it.each(Object.entries(conventions))('%s', (name, contract) => checkKink({ name, ...contract }));
});
