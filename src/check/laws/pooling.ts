import type * as FastCheck from 'fast-check';
import type { Arrays } from '../../backends/backend.ts';
import type { Draw } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  abs,
  add,
  blurPool,
  constant,
  depthwiseConv2d,
  lpPool2d,
  maximum,
  maxPoolWithIndices,
  minimum,
  mul,
  square,
} from '../../ops/index.ts';
import { type Law, law, statement } from './law.ts';
import { placesOf, readAt, sumOver, tabulate } from './places.ts';
import { avgPool, maxPool } from './plain-pools.ts';
import { countOf, optionsOf, type Planes, planesCase, shapeOf, spanOf, type Window } from './windows.ts';

const kernelsOf = (axes: readonly Window[]): number[] => axes.map(({ kernel }) => kernel);
const distinct: Draw = { kind: 'distinct', offset: -4 };
/** Few numbers, so that windows have several maxima. */
const ties: Draw = { kind: 'integers', low: -2, high: 1 };

/** Roundings of a window's mean, however it is computed: at most nine terms, weights of two axes, a division. */
const meanRounds = 40;

interface Pooling extends Planes {
  readonly ceil: boolean;
}

const poolingCase = (fc: typeof FastCheck): FastCheck.Arbitrary<Pooling> =>
  fc.tuple(planesCase()(fc), fc.boolean()).map(([planes, ceil]) => ({ ...planes, ceil }));

/** Windows counted one by one; in ceil mode all that start before the end of x as long as padding is not covered. */
function windowsOf(axis: Window, ceil: boolean): number {
  if (!ceil) return countOf(axis);
  const end = axis.lo + axis.length;
  let count = 1;
  while ((count - 1) * axis.stride + spanOf(axis) < end + axis.hi && count * axis.stride < end) count++;
  return count;
}

/** Of every window what `summary` makes of its taps' positions in the plane, those outside included. */
const overWindows = (
  { batch, channels, axes, ceil }: Pooling,
  summary: (taps: readonly number[][], lead: readonly number[]) => number,
): number[] =>
  tabulate([batch, channels, ...axes.map((axis) => windowsOf(axis, ceil))], ([n, c, ...at]) => {
    const taps = Array.from(placesOf(kernelsOf(axes)), (tap) =>
      tap.map((k, i) => at[i]! * axes[i]!.stride + k * axes[i]!.dilation - axes[i]!.lo),
    );
    return summary(taps, [n!, c!]);
  });

const isInside = (axes: readonly Window[], place: readonly number[]): boolean =>
  place.every((p, i) => p >= 0 && p < axes[i]!.length);
const isPadded = (axes: readonly Window[], place: readonly number[]): boolean =>
  place.every((p, i) => p < axes[i]!.length + axes[i]!.hi);

export const poolingLaws: readonly Law[] = [
  law({
    name: 'pooling: maxima',
    about:
      'Max pooling is the greatest element that a window sees, its index the first or last of them (operators.md 1, 2).',
    ops: ['maxPool2d', 'maxPoolWithIndices'],
    cases: poolingCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c), draw: ties } }, ({ x }) => {
        const options = { kernel: kernelsOf(c.axes), ...optionsOf(c.axes), ceil: c.ceil };
        const oracle =
          (what: 'value' | 'first' | 'last') =>
          ({ x }: Arrays): number[] =>
            overWindows(c, (taps, lead) => {
              let [best, at] = [Number.NEGATIVE_INFINITY, -1];
              for (const place of taps.filter((tap) => isInside(c.axes, tap))) {
                const value = readAt(x!, [...lead, ...place]);
                if (value < best || (value === best && what !== 'last')) continue;
                [best, at] = [value, place[0]! * c.axes[1]!.length + place[1]!];
              }
              return what === 'value' ? (at < 0 ? 0 : best) : at;
            });
        return [
          { left: maxPool(x, options), right: oracle('value') },
          { of: 'first', left: maxPoolWithIndices(x, options).indices, right: oracle('first') },
          { of: 'last', left: maxPoolWithIndices(x, { ...options, ties: 'last' }).indices, right: oracle('last') },
        ];
      }),
  }),
  law({
    name: 'pooling: means',
    about: 'Average pooling divides by the taps in x, or in x and its padding, or by what it is told (operators.md 4).',
    ops: ['avgPool2d'],
    cases: (fc) =>
      fc
        .tuple(poolingCase(fc), fc.constantFrom('padded', 'inside', 'given'))
        .map(([pooling, divisor]) => ({ ...pooling, divisor })),
    state: ({ divisor, ...c }) =>
      statement({ x: { shape: shapeOf(c) } }, ({ x }) => ({
        left: avgPool(x, {
          kernel: kernelsOf(c.axes),
          ...optionsOf(c.axes),
          ceil: c.ceil,
          countIncludePad: divisor === 'padded',
          ...(divisor === 'given' ? { divisorOverride: 3 } : {}),
        }),
        right: ({ x }) =>
          overWindows(c, (taps, lead) => {
            const inside = taps.filter((tap) => isInside(c.axes, tap));
            const padded = taps.filter((tap) => isPadded(c.axes, tap));
            const sum = inside.reduce((total, place) => total + readAt(x!, [...lead, ...place]), 0);
            const by = { given: 3, padded: padded.length, inside: inside.length }[divisor]!;
            return inside.length === 0 ? 0 : sum / by;
          }),
        rounds: meanRounds,
      })),
  }),
  law({
    name: 'pooling: a mean is a convolution',
    about: 'Average pooling is a depthwise convolution with 1 / k² everywhere (operators.md 4, 5).',
    ops: ['avgPool2d', 'depthwiseConv2d'],
    cases: planesCase(),
    state: (c) =>
      statement({ x: { shape: shapeOf(c) } }, ({ x }, g) => {
        const kernel = kernelsOf(c.axes);
        const shape = [c.channels, 1, ...kernel];
        const weights = new Array<number>(sizeOf(shape)).fill(1 / sizeOf(kernel));
        return {
          left: avgPool(x, { kernel, ...optionsOf(c.axes) }),
          right: depthwiseConv2d(x, constant(g, { dtype: x.dtype, shape }, weights) as Tensor, optionsOf(c.axes)),
          wrt: ['x'],
          rounds: meanRounds,
        };
      }),
  }),
  law({
    name: 'pooling: means of means',
    about: 'Means of equal windows of means are means of larger windows (operators.md 4).',
    ops: ['avgPool2d'],
    cases: (fc) =>
      fc.record({
        inner: fc.constantFrom(1, 2, 4),
        outer: fc.constantFrom(1, 2),
        rest: fc.nat(3),
        channels: fc.integer({ min: 1, max: 2 }),
      }),
    state: ({ inner, outer, rest, channels }) =>
      statement({ x: { shape: [1, channels, inner * outer * 2 + rest, inner * outer + rest] } }, ({ x }) => ({
        left: avgPool(avgPool(x, { kernel: inner }), { kernel: outer }),
        right: avgPool(x, { kernel: inner * outer }),
        wrt: ['x'],
      })),
  }),
  law({
    name: 'pooling: maxima of maxima',
    about: 'At stride 1, maxima of k of maxima of m are maxima of k + m − 1 (dilation is associative; Serra 1982).',
    ops: ['maxPool2d'],
    cases: (fc) =>
      fc.record({ inner: fc.integer({ min: 1, max: 3 }), outer: fc.integer({ min: 1, max: 3 }), extra: fc.nat(3) }),
    state: ({ inner, outer, extra }) => {
      const whole = inner + outer - 1;
      return statement({ x: { shape: [2, 1, whole + extra, whole + 1], draw: distinct } }, ({ x }) => ({
        left: maxPool(maxPool(x, { kernel: inner, stride: 1 }), { kernel: outer, stride: 1 }),
        right: maxPool(x, { kernel: whole, stride: 1 }),
        wrt: ['x'],
      }));
    },
  }),
  law({
    name: 'pooling: increasing maps',
    about: 'The maximum of 2x + 1 is twice the maximum and 1 (max commutes with increasing maps).',
    ops: ['maxPool2d'],
    cases: planesCase({ padding: 0 }),
    state: (c) =>
      statement({ x: { shape: shapeOf(c), draw: distinct } }, ({ x }) => {
        const pooled = (t: Tensor): Tensor => maxPool(t, { kernel: kernelsOf(c.axes), ...optionsOf(c.axes) });
        const raised = (t: Tensor): Tensor => add(mul(t, 2), 1) as Tensor;
        return { left: pooled(raised(x)), right: raised(pooled(x)), wrt: ['x'] };
      }),
  }),
  law({
    name: 'pooling: norms',
    about: 'Lp pooling: p = 1 sums magnitudes, the square of p = 2 sums squares, p = ∞ is their maximum (ONNX LpPool).',
    ops: ['lpPool2d', 'avgPool2d', 'maxPool2d'],
    cases: planesCase(),
    state: (c) =>
      statement({ x: { shape: shapeOf(c), draw: distinct } }, ({ x }) => {
        const options = { kernel: kernelsOf(c.axes), ...optionsOf(c.axes) };
        const norm = (p: number): Tensor => lpPool2d(x, { ...options, p }) as Tensor;
        const sums = (t: Tensor): Tensor => avgPool(t, { ...options, divisorOverride: 1 });
        const rounds = meanRounds;
        return [
          { of: 'p = 1', left: norm(1), right: sums(abs(x)), wrt: ['x'], rounds },
          { of: 'p = 2', left: square(norm(2)), right: sums(square(x)), wrt: ['x'], rounds },
          { of: 'p = ∞', left: norm(Number.POSITIVE_INFINITY), right: maxPool(abs(x), options), wrt: ['x'] },
        ];
      }),
  }),
  law({
    name: 'pooling: large exponents',
    about: 'max|x| ≤ (Σ|x|^p)^(1/p) ≤ n^(1/p)·max|x|, which meet as p grows (operators.md 6).',
    ops: ['lpPool2d', 'maxPool2d'],
    cases: (fc) =>
      fc.tuple(planesCase({ padding: 0 })(fc), fc.constantFrom(2, 4, 16)).map(([planes, p]) => ({ ...planes, p })),
    state: ({ p, ...c }) =>
      statement({ x: { shape: shapeOf(c) } }, ({ x }) => {
        const options = { kernel: kernelsOf(c.axes), ...optionsOf(c.axes) };
        const norm = lpPool2d(x, { ...options, p }) as Tensor;
        const largest = maxPool(abs(x), options);
        const most = mul(largest, sizeOf(options.kernel) ** (1 / p)) as Tensor;
        return { left: norm, right: minimum(maximum(norm, largest), most) as Tensor, rounds: meanRounds };
      }),
  }),
  law({
    name: 'pooling: blur',
    about: 'BlurPool sums binomial taps over the mirrored plane, then takes every s-th (operators.md 29; Zhang 2019).',
    ops: ['blurPool'],
    cases: (fc) =>
      fc.record({
        size: fc.array(fc.integer({ min: 4, max: 7 }), { minLength: 2, maxLength: 2 }),
        stride: fc.integer({ min: 1, max: 3 }),
        kernel: fc.constantFrom(1, 3, 5),
      }),
    state: ({ size, stride, kernel }) =>
      statement({ x: { shape: [2, 1, ...size] } }, ({ x }) => ({
        left: blurPool(x, { stride, kernel }) as Tensor,
        right: ({ x }) => {
          const taps = { 1: [1], 3: [0.25, 0.5, 0.25], 5: [1, 4, 6, 4, 1].map((k) => k / 16) }[kernel]!;
          const mirrored = (p: number, n: number): number => (p < 0 ? -p : p >= n ? 2 * (n - 1) - p : p);
          const half = (kernel - 1) / 2;
          return tabulate([2, 1, ...size.map((n) => Math.ceil(n / stride))], ([n, c, ...at]) =>
            sumOver([kernel, kernel], ([a, b]) => {
              const place = [a!, b!].map((k, i) => mirrored(at[i]! * stride + k - half, size[i]!));
              return taps[a!]! * taps[b!]! * readAt(x!, [n!, c!, ...place]);
            }),
          );
        },
      })),
  }),
];
