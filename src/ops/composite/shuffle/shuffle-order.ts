import { fail } from '../../../graph/error.ts';

/**
 * Which channel an element of a block comes from, for C channels and blocks of r × r, at row i and column j of the block
 * (operators.md 40, 41):
 *
 * - `crd`: c·r² + i·r + j. PyTorch's pixel shuffle, ONNX's CRD; the default here.
 * - `dcr`: (i·r + j)·C + c. The default of ONNX and TensorFlow.
 * - `crd-transposed`: c·r² + j·r + i. Pixel shuffle as some texts write it, x being the column.
 *
 * For r = 2 and C = 2, channels of the block of c = 0 and of c = 1:
 *
 * ```text
 *   crd          dcr          crd-transposed
 *   0 1 · 4 5    0 2 · 1 3    0 2 · 4 6
 *   2 3 · 6 7    4 6 · 5 7    1 3 · 5 7
 * ```
 */
export type ShuffleOrder = 'crd' | 'dcr' | 'crd-transposed';

/** A part of the channel axis: the channels themselves, or the place in a block along one spatial axis. */
export type Part = 'channel' | number;

/**
 * What the channel axis is made of for blocks over `rank` spatial axes, the slowest part first.
 *
 * @throws CotangentError `option/value` for another order.
 */
export function channelParts(order: ShuffleOrder, rank: number): readonly Part[] {
  const blocks = Array.from({ length: rank }, (_, axis) => axis);
  switch (order) {
    case 'crd':
      return ['channel', ...blocks];
    case 'dcr':
      return [...blocks, 'channel'];
    case 'crd-transposed':
      return ['channel', ...blocks.toReversed()];
    default:
      return fail('option/value', `order is ${String(order)}`, "use 'crd', 'dcr' or 'crd-transposed'.");
  }
}
