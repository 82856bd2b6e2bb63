import type { FloatDType } from '../../graph/dtype.ts';
import { concat, resize2d } from '../../ops/index.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';

interface ScoreHeadOptions {
  readonly in: number;
  /** Channels of the features of the images' size that are joined on; 0 for none. */
  readonly low: number;
  readonly classes: number;
  readonly norm: 'none' | 'group';
  readonly dtype: FloatDType;
}

/**
 * Scores of small features, enlarged linearly to the images' size; or, where features of that size are joined on, a 3×3
 * convolution of both and then scores, so that borders follow the image (Chen et al. 2018).
 */
export function scoreHead(options: ScoreHeadOptions): Layer<(small: Image, large: Image) => Image> {
  const { in: from, low, classes, norm, dtype } = options;
  const joined = 2 * low;
  const parts = {
    join: low === 0 ? undefined : convUnit({ in: from + low, out: joined, norm, dtype }),
    head: convLayer({ in: joined || from, out: classes, kernel: 1, initialise: glorotNormal(), dtype }),
  };
  return layer(parts, ({ join, head }) => (small, large) => {
    const enlarge = (y: Image): Image => resize2d(y, { size: large.shape.slice(2), mode: 'linear' }) as Image;
    if (join === undefined) return enlarge(head(small) as Image);
    return head(join(concat([enlarge(small), large], 1) as Image)) as Image;
  });
}
