import type * as FastCheck from 'fast-check';
import type { Draw } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { concat, flip, transpose } from '../../ops/index.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Equation, type Law, law, type Statement, statement } from './law.ts';
import { totalSize } from './sizes.ts';
import { type SpatialSubject, spatialSubjects } from './spatial-subjects.ts';
import { type Planes, planesCase, shapeOf } from './windows.ts';

interface Symmetric extends Planes {
  readonly of: string;
}

const casesOf =
  (subjects: readonly SpatialSubject[]) =>
  (fc: typeof FastCheck): FastCheck.Arbitrary<Symmetric> =>
    fc
      .tuple(planesCase({ padding: 1 })(fc), fc.constantFrom(...subjects.map(({ of }) => of)))
      .map(([planes, of]) => ({ ...planes, of }));

const distinct: Draw = { kind: 'distinct', offset: -9 };

/** A statement about one of the subjects: `apply` is it at these planes. */
function about(
  c: Symmetric,
  sides: (apply: (x: Tensor, w: Tensor, axes?: Planes['axes']) => Tensor, x: Tensor, w: Tensor) => Equation,
): Statement {
  const subject = spatialSubjects.find(({ of }) => of === c.of)!;
  const { rounds = 0 } = subject;
  const kernel = c.axes.map((axis) => axis.kernel);
  return statement(
    { x: { shape: shapeOf(c), draw: distinct }, w: { shape: subject.weights?.(c.channels, kernel) ?? [1, 1, 1, 1] } },
    ({ x, w }) => {
      const equation = sides((t, v, axes = c.axes) => subject.apply(t, v, axes), x, w);
      const left = equation.left as Tensor;
      const wrt = subject.weights === undefined ? ['x'] : ['x', 'w'];
      return { of: c.of, wrt, ...equation, ...(rounds === 0 ? {} : { rounds, size: totalSize(x, left, 4) }) };
    },
  );
}

const opsOf = (subjects: readonly SpatialSubject[]): string[] => [...new Set(subjects.map(({ op }) => op))];
const perChannel = spatialSubjects.filter((subject) => subject.perChannel === true);

export const symmetryLaws: readonly Law[] = [
  law({
    name: 'symmetry: rows and columns',
    about: 'Exchanging height and width of planes, kernels and options exchanges them in the result.',
    ops: opsOf(spatialSubjects),
    cases: casesOf(spatialSubjects),
    state: (c) =>
      about(c, (apply, x, w) => {
        const turned = (t: Tensor): Tensor => transpose(t, [0, 1, 3, 2]);
        return { left: apply(turned(x), turned(w), c.axes.toReversed()), right: turned(apply(x, w)) };
      }),
  }),
  law({
    name: 'symmetry: order of a batch',
    about: 'Images in another order give results in that order.',
    ops: opsOf(spatialSubjects),
    cases: casesOf(spatialSubjects),
    state: (c) =>
      about({ ...c, batch: c.batch + 1 }, (apply, x, w) => ({
        left: apply(flip(x, 0) as Tensor, w),
        right: flip(apply(x, w), 0) as Tensor,
      })),
  }),
  law({
    name: 'symmetry: images alone',
    about: 'Images of a batch do not see each other (mmcv#1169).',
    ops: opsOf(spatialSubjects),
    cases: casesOf(spatialSubjects),
    state: (c) =>
      about({ ...c, batch: c.batch + 1 }, (apply, x, w) => {
        const alone = Array.from({ length: c.batch + 1 }, (_, n) => apply(sliceAlong(x, 0, n, n + 1), w));
        return { left: apply(x, w), right: concat(alone, 0) as Tensor };
      }),
  }),
  law({
    name: 'symmetry: order of channels',
    about: 'What treats channels alike gives them in the order they came.',
    ops: opsOf(perChannel),
    cases: casesOf(perChannel),
    state: (c) =>
      about(c, (apply, x, w) => {
        const turned = (t: Tensor): Tensor => flip(t, 1);
        return { left: apply(turned(x), w), right: turned(apply(x, w)) };
      }),
  }),
  law({
    name: 'symmetry: no images',
    about: 'An empty batch gives an empty result of the right size, and weights a gradient of zeros.',
    ops: opsOf(spatialSubjects),
    cases: casesOf(spatialSubjects),
    state: (c) =>
      about(c, (apply, x, w) => ({
        left: apply(sliceAlong(x, 0, 0, 0), w),
        right: sliceAlong(apply(x, w), 0, 0, 0),
      })),
  }),
];
