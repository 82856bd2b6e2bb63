import type { NdArray } from '../../graph/nd-array.ts';
import type { Mode } from '../gradcheck-error.ts';
import type { Pullback, Scheme } from '../schemes/scheme.ts';
import { schemes } from '../schemes/schemes.ts';
import type { Trial } from './trial.ts';

/** Says of a claimed gradient whether it is right. */
export interface Judge {
  readonly name: string;
  /** Whether it is one of our own ways. */
  readonly own: boolean;
  /** What it needs to know of a trial is measured once. Undefined where it has nothing to say. */
  on(trial: Trial): Accepts | undefined;
}

/** A claim: the pullback, and what it gives for the trial's cotangent. */
type Accepts = (pull: Pullback, gradient: NdArray) => boolean;

const modeJudge = (mode: Mode): Judge => ({
  name: mode,
  own: true,
  on: (trial) => (_, gradient) => trial.agrees(gradient, mode),
});

const adjointJudge: Judge = {
  name: 'adjoint',
  own: true,
  on: ({ adjoint }) => adjoint && ((_, gradient) => adjoint(gradient)),
};

const schemeJudge = ({ name, measure }: Scheme): Judge => ({ name, own: false, on: (trial) => measure(trial) });

/** Values beside those of another implementation: asked where kernels are changed, not rules. */
export const valuesJudge: Judge = { name: 'values', own: true, on: () => undefined };

/** The strictest of our modes alone: what proofs ask. */
export const strictest: readonly Judge[] = [modeJudge('exact')];

/** Ours in every mode, then the others'. */
export const allJudges: readonly Judge[] = [
  ...strictest,
  modeJudge('bounded'),
  modeJudge('smooth'),
  adjointJudge,
  ...schemes.map(schemeJudge),
];

/** All of our own ways. */
export const ownJudges: readonly Judge[] = [...allJudges.filter(({ own }) => own), valuesJudge];
