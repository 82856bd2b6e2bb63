import { array, type NdArray } from '../../graph/nd-array.ts';
import { stridesOf } from '../../graph/shape.ts';
import type { Mutant } from './mutant.ts';
import type { Trial } from './trial.ts';

/** What a rule could get wrong in its result as a whole: sign, factor, a missing term, an axis, one entry at the border. */
export function resultMutants({ gradient }: Trial): Mutant[] {
  const { shape } = gradient;
  const last = gradient.data.length - 1;
  const each = (name: string, f: (x: number, i: number) => number): Mutant => mutant(name, () => mapped(gradient, f));
  const moved = (name: string, from: (index: readonly number[]) => readonly number[]): Mutant =>
    mutant(name, () => permuted(gradient, from));
  const axes = shape.flatMap((extent, axis) => (extent > 1 ? [{ axis, extent }] : []));
  return [
    each('negated', (x) => -x),
    each('doubled', (x) => 2 * x),
    each('a millionth too large', (x) => x * (1 + 1e-6)),
    each('dropped', () => 0),
    each('first entry doubled', (x, i) => (i === 0 ? 2 * x : x)),
    each('last entry dropped', (x, i) => (i === last ? 0 : x)),
    ...axes.flatMap(({ axis, extent }) => [
      moved(`axis ${axis} flipped`, (index) => index.with(axis, extent - 1 - index[axis]!)),
      moved(`axis ${axis} rolled`, (index) => index.with(axis, (index[axis]! + 1) % extent)),
    ]),
    ...axes.flatMap(({ axis: a, extent }, i) =>
      axes
        .slice(i + 1)
        .filter((other) => other.extent === extent)
        .map(({ axis: b }) =>
          moved(`axes ${a} and ${b} swapped`, (index) => index.with(a, index[b]!).with(b, index[a]!)),
        ),
    ),
  ];
}

const mutant = (name: string, run: () => NdArray): Mutant => ({ kind: 'result', name, run });

function mapped(x: NdArray, f: (value: number, i: number) => number): NdArray {
  return array(x, Array.from(x.data, f));
}

function permuted(x: NdArray, from: (index: readonly number[]) => readonly number[]): NdArray {
  const strides = stridesOf(x.shape);
  return mapped(x, (_, i) => {
    const index = x.shape.map((extent, axis) => Math.floor(i / strides[axis]!) % extent);
    return x.data[from(index).reduce((sum, at, axis) => sum + at * strides[axis]!, 0)]!;
  });
}
