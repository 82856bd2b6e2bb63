import type * as FastCheck from 'fast-check';

/** One spatial axis and the window that walks along it. */
export interface Window {
  readonly length: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly lo: number;
  readonly hi: number;
}

/** The most of everything that a window is drawn with. */
export interface WindowLimits {
  readonly kernel?: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: number;
  /** Elements beyond those that one window needs. */
  readonly extra?: number;
}

/** A window that fits at least once. */
export function windowCase(
  fc: typeof FastCheck,
  { kernel = 3, stride = 3, dilation = 2, padding = 2, extra = 4 }: WindowLimits = {},
): FastCheck.Arbitrary<Window> {
  const upTo = (max: number): FastCheck.Arbitrary<number> => fc.integer({ min: 1, max });
  return fc
    .record({
      kernel: upTo(kernel),
      stride: upTo(stride),
      dilation: upTo(dilation),
      lo: fc.nat(padding),
      hi: fc.nat(padding),
      extra: fc.nat(extra),
    })
    .map(({ extra, ...window }) => ({
      ...window,
      length: Math.max(1, spanOf(window) - window.lo - window.hi) + extra,
    }));
}

/** Planes with a window along each of their axes. */
export interface Planes {
  readonly batch: number;
  readonly channels: number;
  readonly axes: readonly Window[];
}

/** Small planes with `rank` axes. */
export const planesCase =
  (limits: WindowLimits = {}, rank = 2) =>
  (fc: typeof FastCheck): FastCheck.Arbitrary<Planes> =>
    fc.record({
      batch: fc.integer({ min: 1, max: 2 }),
      channels: fc.integer({ min: 1, max: 3 }),
      axes: fc.array(windowCase(fc, limits), { minLength: rank, maxLength: rank }),
    });

/** Elements from a window's first tap to its last. */
export const spanOf = ({ kernel, dilation }: Pick<Window, 'kernel' | 'dilation'>): number =>
  (kernel - 1) * dilation + 1;

/** How often a window fits, counted one by one. */
export function countOf({ length, stride, lo, hi, ...window }: Window): number {
  let count = 0;
  while (count * stride + spanOf(window) <= lo + length + hi) count++;
  return count;
}

/** [N, C, …]. */
export const shapeOf = ({ batch, channels, axes }: Planes): number[] => [
  batch,
  channels,
  ...axes.map(({ length }) => length),
];

/** Options of the windows as convolutions and pooling take them. */
export const optionsOf = (
  axes: readonly Window[],
): { stride: number[]; padding: [number, number][]; dilation: number[] } => ({
  stride: axes.map(({ stride }) => stride),
  padding: axes.map(({ lo, hi }) => [lo, hi]),
  dilation: axes.map(({ dilation }) => dilation),
});
