import type { Kink } from '../../graph/op.ts';
import { f64 } from '../../graph/type.ts';
import type { SampleAttributes, SampleAxis } from './sample.ts';
import type { SplatAttributes } from './splat.ts';

const linear = (outside: SampleAxis['outside']): SampleAxis => ({ kernel: 'linear', order: 0, outside });
const steep: SampleAxis = { kernel: { cubic: -0.5 }, order: 1, outside: 'zero' };

/** Along one axis of three elements: where the kink is, and which side counts. */
const places: readonly (readonly [axis: SampleAxis, at: number, takes: 'left' | 'right'])[] = [
  [linear('zero'), 1, 'right'],
  [linear('zero'), 0, 'right'],
  [linear('zero'), -1, 'left'],
  [linear('zero'), 3, 'right'],
  [linear('replicate'), 0, 'right'],
  [linear('replicate'), 2, 'right'],
  [linear('reflect'), 0, 'right'],
  [linear('symmetric'), 2, 'right'],
  [steep, 1, 'right'],
  [steep, -2, 'left'],
];

/** Where `sample` has two derivatives by its positions: the right one counts, and none beyond a zero border. */
export const sampleKinks: readonly Kink<'x' | 'p', SampleAttributes>[] = [
  ...places.map(([axis, at, side]) => ({
    types: { x: f64(1, 1, 3), p: f64(1, 1, 1) },
    at: { x: [1, -3, 2], p: [at] },
    attributes: { axes: [axis] },
    input: 'p' as const,
    takes: [side],
  })),
  {
    types: { x: f64(1, 1, 3, 3), p: f64(1, 2, 1) },
    at: { x: [1, 2, 4, -3, 5, 1, 2, -2, 7], p: [1, 1] },
    attributes: { axes: [linear('zero'), linear('zero')] },
    input: 'p',
    takes: ['right', 'right'],
  },
];

/** The same places for `splat`. */
export const splatKinks: readonly Kink<'x' | 'p', SplatAttributes>[] = places.map(([axis, at, side]) => ({
  types: { x: f64(1, 1, 1), p: f64(1, 1, 1) },
  at: { x: [2], p: [at] },
  attributes: { axes: [axis], size: [3] },
  input: 'p',
  takes: [side],
}));
