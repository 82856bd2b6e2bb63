import { convUnit } from '../../nn/blocks/conv-unit.ts';
import { type Layer, layer, type Regions, roiHead } from '../../nn/index.ts';
import type { Image } from '../../nn/layers/image.ts';
import { shapeKinds } from '../../train/data/shapes/figure.ts';

/** How regions are read. */
export const poolings = ['align', 'pool'] as const;
export type Pooling = (typeof poolings)[number];

/** Images [N, 1, H, W] and boxes [K, 5] → scores and shifts of the boxes. */
export type RegionNet = (images: Image, boxes: Image) => Regions<number, number, 'f32'>;

/** Three convolutions down to a quarter of the image, and the head on their features: every feature stands for 4×4 pixels. */
export function regionNet(pooling: Pooling): Layer<RegionNet> {
  const stages = [
    convUnit({ in: 1, out: 8, dtype: 'f32' }),
    convUnit({ in: 8, out: 16, stride: 2, dtype: 'f32' }),
    convUnit({ in: 16, out: 24, stride: 2, dtype: 'f32' }),
  ];
  const head = roiHead({ in: 24, classes: shapeKinds.length, scale: 1 / 4, bins: 5, pooling, hidden: 48 });
  return layer({ stages, head }, ({ stages, head }): RegionNet => {
    return (images, boxes) => {
      const features = stages.reduce((y, stage) => stage(y), images);
      return head(features as never, boxes as never) as Regions<number, number, 'f32'>;
    };
  });
}
