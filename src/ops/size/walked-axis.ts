import { type PaddingOption, type Pair, resolvePadding } from '../composite/padding.ts';
import { checkStep } from '../window/step.ts';

/** One axis and what walks along it, as the size rules take it. */
export interface WalkedAxis {
  /** Elements of the axis. */
  readonly length: number;
  /** Taps of the kernel. */
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number;
  /** Distance of the taps; default 1. */
  readonly dilation?: number;
}

/** Elements before and after, one number for both, or a rule for them. */
export type AxisPadding = number | Pair | Extract<PaddingOption, string>;

/** The axis with its defaults filled in; refuses what is no whole number of at least 1. */
export function walkedAxis({ length, kernel, stride = 1, dilation = 1 }: WalkedAxis): Required<WalkedAxis> {
  for (const [name, value] of Object.entries({ length, kernel, stride, dilation })) checkStep(name, value);
  return { length, kernel, stride, dilation };
}

/** Padding of one axis written out. */
export function axisPadding(option: AxisPadding, axis: Required<WalkedAxis>): Pair {
  const { length, kernel: window, stride, dilation } = axis;
  const all = typeof option === 'object' ? [option] : option;
  return resolvePadding(all, [{ length, window, stride, dilation }])[0]!;
}
