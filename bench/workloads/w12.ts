import { matmul } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

const product = (size: number, tiny: readonly [number, number, number]): Workload =>
  operatorWorkload({
    name: `W12-${size}`,
    title: `matrix product ${size}³`,
    shapes: {
      full: { a: [size, size], b: [size, size] },
      tiny: { a: [tiny[0], tiny[1]], b: [tiny[1], tiny[2]] },
    },
    operations: 2 * size ** 3,
    peak: true,
    apply: ({ a, b }) => matmul(a!, b!),
  });

export const w12Small: Workload = product(512, [7, 9, 5]);
export const w12Large: Workload = product(1024, [12, 8, 16]);
