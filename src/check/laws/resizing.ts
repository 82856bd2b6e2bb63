import type * as FastCheck from 'fast-check';
import { vjp } from '../../autodiff/vjp.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  add,
  avgPool2d,
  broadcastTo,
  type Coordinates,
  constant,
  flip,
  mul,
  type ResizeMode,
  type ResizeOptions,
  type Rounding,
  resize,
  resize1d,
  resize2d,
  upsample,
} from '../../ops/index.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Law, law, statement } from './law.ts';
import { readAt, sumOver, tabulate } from './places.ts';
import { totalSize } from './sizes.ts';

type Pair = readonly [number, number];

/** Planes and the size that they get. */
interface Resizing {
  readonly from: Pair;
  readonly to: Pair;
}

const resizingCase =
  (most = 6) =>
  (fc: typeof FastCheck): FastCheck.Arbitrary<Resizing> => {
    const length = fc.integer({ min: 1, max: most });
    return fc.record({ from: fc.tuple(length, length), to: fc.tuple(length, length) });
  };

const filters = (fc: typeof FastCheck): FastCheck.Arbitrary<{ mode: ResizeMode; antialias: boolean }> =>
  fc
    .tuple(fc.constantFrom<ResizeMode>('linear', 'cubic', { cubic: -0.5 }, 'lanczos', { lanczos: 2 }), fc.boolean())
    .map(([mode, antialias]) => ({ mode, antialias }));

const coordinates: readonly Coordinates[] = ['half_pixel', 'align_corners', 'asymmetric'];
const resized: (x: Tensor, options: ResizeOptions) => Tensor = resize2d;
const shapeOf = ([height, width]: Pair): number[] => [2, 1, height, width];

/** Roundings of weights, which are polynomials or quotients of sines, and of two sums of up to a plane’s elements. */
const rounds = 200;

/** Where output i lies in the input. */
function positionOf(i: number, from: number, to: number, where: Coordinates): number {
  if (where === 'asymmetric') return (i * from) / to;
  if (where === 'align_corners') return to === 1 ? 0 : (i * (from - 1)) / (to - 1);
  return ((i + 0.5) * from) / to - 0.5;
}

const clamp = (i: number, length: number): number => Math.min(Math.max(i, 0), length - 1);

/** A row of the matrix of linear interpolation: the weight of element `j` for a position. */
function linearWeight(at: number, j: number, length: number): number {
  const below = Math.floor(at);
  const t = at - below;
  return (clamp(below, length) === j ? 1 - t : 0) + (clamp(below + 1, length) === j ? t : 0);
}

const roundings: { readonly [r in Rounding]: (at: number) => number } = {
  floor: Math.floor,
  ceil: Math.ceil,
  round_prefer_ceil: (at) => Math.floor(at + 0.5),
  round_prefer_floor: (at) => -Math.floor(0.5 - at),
};

export const resizingLaws: readonly Law[] = [
  law({
    name: 'resizing: nearest',
    about: 'Nearest resizing reads the rounded position, whatever the coordinates and the rounding (operators.md 30).',
    ops: ['resize2d'],
    cases: (fc) =>
      fc
        .tuple(
          resizingCase()(fc),
          fc.constantFrom(...coordinates),
          fc.constantFrom<Rounding>('round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'),
        )
        .map(([c, where, rounding]) => ({ ...c, where, rounding })),
    state: ({ from, to, where, rounding }) =>
      statement({ x: { shape: shapeOf(from) } }, ({ x }) => ({
        left: resized(x, { size: to, mode: 'nearest', coordinates: where, rounding }),
        right: ({ x }) =>
          tabulate(shapeOf(to), ([n, c, ...at]) =>
            readAt(x!, [
              n!,
              c!,
              ...at.map((i, k) => clamp(roundings[rounding](positionOf(i, from[k]!, to[k]!, where)), from[k]!)),
            ]),
          ),
      })),
  }),
  law({
    name: 'resizing: bilinear',
    about:
      'Bilinear resizing is its matrix: (1 − t) of one neighbour and t of the next, borders repeated (operators.md 31).',
    ops: ['resize2d'],
    cases: (fc) => fc.tuple(resizingCase()(fc), fc.constantFrom(...coordinates)).map(([c, where]) => ({ ...c, where })),
    state: ({ from, to, where }) =>
      statement({ x: { shape: shapeOf(from) } }, ({ x }) => ({
        left: resized(x, { size: to, mode: 'linear', coordinates: where }),
        right: ({ x }) =>
          tabulate(shapeOf(to), ([n, c, ...at]) => {
            const positions = at.map((i, k) => positionOf(i, from[k]!, to[k]!, where));
            return sumOver(from, (place) => {
              const weights = place.map((j, k) => linearWeight(positions[k]!, j, from[k]!));
              return weights[0]! * weights[1]! * readAt(x!, [n!, c!, ...place]);
            });
          }),
        rounds,
        size: totalSize(x, resized(x, { size: to, mode: 'linear' }), 1),
      })),
  }),
  law({
    name: 'resizing: axis by axis',
    about: 'Resizing a plane is resizing rows and then columns, or columns and then rows (operators.md 31).',
    ops: ['resize2d', 'resize'],
    cases: (fc) => fc.tuple(resizingCase()(fc), filters(fc)).map(([c, filter]) => ({ ...c, ...filter })),
    state: ({ from, to, mode, antialias }) =>
      statement({ x: { shape: shapeOf(from) } }, ({ x }) => {
        const along = (t: Tensor, axis: number): Tensor =>
          resize(t, { axes: [axis], size: [to[axis - 2]!], mode, antialias }) as Tensor;
        const left = resized(x, { size: to, mode, antialias });
        const size = totalSize(x, left, 4);
        return [
          { of: 'rows first', left, right: along(along(x, 2), 3), wrt: ['x'], rounds, size },
          { of: 'columns first', left, right: along(along(x, 3), 2), wrt: ['x'], rounds, size },
        ];
      }),
  }),
  law({
    name: 'resizing: constants',
    about: 'The weights of every position sum to 1: a constant stays one (operators.md 33).',
    ops: ['resize2d'],
    cases: (fc) =>
      fc
        .tuple(resizingCase()(fc), filters(fc), fc.constantFrom(...coordinates), fc.boolean())
        .map(([c, filter, where, excludeOutside]) => ({ ...c, ...filter, where, excludeOutside })),
    state: ({ from, to, mode, antialias, where, excludeOutside }) =>
      statement({ x: { shape: [2, 1, 1, 1] } }, ({ x }) => {
        const flat = broadcastTo(x, shapeOf(from)) as Tensor;
        const right = broadcastTo(x, shapeOf(to)) as Tensor;
        const left = resized(flat, { size: to, mode, antialias, coordinates: where, excludeOutside });
        return { left, right, wrt: ['x'], rounds, size: totalSize(flat, right, 4) };
      }),
  }),
  law({
    name: 'resizing: ramps',
    about:
      'Away from the borders linear interpolation gives ramps again, cubic with a = −½ parabolas (Keys 1981; operators.md 32).',
    ops: ['resize1d'],
    cases: (fc) =>
      fc.record({ from: fc.integer({ min: 4, max: 9 }), to: fc.integer({ min: 1, max: 12 }), cubic: fc.boolean() }),
    state: ({ from, to, cubic }) =>
      statement({ a: { shape: [1, 1, 1] }, b: { shape: [1, 1, 1] }, c: { shape: [1, 1, 1] } }, ({ a, b, c }, g) => {
        const line = (numbers: readonly number[]): Tensor =>
          constant(g, { dtype: a.dtype, shape: [1, 1, numbers.length] }, numbers) as Tensor;
        const at = Array.from({ length: to }, (_, i) => positionOf(i, from, to, 'half_pixel'));
        const inside = at.map((p) =>
          Number(Math.floor(p) >= (cubic ? 1 : 0) && Math.floor(p) + 1 < from - (cubic ? 1 : 0)),
        );
        const curve = (p: readonly number[]): Tensor => {
          const ramp = add(a, mul(b, line(p))) as Tensor;
          return cubic ? (add(ramp, mul(c, line(p.map((q) => q * q)))) as Tensor) : ramp;
        };
        const samples = curve(Array.from({ length: from }, (_, i) => i));
        const read = resize1d(samples, { size: to, mode: cubic ? { cubic: -0.5 } : 'linear' }) as Tensor;
        const left = mul(read, line(inside)) as Tensor;
        const right = mul(curve(at), line(inside)) as Tensor;
        return { left, right, wrt: ['a', 'b'], rounds, size: totalSize(samples, left, 4) };
      }),
  }),
  law({
    name: 'resizing: same size',
    about:
      'Resizing to the same size changes nothing, nor does repeating elements and taking each once (operators.md 30–33).',
    ops: ['resize2d'],
    cases: (fc) =>
      fc
        .tuple(resizingCase()(fc), filters(fc), fc.constantFrom(...coordinates))
        .map(([{ from }, filter, where]) => ({ from, ...filter, where })),
    state: ({ from, mode, where }) =>
      statement({ x: { shape: shapeOf(from) } }, ({ x }) => {
        const nearest = (t: Tensor, factor: number): Tensor =>
          resized(t, { size: from.map((n) => n * factor), mode: 'nearest' });
        return [
          { of: 'at once', left: resized(x, { size: from, mode, coordinates: where }), right: x, wrt: ['x'] },
          { of: 'there and back', left: nearest(nearest(x, 2), 1), right: x, wrt: ['x'] },
        ];
      }),
  }),
  law({
    name: 'resizing: corners',
    about: 'align_corners keeps the corners (operators.md 17).',
    ops: ['resize2d'],
    cases: (fc) =>
      fc
        .tuple(resizingCase()(fc), fc.constantFrom<ResizeMode>('linear', 'cubic', 'nearest'))
        .map(([{ from, to }, mode]) => ({ from, to: [Math.max(2, to[0]), Math.max(2, to[1])] as const, mode })),
    state: ({ from, to, mode }) =>
      statement({ x: { shape: shapeOf(from) } }, ({ x }) => {
        const ends = (t: Tensor): Tensor =>
          [2, 3].reduce((y, axis) => {
            const n = y.shape[axis]!;
            return n === 1
              ? (broadcastTo(
                  y,
                  y.shape.map((d, k) => (k === axis ? 2 : d)),
                ) as Tensor)
              : sliceAlong(y, axis, 0, n, n - 1);
          }, t);
        return { left: ends(resized(x, { size: to, mode, coordinates: 'align_corners' })), right: ends(x), wrt: ['x'] };
      }),
  }),
  law({
    name: 'resizing: mirrored',
    about: 'A mirrored plane resizes to the mirrored result, with coordinates that have no side (operators.md 17).',
    ops: ['resize2d', 'flip'],
    cases: (fc) =>
      fc
        .tuple(resizingCase()(fc), filters(fc), fc.constantFrom<Coordinates>('half_pixel', 'align_corners'))
        .map(([c, filter, where]) => ({
          ...c,
          to: [Math.max(2, c.to[0]), Math.max(2, c.to[1])] as const,
          ...filter,
          where,
        })),
    state: ({ from, to, mode, antialias, where }) =>
      statement({ x: { shape: shapeOf(from) } }, ({ x }) => {
        const made = (t: Tensor): Tensor => resized(t, { size: to, mode, antialias, coordinates: where });
        const turned = (t: Tensor): Tensor => flip(t, [2, 3]);
        const left = made(turned(x));
        return { left, right: turned(made(x)), wrt: ['x'], rounds, size: totalSize(x, left, 4) };
      }),
  }),
  law({
    name: 'resizing: repeats and sums',
    about: 'The gradient of repeating elements sums windows; their means give the elements back (operators.md 30, 44).',
    ops: ['upsample', 'avgPool2d'],
    cases: (fc) => resizingCase(3)(fc),
    state: ({ from, to: factor }) => {
      const large: Pair = [from[0] * factor[0], from[1] * factor[1]];
      return statement({ x: { shape: shapeOf(from) }, y: { shape: shapeOf(large) } }, ({ x, y }) => {
        const [gradient] = vjp([upsample(x, factor) as Tensor], [x], [y]);
        const means = avgPool2d(upsample(x, factor) as Tensor, { kernel: factor }) as Tensor;
        const sums = avgPool2d(y, { kernel: factor, divisorOverride: 1 }) as Tensor;
        return [
          { of: 'sums', left: gradient!, right: sums },
          { of: 'means', left: means, right: x, rounds: 24 },
        ];
      });
    },
  }),
];
