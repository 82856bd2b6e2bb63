import { isFloat } from '../../graph/dtype.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { stridesOf } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';
import type { Mistake } from './mutant.ts';

/** A way in which an array as a whole is wrong. */
export interface ArrayChange {
  readonly mistake: Mistake;
  readonly name: string;
  apply(value: NdArray): NdArray;
}

/** All of them for arrays of one type: sign, factor, a missing term, an axis, one entry at the border. */
export function arrayChanges(type: Type): ArrayChange[] {
  const { shape, dtype } = type;
  const each = (mistake: Mistake, name: string, f: (x: number, i: number) => number): ArrayChange => ({
    mistake,
    name,
    apply: (value) => array(value, Array.from(value.data, f)),
  });
  const strides = stridesOf(shape);
  const moved = (
    mistake: Mistake,
    name: string,
    from: (index: readonly number[]) => readonly number[],
  ): ArrayChange => ({
    mistake,
    name,
    apply: (value) =>
      array(
        value,
        Array.from(value.data, (_, i) => {
          const index = shape.map((extent, axis) => Math.floor(i / strides[axis]!) % extent);
          return value.data[from(index).reduce((sum, at, axis) => sum + at * strides[axis]!, 0)]!;
        }),
      ),
  });
  const last = shape.reduce((size, extent) => size * extent, 1) - 1;
  const axes = shape.flatMap((extent, axis) => (extent > 1 ? [{ axis, extent }] : []));
  const border = (i: number): boolean =>
    axes.length > 0 && axes.some(({ axis, extent }) => Math.floor(i / strides[axis]!) % extent === extent - 1);
  const entries: ArrayChange[] =
    dtype === 'bool'
      ? [
          each('mask', 'negated', (x) => 1 - x),
          each('mask', 'always true', () => 1),
          each('mask', 'always false', () => 0),
          each('mask', 'first entry negated', (x, i) => (i === 0 ? 1 - x : x)),
          each('mask', 'last entry negated', (x, i) => (i === last ? 1 - x : x)),
        ]
      : [
          each('sign', 'negated', (x) => -x),
          each('factor', 'doubled', (x) => 2 * x),
          each('term', 'dropped', () => 0),
          each('factor', 'first entry doubled', (x, i) => (i === 0 ? 2 * x : x)),
          each('term', 'last entry dropped', (x, i) => (i === last ? 0 : x)),
        ];
  const real: ArrayChange[] = isFloat(dtype)
    ? [
        each('relative error', 'a millionth too large', (x) => x * (1 + 1e-6)),
        each('relative error', 'last entry a millionth too large', (x, i) => (i === last ? x * (1 + 1e-6) : x)),
        each('divisor', 'divided by 9 in place of 8', (x) => (x * 8) / 9),
        ...(axes.length === 0
          ? []
          : [each('divisor', 'at the border divided by 3 in place of 2', (x, i) => (border(i) ? (x * 2) / 3 : x))]),
      ]
    : [];
  return [
    ...entries,
    ...real,
    ...axes.flatMap(({ axis, extent }) => [
      moved('flip', `axis ${axis} flipped`, (index) => index.with(axis, extent - 1 - index[axis]!)),
      moved('index shift', `axis ${axis} rolled`, (index) => index.with(axis, (index[axis]! + 1) % extent)),
    ]),
    ...axes.flatMap(({ axis: a, extent }, i) =>
      axes
        .slice(i + 1)
        .filter((other) => other.extent === extent)
        .map(({ axis: b }) =>
          moved('axis swap', `axes ${a} and ${b} swapped`, (index) => index.with(a, index[b]!).with(b, index[a]!)),
        ),
    ),
  ];
}
