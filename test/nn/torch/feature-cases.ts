import { audioNet, layer, type Net, net, styleFeatures } from '../../../src/nn/index.ts';
import { concat, upsample } from '../../../src/ops/index.ts';
import type { TorchCase } from './cases.ts';

/** A net of sound, and features for style of all layers on one another. */
function styleNet(): Net {
  const options = { inChannels: 2, width: 2, depth: 2, dtype: 'f64' } as const;
  const body = layer({ features: styleFeatures(options) }, ({ features }) => (x: Parameters<typeof features>[0]) => {
    const all = features(x);
    return concat(
      all.map((one) => upsample(one, x.shape[2]! / one.shape[2]!)),
      1,
    );
  });
  return net('style-features', options, body as never);
}

/** Nets of the laboratory that score no pixels. */
export const featureCases: readonly TorchCase[] = [
  {
    name: 'audio',
    net: audioNet({ inChannels: 2, outputs: 3, width: 4, taps: 3, rates: [1, 2, 4], depth: 2, dtype: 'f64' }),
    size: [23],
    optimizer: 'adam',
  },
  { name: 'style-features', net: styleNet(), size: [8, 12], optimizer: 'sgd', loss: 'mean-square' },
];
