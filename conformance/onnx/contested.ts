import type { OnnxCase } from '../cases/case.ts';

interface Contested {
  readonly reason: string;
  covers(one: OnnxCase): boolean;
}

/** Cases over whose expected numbers implementations differ, by the README of the case files. */
const contested: readonly Contested[] = [
  {
    reason:
      'Resize with align_corners and scales: the expected numbers use the unrounded length, some runtimes the rounded one',
    covers: ({ op, attributes, inputs }) =>
      op === 'Resize' && attributes.coordinate_transformation_mode === 'align_corners' && inputs[2] != null,
  },
  {
    reason:
      'MaxUnpool with output_shape: the indices speak of the shape without it, the result stands in the larger one',
    covers: ({ op, inputs }) => op === 'MaxUnpool' && inputs[2] != null,
  },
];

/** Why implementations differ over a case; undefined where they do not. */
export const contestedReason = (one: OnnxCase): string | undefined =>
  contested.find(({ covers }) => covers(one))?.reason;
