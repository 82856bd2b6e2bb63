import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32 } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { argmaxOp } from '../../reduce/argmax.ts';
import { gather } from '../../window/gather.ts';
import type { Pooled, Ties } from '../max-pool-nd.ts';
import { patches } from '../patches/patches.ts';
import { flatPositions, type TapTable } from '../patches/tap-table.ts';
import { splitMaxima } from './split-maxima.ts';

/**
 * Maxima of windows that need not be regular: per axis, lists of positions, none of them empty. For regular windows
 * `argmaxWindow` does the same without copying what overlaps.
 */
export function maxOfWindows(x: Tensor, windows: readonly (readonly (readonly number[])[])[], ties: Ties): Pooled {
  const lengths = x.shape.slice(2);
  // A window that is shorter than the longest reads its last element again, which changes no maximum.
  const filled = windows.map((axis) => padTaps(axis, (window) => window.at(-1)!));
  const read = patches(x, filled);
  const tap = argmaxOp({ x: read }, { axes: [2], ties: ties === 'last' ? 'last' : 'first' });
  const counts = filled.map((axis) => axis.length);
  const positions = flatPositions(filled, lengths);
  const column = constant(
    x.graph,
    i32(...counts),
    Array.from({ length: sizeOf(counts) }, (_, p) => p),
  );
  const at: Tensor = add(mul(tap, sizeOf(counts)), column);
  const indices = gather({ x: constant(x.graph, i32(positions.length), positions), at }, { batch: 0 });
  const chosen = gather({ x, at: indices }, { batch: 2 });
  const values =
    ties === 'split'
      ? splitMaxima(
          x,
          chosen,
          windows.map((axis) => padTaps(axis, () => -1)),
        )
      : chosen;
  return { values, indices: indices as Pooled['indices'] };
}

/** Windows made equally long. */
function padTaps(windows: readonly (readonly number[])[], filler: (window: readonly number[]) => number): TapTable {
  const longest = Math.max(...windows.map((window) => window.length));
  return windows.map((window) => [...window, ...new Array<number>(longest - window.length).fill(filler(window))]);
}
