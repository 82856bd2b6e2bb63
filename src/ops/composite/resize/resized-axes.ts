import { fail } from '../../../graph/error.ts';
import { refuse } from '../../refuse.ts';
import { perAxis } from '../per-axis.ts';
import { realPerAxis } from '../real-per-axis.ts';
import type { ResizeOptions } from './resize-options.ts';
import type { Region, ResizedAxis } from './resize-positions.ts';

/**
 * How axes of the given lengths change.
 *
 * @throws CotangentError `resize/size` when nothing would be left, `resize/empty` for an axis of nothing,
 * `resize/options`, `option/axes` or `option/value` for options that do not fit.
 */
export function resizedAxes(lengths: readonly number[], options: ResizeOptions): ResizedAxis[] {
  const { size, scale, keepAspect = 'stretch', recompute = false, regions } = options;
  if ((size === undefined) === (scale === undefined))
    fail('resize/options', `${size === undefined ? 'neither' : 'both'} size and scale given`, 'give one of the two.');
  if (regions !== undefined) checkRegions(regions, lengths.length);
  const axes =
    size !== undefined
      ? sized(lengths, perAxis('size', size, lengths.length), keepAspect)
      : realPerAxis('scale', scale!, lengths.length, 0, true).map((factor, i) => ({
          ...scaled(lengths[i]!, factor, i),
          factor,
        }));
  return axes.map(({ count, factor }, i) => {
    const length = lengths[i]!;
    if (length < 1)
      fail(
        'resize/empty',
        `x has no elements along spatial axis ${i}`,
        'give every axis that is resized at least one element; others may be 0.',
      );
    return { length, count, factor: recompute ? undefined : factor, region: regions?.[i] };
  });
}

type Extent = Pick<ResizedAxis, 'count' | 'factor'>;

/** The sizes asked for, or the nearest ones of one factor, so that nothing is distorted. */
function sized(lengths: readonly number[], sizes: readonly number[], keep: string): readonly Extent[] {
  if (keep === 'stretch') return sizes.map((count) => ({ count }));
  const ratios = sizes.map((size, i) => size / lengths[i]!);
  if (keep !== 'not_larger' && keep !== 'not_smaller')
    fail('resize/options', `unknown keepAspect '${keep}'`, "use 'stretch', 'not_larger' or 'not_smaller'.");
  const factor = keep === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  return lengths.map((length, i) => {
    const count = Math.floor(length * factor + 0.5);
    if (count < 1) refuse('resize/size', { size: length, axis: i, scale: factor }, 'ask for a larger size.');
    return { count, factor };
  });
}

function scaled(size: number, scale: number, axis: number): Extent {
  const count = Math.floor(size * scale);
  if (count < 1) refuse('resize/size', { size, axis, scale }, 'scale by more, or give the size instead.');
  return { count };
}

function checkRegions(regions: readonly Region[], rank: number): void {
  if (regions.length !== rank)
    fail('option/axes', `regions has ${regions.length} values for ${rank} axes`, `give ${rank} pairs [start, end].`);
  for (const region of regions)
    if (region.length !== 2 || !region.every(Number.isFinite))
      fail('option/value', `a region is [${region}]`, 'give pairs [start, end] of numbers; [0, 1] is the whole axis.');
}
