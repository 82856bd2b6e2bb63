import type { LabCurve } from './system.ts';
import type { Taught } from './teach.ts';

/** How the mean square errors of nets fell while they were taught. */
export const trainingCurve = (nets: readonly { readonly name: string; readonly taught: Taught }[]): LabCurve => ({
  title: 'Training',
  x: 'step',
  y: 'mean square error',
  logarithmic: true,
  lines: nets.map(({ name, taught }) => ({ name, points: taught.losses })),
});
