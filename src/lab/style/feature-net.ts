import type { Arrays } from '../../backends/backend.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { initialValues, type NamedTensors, styleFeatures } from '../../nn/index.ts';
import { constant, mul, sub } from '../../ops/index.ts';

/** Features of one layer, before their ReLU. */
export type Features = Tensor<Shape, 'f32'>;

/** A net of features whose random weights are constants: only images learn. */
export interface FeatureNet {
  /** Features of an image [1, 3, H, W] in 0 … 1, from the finest layer to the coarsest. */
  features(image: Tensor): readonly Features[];
}

/** The net is part of the method, so that it is the same one whatever the images are. */
const netSeed = 5;

/** Makes the net. */
export function featureNet(): FeatureNet {
  const body = styleFeatures({ inChannels: 3, width: 16, depth: 3 });
  const weights: Arrays = initialValues(body, netSeed);
  const features = (image: Tensor): readonly Features[] => {
    const g = image.graph;
    const entries = Object.entries(weights).map(([name, value]) => [name, constant(g, value, value.data)] as const);
    // Centred, since the means of colours would outshine all else in the features of random weights.
    const centred = mul(sub(image, 0.5), 4) as Features;
    return body.bind(Object.fromEntries(entries) as NamedTensors)(centred);
  };
  return { features };
}
