import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32 } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { mul } from '../../pointwise/mul.ts';
import { sum } from '../../reduce/sum.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { reshape } from '../../shape/reshape.ts';
import { gather } from '../../window/gather.ts';
import { scatter } from '../../window/scatter.ts';
import { meetings } from './conv-matrix.ts';
import type { TransposedAxis } from './transposed-axes.ts';

/**
 * Transposed convolution by the matrix of the convolution (operators.md 35): z = Wᵀ·x, entry by entry of the sparse W.
 * Each entry multiplies one element of x by one of w and adds to one of z. It holds entries × channels numbers: made to
 * compare with, not for speed.
 */
export function byMatrix(x: Tensor, w: Tensor, axes: readonly TransposedAxis[], groups: number): Tensor {
  const [batch, channels, ...positions] = x.shape as readonly [number, number, ...number[]];
  const [, outputs, ...window] = w.shape as readonly [number, number, ...number[]];
  const inputs = channels / groups;
  const size = axes.map((axis) => axis.size);
  const { rows, columns, taps } = meetings(size, window, positions, (i, p, k) => {
    const { stride, dilation, lo } = axes[i]!;
    return p * stride + k * dilation - lo;
  });
  const entries = rows.length;
  const at = (list: readonly number[], lead: readonly number[]): Tensor =>
    broadcastTo(constant(x.graph, i32(entries), list), [...lead, entries]);
  const xLead = [batch, groups, inputs];
  const read = gather({ x: reshape(x, [...xLead, sizeOf(positions)]), at: at(rows, xLead) }, { batch: 3 });
  const wLead = [groups, inputs, outputs];
  const weights = gather({ x: reshape(w, [...wLead, sizeOf(window)]), at: at(taps, wLead) }, { batch: 3 });
  const products: Tensor = mul(reshape(read, [batch, groups, inputs, 1, entries]), weights);
  const zLead = [batch, groups, outputs];
  const z = scatter({ x: sum(products, { axes: 2 }), at: at(columns, zLead) }, { batch: 3, shape: size });
  return reshape(z, [batch, groups * outputs, ...size]);
}
