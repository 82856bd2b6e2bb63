import { describe, it } from 'vitest';
import { checkKink, type KinkContract } from '../../src/check/index.ts';
import { f64 } from '../../src/graph/type.ts';
import { abs, clip, elu, leakyRelu, max, maximum, maxPool2d, min, minimum, relu, sqrt } from '../../src/ops/index.ts';

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
};

describe('at kinks the gradient is the declared one-sided derivative', () => {
  it.each(Object.entries(conventions))('%s', (name, contract) => checkKink({ name, ...contract }));
});
