import { f64 } from '../../../src/graph/type.ts';
import { type Layer, type Net, net, roiHead, type SppClassifierOptions, sppClassifier } from '../../../src/nn/index.ts';
import type { Image } from '../../../src/nn/layers/image.ts';
import { concat, constant } from '../../../src/ops/index.ts';
import type { TorchCase } from './cases.ts';

function sppOf(given: Partial<SppClassifierOptions>): Net {
  const options = {
    inChannels: 2,
    classes: 3,
    width: 2,
    depth: 1,
    levels: [1, 2, 3],
    kind: 'max',
    norm: 'none',
  } as const;
  const config: SppClassifierOptions = { ...options, ...given, dtype: 'f64' };
  return net('spp-classifier', config, sppClassifier<SppClassifierOptions>(config));
}

/** A head that reads boxes of its own: scores and shifts of each side by side. */
function roiOf(pooling: 'align' | 'pool'): Net {
  const options = { in: 2, classes: 3, scale: 0.5, bins: 3, pooling, samples: 2, hidden: 5, dtype: 'f64' } as const;
  const boxes = [
    [0, 1.25, 2.5, 9.75, 13],
    [1, 0, 0, 15, 11],
    [1, 6.5, 3.25, 12, 20],
    [0, 4, 4, 6, 5],
  ];
  const head = roiHead(options);
  const body: Layer<(x: Image) => Image> = {
    ...head,
    bind: (values) => (x) => {
      const { scores, shifts } = head.bind(values)(x as never, constant(x.graph, f64(4, 5), boxes.flat()));
      return concat([scores, shifts], 1);
    },
  };
  return net('roi-head', { ...options, boxes }, body);
}

/** Classifiers of images and of regions. */
export const classifierCases: readonly TorchCase[] = [
  { name: 'spp-classifier', net: sppOf({}), size: [9, 7], optimizer: 'adam' },
  {
    name: 'spp-classifier: means',
    net: sppOf({ kind: 'avg', norm: 'group', depth: 2, levels: [1, 4] }),
    size: [6, 13],
    optimizer: 'sgd',
  },
  { name: 'roi-head: align', net: roiOf('align'), size: [8, 11], optimizer: 'adam', loss: 'mean-square' },
  { name: 'roi-head: pool', net: roiOf('pool'), size: [8, 11], optimizer: 'adamw', loss: 'mean-square' },
];
