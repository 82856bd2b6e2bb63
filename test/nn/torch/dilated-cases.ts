import {
  type DeepLabOptions,
  type DeformableUNetOptions,
  type DrnOptions,
  deeplab,
  deformableUnet,
  drn,
  multiScale,
  type PspNetOptions,
  pspnet,
} from '../../../src/nn/index.ts';
import type { TorchCase } from './cases.ts';

const data = { inChannels: 2, classes: 3, width: 2, dtype: 'f64' } as const;
const deeplabOf = (options: Partial<DeepLabOptions>) => deeplab<DeepLabOptions>({ ...data, ...options });
const pspnetOf = (options: Partial<PspNetOptions>) => pspnet<PspNetOptions>({ ...data, ...options });
const drnOf = (options: Partial<DrnOptions>) => drn<DrnOptions>({ ...data, ...options });
const bent = (options: Partial<DeformableUNetOptions>) =>
  deformableUnet<DeformableUNetOptions>({ ...data, ...options });

/** Nets that widen their view by dilation, or bend it. */
export const dilatedCases: readonly TorchCase[] = [
  { name: 'deeplab', net: deeplabOf({ norm: 'group' }), size: [11, 14], optimizer: 'adam' },
  {
    name: 'deeplab: as in the notes, stride 8, no skip',
    net: deeplabOf({ preset: 'seed', rates: [1, 2], outputStride: 8, skip: 'none', depth: 1 }),
    size: [17, 20],
    optimizer: 'sgd',
  },
  { name: 'pspnet', net: pspnetOf({ norm: 'group' }), size: [13, 18], optimizer: 'adamw' },
  {
    name: 'pspnet: other grids, stride 2',
    net: pspnetOf({ bins: [2, 5], outputStride: 2, depth: 1 }),
    size: [7, 6],
    optimizer: 'adam',
  },
  {
    name: 'multi-scale',
    net: multiScale({ ...data, norm: 'group' }),
    size: [19, 16],
    optimizer: 'adam',
  },
  { name: 'drn', net: drnOf({ norm: 'group' }), size: [16, 23], optimizer: 'adam' },
  { name: 'drn-hdc', net: drnOf({ rates: 'hybrid', depth: 4 }), size: [15, 12], optimizer: 'sgd' },
  { name: 'deformable-unet', net: bent({ depth: 2, deformable: 2, norm: 'group' }), size: [9, 14], optimizer: 'adam' },
  {
    name: 'deformable-unet-v1',
    net: bent({ depth: 2, version: 1, offsetLearningRate: 0.5 }),
    size: [12, 8],
    optimizer: 'sgd',
  },
];
