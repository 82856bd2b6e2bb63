import { fail } from '../../graph/error.ts';
import { extent } from '../window/extent.ts';

/** Elements before and after an axis. */
export type Pair = readonly [lo: number, hi: number];

/** One number for both ends of all spatial axes, or per axis a number for both ends or a pair. */
export type Paddings = number | readonly (number | Pair)[];

/**
 * Paddings, or a rule for them: `valid` none; `full` every overlap of window and input counts; `same-upper` and
 * `same-lower` give ⌈length / stride⌉ positions, an odd element standing at the high or the low end, `same-strict` the
 * same but refuses an odd one (operators.md 14, 61).
 */
export type PaddingOption = Paddings | 'valid' | 'full' | 'same-upper' | 'same-lower' | 'same-strict';

/** What padding rules depend on. */
export interface PaddedAxis {
  readonly length: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
}

/** Padding written out as a pair per spatial axis. Negative ones cut elements off. */
export function paddingPairs(option: Paddings, rank: number): Pair[] {
  const values = typeof option === 'number' ? new Array<number>(rank).fill(option) : option;
  if (!Array.isArray(values)) return refuse(option);
  if (values.length !== rank)
    fail(
      'option/axes',
      `padding has ${values.length} values for ${rank} spatial axes`,
      `give one number, ${rank} numbers, or ${rank} pairs [low, high], outermost axis first.`,
    );
  return values.map((value: number | Pair): Pair => {
    const [lo, hi, more]: readonly (number | undefined)[] = typeof value === 'number' ? [value, value] : value;
    if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hi) || more !== undefined) refuse(value);
    return [lo!, hi!];
  });
}

/** Padding written out, rules resolved for the axes given. */
export function resolvePadding(option: PaddingOption, axes: readonly PaddedAxis[]): Pair[] {
  if (typeof option !== 'string') return paddingPairs(option, axes.length);
  return axes.map(({ length, window, stride, dilation }, axis): Pair => {
    const span = extent(window, dilation);
    switch (option) {
      case 'valid':
        return [0, 0];
      case 'full':
        return [span - 1, span - 1];
      case 'same-upper':
      case 'same-lower':
      case 'same-strict': {
        const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + span - length);
        if (option === 'same-strict' && total % 2 !== 0)
          fail(
            'option/fraction',
            `same padding along spatial axis ${axis} is ${total} elements, ${total / 2} on each side`,
            "use 'same-upper' or 'same-lower', which put the odd element at one end, or another kernel or stride.",
          );
        const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
        return option === 'same-lower' ? [more, less] : [less, more];
      }
      default:
        return refuse(option);
    }
  });
}

const refuse = (value: unknown): never =>
  fail(
    'option/padding',
    `${JSON.stringify(value) ?? String(value)} is not a padding`,
    "give whole numbers, pairs [low, high], or one of 'valid', 'full', 'same-upper', 'same-lower', 'same-strict'.",
  );
