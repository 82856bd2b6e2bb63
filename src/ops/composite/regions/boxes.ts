import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { within } from '../../control/within.ts';
import { floor } from '../../pointwise/floor.ts';
import { refuse } from '../../refuse.ts';
import { reshape } from '../../shape/reshape.ts';
import { slice } from '../../shape/slice.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';

/** What all pooling of regions is told. */
export interface RegionOptions<Size extends PerAxis = PerAxis> {
  /** Bins along the height and the width. */
  readonly outputSize: Size;
  /** Elements of x per unit of the boxes' coordinates; default 1. */
  readonly spatialScale?: number;
}

/** The two edges of all boxes along one axis, in the boxes' own units, [K] each. */
export interface Edges {
  readonly low: Tensor;
  readonly high: Tensor;
}

/** Boxes [K,5] taken apart; the axes in the order of x's. */
export interface Boxes {
  readonly count: number;
  /** Which image of x, [K]; refused at run time where there is none. */
  readonly image: Tensor;
  readonly axes: readonly [rows: Edges, columns: Edges];
  readonly bins: readonly [number, number];
  readonly scale: number;
}

/**
 * Takes boxes (image, x1, y1, x2, y2) apart.
 *
 * @throws CotangentError `region/image`, `region/boxes` or `region/options`.
 */
export function boxesOf(x: Tensor, boxes: Tensor, { outputSize, spatialScale = 1 }: RegionOptions): Boxes {
  if (x.shape.length !== 4) refuse('region/image', { x: x.shape }, 'give x [batch, channels, height, width].');
  if (boxes.shape.length !== 2 || boxes.shape[1] !== 5)
    refuse('region/boxes', { boxes: boxes.shape }, 'give each box as (image, x1, y1, x2, y2).');
  if (boxes.dtype !== x.dtype)
    fail('region/dtype', `x is ${x.dtype}, the boxes are ${boxes.dtype}`, `cast the boxes to ${x.dtype}.`);
  if (!(Number.isFinite(spatialScale) && spatialScale > 0))
    fail('region/options', `spatialScale is ${String(spatialScale)}`, 'make it a number above 0.');
  const count = boxes.shape[0]!;
  const column = (k: number): Tensor => reshape(slice(boxes, { starts: [0, k], limits: [count, k + 1] }), [count]);
  const image = within(floor(column(0)), {
    low: 0,
    high: x.shape[0]! - 1,
    what: 'the image of a box',
    fix: 'number the images of the batch from 0, in the first column of the boxes.',
  });
  return {
    count,
    image,
    axes: [
      { low: column(2), high: column(4) },
      { low: column(1), high: column(3) },
    ],
    bins: perAxis('outputSize', outputSize, 2) as [number, number],
    scale: spatialScale,
  };
}
