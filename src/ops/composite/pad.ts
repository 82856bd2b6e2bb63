import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType } from '../../graph/type.ts';
import { frontDoor } from '../front-door.ts';
import { refuse } from '../refuse.ts';
import { broadcastTo } from '../shape/broadcast.ts';
import { concat } from '../shape/concat.ts';
import { flip } from '../shape/flip.ts';
import { padOp } from '../shape/pad-op.ts';
import { slice } from '../shape/slice.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { PadShape, Pads } from '../types/pad-shape.ts';

/** What stands around the tensor: a constant, the mirrored tensor (without or with its edge), its edge, or the tensor again. */
export type PadMode = 'zero' | 'constant' | 'reflect' | 'symmetric' | 'replicate' | 'circular';

/** How `pad` fills. */
export interface PadOptions {
  readonly mode?: PadMode;
  /** For mode 'constant'. */
  readonly value?: number;
}

/** How many elements of an axis each mode can add on one side. */
const most: { readonly [M in PadMode]: (size: number) => number } = {
  zero: () => Infinity,
  constant: () => Infinity,
  reflect: (size) => size - 1,
  symmetric: (size) => size,
  replicate: (size) => (size === 0 ? 0 : Infinity),
  circular: (size) => size,
};

/**
 * x with elements added before and after on each axis, `[[lo, hi], …]`; negative amounts crop.
 *
 * @throws CotangentError `pad/axes` unless there is a pair per axis, `pad/mode` for more than the mode can supply.
 */
export const pad: <S extends Shape, D extends DType, const P extends Pads>(
  x: Tensor<S, D> & Fits<PadShape<S, P>>,
  amounts: P,
  options?: PadOptions,
) => Tensor<Sized<PadShape<S, P>>, D> = frontDoor(
  'pad',
  ['x'],
  (x: Tensor, amounts: Pads, { mode = 'zero', value = 0 }: PadOptions = {}) => {
    if (amounts.length !== x.shape.length)
      refuse(
        'pad/axes',
        { x: x.shape, rank: x.shape.length, given: amounts.length },
        'give a pair [lo, hi] for each axis, [0, 0] where there is none.',
      );
    if (!Object.hasOwn(most, mode))
      fail('pad/mode', `unknown mode '${mode}'`, `use one of ${Object.keys(most).join(', ')}.`);
    const around = (t: Tensor, lo: readonly number[], hi: readonly number[]): Tensor =>
      [...lo, ...hi].every((d) => d === 0)
        ? t
        : padOp({ x: t }, { lo, hi, interior: lo.map(() => 0), value: mode === 'constant' ? value : 0 });
    const [los, his] = [amounts.map(([lo]) => lo), amounts.map(([, hi]) => hi)];
    if (mode === 'zero' || mode === 'constant') return around(x, los, his);
    return x.graph.scope('pad', () => {
      // x as if it went on for ever in this mode, seen from −lo to its size + hi: so what is cropped still shows elsewhere.
      const grown = amounts.reduce<Tensor>(
        (t, [lo, hi], axis) => padAxis(t, axis, Math.max(lo, 0), Math.max(hi, 0), mode),
        x,
      );
      return around(
        grown,
        los.map((d) => Math.min(d, 0)),
        his.map((d) => Math.min(d, 0)),
      );
    });
  },
);

function padAxis(
  x: Tensor,
  axis: number,
  lo: number,
  hi: number,
  mode: 'reflect' | 'symmetric' | 'replicate' | 'circular',
): Tensor {
  if (lo === 0 && hi === 0) return x;
  const size = x.shape[axis]!;
  if (Math.max(lo, hi) > most[mode](size))
    fail(
      'pad/mode',
      `${mode} padding of ${lo} and ${hi} needs more than the ${size} elements on axis ${axis} of ${showType(x)}`,
      `pad by at most ${most[mode](size)} there, or use mode 'replicate' or 'zero'.`,
    );
  const part = (start: number, limit: number) =>
    slice(x, {
      starts: x.shape.map((_, k) => (k === axis ? start : 0)),
      limits: x.shape.map((d, k) => (k === axis ? limit : d)),
    });
  const repeated = (start: number, n: number) =>
    broadcastTo(
      part(start, start + 1),
      x.shape.map((d, k) => (k === axis ? n : d)),
    );
  const [before, after] = {
    reflect: () => [flip(part(1, 1 + lo), axis), flip(part(size - 1 - hi, size - 1), axis)],
    symmetric: () => [flip(part(0, lo), axis), flip(part(size - hi, size), axis)],
    replicate: () => [repeated(0, lo), repeated(size - 1, hi)],
    circular: () => [part(size - lo, size), part(0, hi)],
  }[mode]() as [Tensor, Tensor];
  return concat([...(lo > 0 ? [before] : []), x, ...(hi > 0 ? [after] : [])], axis);
}
