import { sizeOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { nest } from '../nest.ts';
import type { AxisClass } from './axis-classes.ts';
import { copyRow, zeroRow } from './copy-row.ts';
import type { Correlation } from './correlation.ts';
import type { Layout } from './layout.ts';
import { vectorOf } from './tile.ts';

/** How x is read: either where it is, or from a copy with zeros around it. Strides are in bytes. */
export interface WindowView {
  /** Offset of the copy in scratch memory; undefined: x itself. */
  readonly scratch: number | undefined;
  readonly batch: number;
  readonly channel: number;
  /** Of every axis but the last. */
  readonly rows: readonly number[];
  /** Elements of the last axis `phases` apart are neighbours; the next remainder begins `phaseBytes` further on. */
  readonly phases: number;
  readonly phaseBytes: number;
  /** The element of x that stands first, on every axis; negative where zeros do. */
  readonly origin: readonly number[];
}

/** A view of x and the code that makes it, given the addresses of x and of scratch memory. */
export interface ViewAndCopy {
  readonly view: WindowView;
  readonly copy: (code: KernelCode, x: number, scratch: number) => void;
}

/** What the classes read of each axis: [first, end). */
function spans(
  axes: Correlation['axes'],
  classes: readonly (readonly AxisClass[])[],
): { first: number; end: number }[] {
  return axes.map((_, i) => {
    const some = classes[i]!.filter(({ k }) => k.count > 0);
    if (some.length === 0) return { first: 0, end: 1 };
    return {
      first: Math.min(...some.map(({ q }) => q)),
      end: 1 + Math.max(...some.map(({ q, p, k, byP, byK }) => q + (p.count - 1) * byP + (k.count - 1) * byK)),
    };
  });
}

/** Whether no class reads beside x, so that x may serve as it is. */
export const staysInside = ({ axes }: Correlation, classes: readonly (readonly AxisClass[])[]): boolean =>
  spans(axes, classes).every(({ first, end }, i) => first >= 0 && end <= axes[i]!.x);

/** x as it is. */
export function viewInPlace({ dtype, axes, strides: { x } }: Correlation): WindowView {
  const { bytes } = vectorOf[dtype];
  return {
    scratch: undefined,
    batch: bytes * x.outer,
    channel: bytes * x.channel,
    rows: x.axes.slice(0, -1).map((stride) => bytes * stride),
    phases: 1,
    phaseBytes: 0,
    origin: axes.map(() => 0),
  };
}

/**
 * A copy of x with zeros wherever a class reads beside it. With `byRow`, the rows of all channels lie together, as a loop
 * over channels at one position wants them; else each channel is a picture. Returns the view and the code that copies.
 */
export function viewPadded(
  problem: Correlation,
  classes: readonly (readonly AxisClass[])[],
  { phases, byRow, layout }: { readonly phases: number; readonly byRow: boolean; readonly layout: Layout },
): ViewAndCopy {
  const { dtype, batch, channels, groups, axes } = problem;
  const { lanes, bytes } = vectorOf[dtype];
  const span = spans(axes, classes);
  const [outer, last] = [span.slice(0, -1), span.at(-1)!];
  const width = axes.at(-1)!.x;
  const parts = Array.from({ length: phases }, (_, phase) => {
    const start = last.first + phase;
    const left = Math.max(0, Math.ceil(-start / phases));
    const room = Math.ceil((last.end - start) / phases);
    const count = Math.max(0, Math.min(Math.ceil((width - start) / phases), room) - left);
    return { left: Math.min(left, Math.max(room, 0)), count, from: start + left * phases };
  });
  // Vectors reach lanes − 1 elements further than the last window; copies are in whole vectors too.
  const needed = Math.ceil((last.end - last.first) / phases) + lanes - 1;
  const copied = parts.map(({ left, count }) => left + Math.ceil(count / lanes) * lanes);
  let pitch = Math.ceil(Math.max(needed, ...copied) / lanes) * lanes;
  const all = channels * groups;
  // Rows a multiple of 4 KiB apart would share cache lines.
  if (byRow && (pitch * bytes * phases) % 256 === 0) pitch += lanes;
  const row = pitch * bytes * phases;
  const lengths = outer.map(({ first, end }) => end - first);
  const rowsOf = (unit: number): number[] => lengths.map((_, i) => unit * sizeOf(lengths.slice(i + 1)));
  const plane = sizeOf(lengths) * row;
  const view: WindowView = {
    scratch: layout.add(batch * all * plane + 64),
    batch: all * plane,
    channel: byRow ? row : plane,
    rows: rowsOf(byRow ? row * all : row),
    phases,
    phaseBytes: pitch * bytes,
    origin: span.map(({ first }) => first),
  };
  const source = viewInPlace(problem);
  const images = [
    { size: batch, steps: [view.batch, source.batch] },
    { size: all, steps: [view.channel, source.channel] },
  ] as const;
  const inside = outer.map(({ first, end }, i) => {
    const from = Math.min(Math.max(first, 0), axes[i]!.x);
    return { from, count: Math.max(0, Math.min(end, axes[i]!.x) - from), skipped: from - first };
  });
  const copy = (code: KernelCode, x: number, scratch: number): void => {
    const { f } = code;
    const to = scratch + view.scratch!;
    const loops = (
      boxes: readonly { from: number; count: number; skipped: number }[],
      body: (p: readonly Local[]) => void,
    ): void =>
      nest(
        code,
        [
          images[0],
          ...boxes.map(({ count }, i) => ({ size: count, steps: [view.rows[i]!, source.rows[i]!] })),
          images[1],
        ],
        [
          to + boxes.reduce((sum, { skipped }, i) => sum + skipped * view.rows[i]!, 0),
          x + boxes.reduce((sum, { from }, i) => sum + from * source.rows[i]!, 0),
        ],
        body,
      );
    loops(inside, ([target, from]) => {
      for (const [phase, { left, count, from: start }] of parts.entries()) {
        const begin = phase * view.phaseBytes;
        const middle = begin + left * bytes;
        if (count > 0)
          copyRow(f, dtype, { target: target!, at: middle, from: from!, offset: start * bytes, step: phases, count });
        zeroRow(f, bytes, target!, middle + count * bytes, begin + view.phaseBytes);
        zeroRow(f, bytes, target!, begin, middle);
      }
    });
    // Rows beside x: before and behind it, axis by axis.
    for (const [i, { count, skipped }] of inside.entries())
      for (const beside of [
        { from: 0, skipped: 0, count: Math.min(skipped, lengths[i]!) },
        { from: 0, skipped: skipped + count, count: lengths[i]! - skipped - count },
      ])
        if (beside.count > 0)
          loops(
            lengths.map((length, j) =>
              j < i ? inside[j]! : j === i ? beside : { from: 0, skipped: 0, count: length },
            ),
            ([target]) => zeroRow(f, bytes, target!, 0, row),
          );
  };
  return { view, copy };
}

/** Bytes from the beginning of a row to element `t` ≥ 0 of it, counted from the view's origin. */
export const phased = (t: number, { phases, phaseBytes }: WindowView, bytes: number): number =>
  (t % phases) * phaseBytes + Math.floor(t / phases) * bytes;
