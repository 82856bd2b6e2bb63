import type { Validated } from '../validate.ts';

/** What a net costs, whatever it has learnt. */
export interface NetCosts {
  /** Numbers that are learnt. */
  readonly parameters: number;
  /** Multiply-adds to predict one of the images. */
  readonly macs: number;
  /** Bytes that this takes in the compiled backend, parameters included. */
  readonly memory: number;
}

/** A trained net, measured: all that a comparison shows of it. */
export interface MeasuredNet extends NetCosts {
  readonly name: string;
  /** It was trained for. */
  readonly steps: number;
  /** The median of the training steps, one thread. */
  readonly secondsPerStep: number;
  readonly scores: Validated;
  /** How much of a checkerboard it makes of flat images, from 0 to 1. */
  readonly checkerboard: number;
  /** Loss over finished steps. */
  readonly losses: readonly (readonly [step: number, loss: number])[];
  /** mIoU over finished steps. */
  readonly mious: readonly (readonly [step: number, miou: number])[];
  /** Of each held-back sample, its own mIoU and the most likely classes, row by row. */
  readonly samples: readonly {
    readonly name: string;
    readonly miou: number;
    readonly classes: Uint16Array;
  }[];
}

/** What came of a net: measured, refused or broken with a reason, or not finished. */
export type NetOutcome =
  | { readonly kind: 'measured'; readonly net: MeasuredNet }
  | { readonly kind: 'failed'; readonly name: string; readonly reason: string }
  | { readonly kind: 'interrupted'; readonly name: string };
