import { describe, it } from 'vitest';
import { f64 } from '../../src/graph/index.ts';
import { conv2d, conv3d, flip, matmul } from '../../src/ops/index.ts';
import { expectSame } from './same-as-reference.ts';

describe('results that are only flipped are written backwards', () => {
  it.each([[[2]], [[3]], [[2, 3]], [[1]], [[0, 1, 2, 3]]])('a convolution’s, along %j', (axes) => {
    for (const [window, stride] of [
      [1, 1],
      [3, 1],
      [3, 2],
    ] as const)
      expectSame({ x: f64(2, 2, 7, 9), w: f64(3, 2, window, window) }, (_, { x, w }) => ({
        y: flip(conv2d(x!, w!, { padding: 1, stride }), axes),
      }));
  });
  it('with three axes', () => {
    expectSame({ x: f64(1, 1, 3, 5, 5), w: f64(5, 1, 1, 1, 1) }, (_, { x, w }) => ({
      y: flip(conv3d(x!, w!), [1, 2, 3, 4]),
    }));
  });
  it.each([[[0]], [[1]], [[0, 1]]])('a product’s, along %j', (axes) => {
    expectSame({ a: f64(5, 7), b: f64(7, 9) }, (_, { a, b }) => ({ y: flip(matmul(a!, b!), axes) }));
  });
});
