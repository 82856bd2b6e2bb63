import type { Tensor } from '../../../graph/tensor.ts';
import { constant } from '../../constant/constant.ts';
import { matmul } from '../../linear/matmul.ts';
import { mul } from '../../pointwise/mul.ts';
import { flip } from '../../shape/flip.ts';
import { padOp } from '../../shape/pad-op.ts';
import { reshape } from '../../shape/reshape.ts';
import { slice } from '../../shape/slice.ts';
import { transpose } from '../../shape/transpose.ts';
import type { ConvAttributes } from '../../window/conv.ts';
import { extent } from '../../window/extent.ts';
import { linearWindows } from '../../window/linear-windows.ts';
import { stack } from '../stack.ts';
import { densePositions } from './conv-cost.ts';
import { fromHalfSpectrum, halfSpectrum, type Lengths } from './transform.ts';

/**
 * The correlation of x with w by Fourier transforms of overlapping blocks, of each of which the positions that do not wrap
 * round are saved. `blocks` are their lengths, each at least the window's span.
 */
export function overlapSave(x: Tensor, w: Tensor, attributes: ConvAttributes, blocks: readonly number[]): Tensor {
  const { axes, groups } = attributes;
  const batch = x.shape[0]!;
  const [outputs, inputs] = w.shape as readonly [number, number];
  const rank = axes.length;
  const steps = blocks.map((length, k) => length - extent(w.shape[k + 2]!, axes[k]!.wDilation) + 1);
  const dense = densePositions(x, w, attributes);
  const tiles = dense.map((positions, k) => Math.ceil(positions / steps[k]!));
  const count = batch * tiles.reduce((a, b) => a * b, 1);

  // [N, C, T₁, L₁, T₂, L₂, …] → blocks [N·T₁·T₂, groups, C / groups, L₁, L₂, …]
  const cut = cutBlocks(x, attributes, { blocks, steps, tiles });
  const outer = transpose(cut, [0, ...odd(rank, 2), 1, ...odd(rank, 3)]);
  const ofX = halfSpectrum(reshape(outer, [count, groups, inputs, ...blocks]), lengths(3, blocks), 'backward');
  const kernels = reshape(spread(w, attributes, blocks), [groups, outputs / groups, inputs, ...blocks]);
  const ofW = halfSpectrum(kernels, lengths(3, blocks), 'backward');

  const y = multiplySpectra(ofX, ofW);
  const real = fromHalfSpectrum(y, lengths(3, blocks), 'backward');
  const saved = slice(real, {
    starts: real.shape.map(() => 0),
    limits: [count, groups, outputs / groups, ...steps],
  });
  // Blocks side by side again.
  const apart = reshape(saved, [batch, ...tiles, outputs, ...steps]);
  const order = [0, rank + 1, ...steps.flatMap((_, k) => [k + 1, rank + 2 + k])];
  const joined = reshape(transpose(apart, order), [batch, outputs, ...steps.map((step, k) => step * tiles[k]!)]);
  return slice(joined, {
    starts: joined.shape.map(() => 0),
    limits: [batch, outputs, ...dense],
    steps: [1, 1, ...axes.map(({ stride }) => stride)],
  });
}

interface Cut {
  readonly blocks: readonly number[];
  readonly steps: readonly number[];
  readonly tiles: readonly number[];
}

/** x padded and cut along every spatial axis into blocks that begin `steps` apart: [N, C, T₁, L₁, T₂, L₂, …]. */
function cutBlocks(x: Tensor, { axes }: ConvAttributes, { blocks, steps, tiles }: Cut): Tensor {
  const [batch, channels] = x.shape as readonly [number, number];
  const needed = blocks.map((length, k) => (tiles[k]! - 1) * steps[k]! + length);
  const none = x.shape.map(() => 0);
  const lo = [0, 0, ...axes.map((axis) => axis.lo)];
  const hi = [0, 0, ...axes.map((axis, k) => needed[k]! - x.shape[k + 2]! - axis.lo)];
  const whole = padOp({ x }, { lo, hi, interior: none, value: 0 });
  const cut = blocks.reduce((part, length, k) => {
    if (tiles[k] === 1) return part;
    const rows = Array.from({ length: tiles[k]! }, (_, t) =>
      Array.from({ length }, (_, i) => [[t * steps[k]! + i, 1] as const]),
    );
    return linearWindows(part, k + 2, rows.flat());
  }, whole);
  return reshape(cut, [batch, channels, ...blocks.flatMap((length, k) => [tiles[k]!, length])]);
}

/** w with its taps as far apart as its dilation says, and zeros behind them up to a block. */
function spread(w: Tensor, { axes }: ConvAttributes, blocks: readonly number[]): Tensor {
  const none = w.shape.map(() => 0);
  const hi = [0, 0, ...blocks.map((length, k) => length - extent(w.shape[k + 2]!, axes[k]!.wDilation))];
  return padOp({ x: w }, { lo: none, hi, interior: [0, 0, ...axes.map(({ wDilation }) => wDilation - 1)], value: 0 });
}

/**
 * Per frequency the product of x's [N, I] with the conjugate of w's [O, I], groups apart: pairs [N, groups, O, F…, 2]. A
 * complex product is a real one of twice the size, so it is one matmul.
 */
function multiplySpectra(x: Tensor, w: Tensor): Tensor {
  const [count, groups, inputs, ...rest] = x.shape as readonly [number, number, number, ...number[]];
  const outputs = w.shape[1]!;
  const frequencies = rest.slice(0, -1);
  const f = frequencies.reduce((a, b) => a * b, 1);
  // [groups, F, N, I·2] times [groups, F, I·2, O·2]
  const rows = transpose(reshape(x, [count, groups, inputs, f, 2]), [1, 3, 0, 2, 4]);
  const columns = transpose(reshape(w, [groups, outputs, inputs, f, 2]), [0, 3, 2, 1, 4]);
  const sign = constant(w.graph, { dtype: w.dtype, shape: [2] }, [1, -1]);
  // x_r·w_r + x_i·w_i, and x_i·w_r − x_r·w_i.
  const matrix = stack([mul(columns, sign), flip(columns, -1)], 3);
  const y = matmul(
    reshape(rows, [groups, f, count, inputs * 2]),
    reshape(matrix, [groups, f, inputs * 2, outputs * 2]),
  );
  const apart = transpose(reshape(y, [groups, f, count, outputs, 2]), [2, 0, 3, 1, 4]);
  return reshape(apart, [count, groups, outputs, ...frequencies, 2]);
}

const lengths = (from: number, blocks: readonly number[]): Lengths => blocks.map((length, k) => [from + k, length]);

const odd = (rank: number, from: number): number[] => Array.from({ length: rank }, (_, k) => from + 2 * k);
