import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { type Dict, nondiff, type Op, zero } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, i32, showType, type Type } from '../../graph/type.ts';
import { caseSize } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { boxMaxima } from './argmax-box-kernel.ts';

/** The record of `argmaxBox`. */
export const argmaxBoxOp: Op<'x' | 'box'> = defineOp('argmaxBox', {
  doc:
    'i32[K,C] position, flat in all of x[N,C,…], of the greatest element in every channel of a box; box i32[K,1+2·axes] ' +
    'holds (n, lo, hi, lo, hi, …), hi not included, parts outside x cut off; −1 for an empty one. Of equal maxima the ' +
    'first in row-major order; NaN is greater than every number.',
  infer: argmaxBoxType,
  kernel: ({ x, box }, _, y) => boxMaxima(x, box, y),
  vjp: { x: nondiff('a position changes only in jumps'), box: zero('positions are constant between jumps') },
  degree: {},
  cases: (fc) =>
    fc
      .record({
        // Bounds are drawn as images are: many, so that boxes are large enough to have a choice.
        images: fc.integer({ min: 4, max: 6 }),
        channels: caseSize(fc),
        size: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        boxes: caseSize(fc),
      })
      .map(({ images, channels, size, boxes }) => ({
        types: { x: f64(images, channels, ...size), box: i32(boxes, 1 + 2 * size.length) },
        attributes: {},
        draw: {
          x: { kind: 'distinct' as const },
          box: { kind: 'integers' as const, low: 0, high: images - 1 },
        },
      })),
  reach: () => ({
    x: { kind: 'boxed', by: 'box' },
    box: { kind: 'axes', axes: [along(0), { kind: 'all' }] },
  }),
  picks: 'x',
  flops: ({ x, y }) => sizeOf(y.shape) * sizeOf(x.shape.slice(2)),
  example: (g) => argmaxBox({ x: g.input('x', f64(1, 2, 4, 4)), box: g.input('box', i32(3, 5)) }),
});

/** Where the maxima of boxes stand in x[N,C,…]: boxes are data, so no window need be declared. `gather` reads them. */
export const argmaxBox = ({ x, box }: Dict<'x' | 'box', Tensor>): Tensor => argmaxBoxOp({ x, box }, {});

function argmaxBoxType({ x, box }: Dict<'x' | 'box', Type>): Type {
  if (!isFloat(x.dtype) && x.dtype !== 'i32')
    fail('argmax-box/dtype', `${showType(x)} has no order`, 'cast it to f32, f64 or i32 first.');
  const axes = x.shape.length - 2;
  if (axes < 1)
    fail('argmax-box/rank', `x is ${showType(x)}`, 'give it a batch, a channel and at least one more axis.');
  if (box.dtype !== 'i32' || box.shape.length !== 2 || box.shape[1] !== 1 + 2 * axes)
    fail(
      'argmax-box/box',
      `box is ${showType(box)}, x is ${showType(x)}`,
      `make it i32[K,${1 + 2 * axes}]: the image, then the first element and the one behind the last along each axis.`,
    );
  if (sizeOf(x.shape) > 0x7fffffff)
    fail('argmax-box/size', `positions in ${showType(x)} do not fit i32`, 'split the batch first.');
  return { dtype: 'i32', shape: [box.shape[0]!, x.shape[1]!] };
}
