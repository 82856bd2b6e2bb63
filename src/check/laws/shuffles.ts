import type * as FastCheck from 'fast-check';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  type BlockOptions,
  depthToSpace,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  type ShuffleOrder,
  spaceToDepth,
  transpose,
} from '../../ops/index.ts';
import { type Law, law, statement } from './law.ts';
import { readAt, tabulate } from './places.ts';

interface Shuffle {
  readonly channels: number;
  readonly block: number[];
  readonly size: number[];
  readonly order: ShuffleOrder;
}

function shuffleCase(fc: typeof FastCheck): FastCheck.Arbitrary<Shuffle> {
  const pair = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 });
  const order = fc.constantFrom<ShuffleOrder>('crd', 'dcr', 'crd-transposed');
  return fc.record({ channels: fc.integer({ min: 1, max: 3 }), block: pair, size: pair, order });
}

const toSpace: (x: Tensor, options: BlockOptions) => Tensor = depthToSpace;
const toDepth: (x: Tensor, options: BlockOptions) => Tensor = spaceToDepth;
const deep = ({ channels, block, size }: Shuffle): number[] => [2, channels * sizeOf(block), ...size];

/** From which channel the element at row i and column j of a block comes. */
const channelOf: {
  readonly [o in ShuffleOrder]: (c: number, i: number, j: number, block: readonly number[], channels: number) => number;
} = {
  crd: (c, i, j, [rows, columns]) => c * rows! * columns! + i * columns! + j,
  dcr: (c, i, j, [, columns], channels) => (i * columns! + j) * channels + c,
  'crd-transposed': (c, i, j, [rows, columns]) => c * rows! * columns! + j * rows! + i,
};

export const shuffleLaws: readonly Law[] = [
  law({
    name: 'shuffles: places',
    about:
      'Depth to space moves channel c·r² + i·r + j (crd) or (i·r + j)·C + c (dcr) to row i, column j of a block (operators.md 20).',
    ops: ['depthToSpace'],
    cases: shuffleCase,
    state: (c) =>
      statement({ x: { shape: deep(c) } }, ({ x }) => ({
        left: toSpace(x, c),
        right: ({ x }) =>
          tabulate([2, c.channels, ...c.size.map((n, k) => n * c.block[k]!)], ([n, channel, row, column]) => {
            const [i, j] = [row! % c.block[0]!, column! % c.block[1]!];
            const from = channelOf[c.order](channel!, i, j, c.block, c.channels);
            return readAt(x!, [n!, from, (row! - i) / c.block[0]!, (column! - j) / c.block[1]!]);
          }),
      })),
  }),
  law({
    name: 'shuffles: back',
    about: 'Space to depth undoes depth to space of the same order, and the other way round (operators.md 41).',
    ops: ['depthToSpace', 'spaceToDepth', 'pixelShuffle', 'pixelUnshuffle'],
    cases: shuffleCase,
    state: (c) => {
      const wide = [2, c.channels, ...c.size.map((n, k) => n * c.block[k]!)];
      return statement(
        { x: { shape: deep(c) }, y: { shape: wide }, z: { shape: deep({ ...c, block: [2, 2] }) } },
        ({ x, y, z }) => [
          { of: 'x', left: toDepth(toSpace(x, c), c), right: x, wrt: ['x'] },
          { of: 'y', left: toSpace(toDepth(y, c), c), right: y, wrt: ['y'] },
          { of: 'pixels', left: pixelUnshuffle(pixelShuffle(z, 2) as Tensor, 2) as Tensor, right: z, wrt: ['z'] },
        ],
      );
    },
  }),
  law({
    name: 'shuffles: orders',
    about: 'crd is dcr of channels in another order; pixel shuffle is depth to space (operators.md 20, 40).',
    ops: ['depthToSpace', 'pixelShuffle'],
    cases: shuffleCase,
    state: (c) =>
      statement({ x: { shape: deep(c) }, z: { shape: deep({ ...c, block: [2, 2] }) } }, ({ x, z }) => {
        const { channels, block, size } = c;
        const parts = reshape(x, [2, channels, ...block, ...size]);
        const permuted = reshape(transpose(parts, [0, 2, 3, 1, 4, 5]), deep(c));
        const left = toSpace(x, { block, order: 'crd' });
        return [
          { of: 'dcr', left, right: toSpace(permuted, { block, order: 'dcr' }), wrt: ['x'] },
          { of: 'pixel shuffle', left: pixelShuffle(z, 2) as Tensor, right: toSpace(z, { block: 2 }), wrt: ['z'] },
        ];
      }),
  }),
];
