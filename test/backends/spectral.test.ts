import { describe, it } from 'vitest';
import { f32, f64 } from '../../src/graph/index.ts';
import { dft } from '../../src/ops/spectral/dft.ts';
import { expectSame, type Values } from './same-as-reference.ts';

const values: Values = (i) => Math.sin(i * 12.9898) * 43.7;

describe('Fourier transforms are the reference’s bit for bit', () => {
  const lengths = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 30, 49, 61, 64, 66, 67, 71, 96, 128, 134, 210, 257, 500, 1024,
  ];
  it.each(lengths)('of length %i', (n) => {
    for (const type of [f64, f32])
      for (const inverse of [false, true])
        for (const [shape, axis] of [
          [[n, 2], 0],
          [[3, n, 2], 1],
          [[2, n, 3, 2], 1],
        ] as const)
          expectSame({ x: [type(...shape), values] }, (_, { x }) => ({ y: dft(x!, { axis, inverse }) }));
  });
  it('of nothing', () => {
    for (const shape of [
      [0, 2],
      [3, 0, 2],
      [2, 4, 0, 2],
    ])
      expectSame({ x: f64(...shape) }, (_, { x }) => ({
        y: dft(x!, { axis: shape.length === 2 ? 0 : 1, inverse: true }),
      }));
  });
});
