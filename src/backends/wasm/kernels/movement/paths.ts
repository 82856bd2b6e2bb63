import type { Node } from '../../../../graph/graph.ts';
import type { AnyOp } from '../../../../graph/op.ts';
import { type Shape, sizeOf, stridesOf } from '../../../../graph/shape.ts';
import { barrierOp } from '../../../../ops/control/barrier.ts';
import { customVjpOp } from '../../../../ops/control/custom-vjp.ts';
import { stopGradientOp } from '../../../../ops/control/stop-gradient.ts';
import { type BroadcastAttributes, broadcastOp } from '../../../../ops/shape/broadcast.ts';
import { type FlipAttributes, flipOp } from '../../../../ops/shape/flip.ts';
import { reshapeOp } from '../../../../ops/shape/reshape.ts';
import { type SliceAttributes, sliceOp } from '../../../../ops/shape/slice.ts';
import { type TransposeAttributes, transposeOp } from '../../../../ops/shape/transpose.ts';
import { type Path, reshaped } from './strided-axes.ts';

/** An operator whose result holds elements of one input, unchanged: where they lie in that input's memory. */
interface Rearrangement {
  readonly input: string;
  /** Where the result's elements lie, given where the input's do; undefined where strides cannot say it. */
  readonly path: (node: Node, shape: Shape, from: Path) => Path | undefined;
  /** Whether the result is the input's elements in their order. */
  readonly renames: boolean;
}

const renaming = (input: string): Rearrangement => ({ input, path: (_, __, from) => from, renames: true });
const moving = (path: Rearrangement['path']): Rearrangement => ({ input: 'x', path, renames: false });

/** By kernel: records of custom rules share it. */
const rearrangements: ReadonlyMap<AnyOp['kernel'], Rearrangement> = new Map<AnyOp['kernel'], Rearrangement>([
  [barrierOp.kernel, renaming('x')],
  [stopGradientOp.kernel, renaming('x')],
  [customVjpOp.kernel, renaming('result')],
  [
    reshapeOp.kernel,
    {
      input: 'x',
      path: ({ type }, shape, { offset, strides: from }) => {
        const strides = reshaped(shape, from, type.shape);
        return strides && { offset, strides };
      },
      renames: true,
    },
  ],
  [
    transposeOp.kernel,
    moving(({ attributes }, _, { offset, strides }) => {
      const { permutation } = attributes as TransposeAttributes;
      return { offset, strides: permutation.map((axis) => strides[axis]!) };
    }),
  ],
  [
    flipOp.kernel,
    moving(({ attributes }, shape, { offset, strides }) => {
      const { axes } = attributes as FlipAttributes;
      return {
        offset: axes.reduce((sum, axis) => sum + strides[axis]! * (shape[axis]! - 1), offset),
        strides: strides.map((stride, k) => (axes.includes(k) ? -stride : stride)),
      };
    }),
  ],
  [
    sliceOp.kernel,
    moving(({ attributes }, _, { offset, strides }) => {
      const { starts, steps } = attributes as SliceAttributes;
      return {
        offset: strides.reduce((sum, stride, k) => sum + stride * starts[k]!, offset),
        strides: strides.map((stride, k) => stride * steps[k]!),
      };
    }),
  ],
  [
    broadcastOp.kernel,
    moving(({ attributes }, _, { offset, strides }) => {
      const { shape, axes } = attributes as BroadcastAttributes;
      return { offset, strides: shape.map((_, k) => (axes.includes(k) ? strides[axes.indexOf(k)]! : 0)) };
    }),
  ],
]);

/** What a node rearranges, if it does nothing else. */
export const rearrangementOf = ({ op }: Node): Rearrangement | undefined => rearrangements.get(op.kernel);

/** Whether elements that lie so lie row-major, one behind the other. */
export function isDense(shape: Shape, strides: readonly number[]): boolean {
  const dense = stridesOf(shape);
  return sizeOf(shape) <= 1 || strides.every((stride, k) => shape[k] === 1 || stride === dense[k]);
}
