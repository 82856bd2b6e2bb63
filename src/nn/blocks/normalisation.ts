import type { FloatDType } from '../../graph/dtype.ts';
import type { Layer } from '../layer.ts';
import { batchNormLayer } from '../layers/batch-norm-layer.ts';
import { groupNormLayer } from '../layers/group-norm-layer.ts';
import type { Image } from '../layers/image.ts';

/** What stands between a convolution and its ReLU. */
export type BlockNorm = 'none' | 'group' | 'batch';

/** The normalising layer that a name stands for; groups are the largest equal ones of at most eight. */
export function normalisation(
  norm: BlockNorm,
  channels: number,
  dtype: FloatDType,
): Layer<(x: Image) => Image> | undefined {
  if (norm === 'none') return undefined;
  return norm === 'batch'
    ? batchNormLayer({ channels, dtype })
    : groupNormLayer({ channels, groups: greatestCommonDivisor(channels, 8), dtype });
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
