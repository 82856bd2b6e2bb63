import type { AxisReach, WindowReach } from '../../graph/reach.ts';
import { type Box, everyIndex, setOf } from './box.ts';
import { type Rows, rowsWithoutEnd } from './rows-without-end.ts';

/** How indices are followed. */
export interface AxisSizes {
  /** The result's shape. */
  readonly from: readonly number[];
  /** The input's length along the axis asked for. */
  readonly size: number;
  /** Whether the input ends: without, what would be padding counts as read. */
  readonly clip: boolean;
}

/** The indices along one axis of an input that a box of the result reads. */
export function axisReads(box: Box, reach: AxisReach, { from, size, clip }: AxisSizes): readonly number[] {
  switch (reach.kind) {
    case 'all':
      return everyIndex(size);
    case 'rows': {
      const set = box[reach.axis]!;
      const { row }: Rows = clip || reach.bounded === true ? reach : rowsWithoutEnd(reach, from[reach.axis]!, size);
      return setOf(set.flatMap((p) => row(p)));
    }
    case 'window':
      return windowReads(box[reach.axis]!, reach, size, clip || reach.bounded === true);
  }
}

function windowReads(set: readonly number[], reach: WindowReach, size: number, clip: boolean): readonly number[] {
  const { stride, lo, spread, taps, step } = reach;
  if (stride === 1 && lo === 0 && spread === 1 && taps === 1)
    return clip && set !== everyIndex(size) ? set.filter((q) => q >= 0 && q < size) : set;
  const read = new Set<number>();
  for (const p of set)
    for (let k = 0; k < taps; k++) {
      const q = (p * stride + k * step - lo) / spread;
      if (Number.isInteger(q) && !(clip && (q < 0 || q >= size))) read.add(q);
    }
  return read.size === size && clip ? everyIndex(size) : setOf(read);
}
