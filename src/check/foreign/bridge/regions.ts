import type { Tensor } from '../../../graph/tensor.ts';
import { deformConv2d, psRoiAlign, psRoiPool, roiAlign, roiPool } from '../../../ops/index.ts';
import { f64 } from '../foreign-operator.ts';
import { type BridgeOperator, bridged, real } from './bridged.ts';

interface Region {
  readonly outputSize: readonly [number, number];
  readonly samplingRatio?: number;
  readonly aligned?: boolean;
}

type Pooling = 'roiAlign' | 'roiPool' | 'psRoiAlign' | 'psRoiPool';

/** Boxes on quarters of elements: within the plane, or touching its border. */
const pooled = (op: Pooling, words: '' | 'border'): BridgeOperator =>
  bridged<Region>(
    op,
    words,
    (fc) =>
      fc
        .record({
          size: fc.tuple(fc.integer({ min: 4, max: 6 }), fc.integer({ min: 4, max: 6 })),
          bins: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
          low: fc.tuple(fc.nat(4), fc.nat(4)),
          extent: fc.tuple(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 4, max: 8 })),
        })
        .map(({ size, bins, low, extent }) => {
          const start = low.map((q) => q / 4);
          const end = size.map((d, i) => (words === 'border' ? d : Math.min(start[i]! + extent[i]! / 4, d - 1.5)));
          const channels = op.startsWith('ps') ? bins[0] * bins[1] : 1;
          const shape = [1, channels, ...size];
          const maximum = op === 'roiPool';
          return {
            inputs: {
              x: maximum ? real(shape, 1, { kind: 'distinct' }) : real(shape),
              boxes: f64([1, 5], { held: true, values: [0, start[1]!, start[0]!, end[1]!, end[0]!] }),
            },
            attributes: {
              outputSize: bins,
              ...(op.endsWith('Align') ? { samplingRatio: 2 } : {}),
              ...(op === 'roiAlign' ? { aligned: true } : {}),
            },
          };
        }),
    ({ x, boxes }, { outputSize, samplingRatio = 2, aligned = true }) => {
      switch (op) {
        case 'roiAlign':
          return roiAlign(x!, boxes!, { outputSize, samplingRatio, aligned }) as Tensor;
        case 'psRoiAlign':
          return psRoiAlign(x!, boxes!, { outputSize, samplingRatio }) as Tensor;
        case 'roiPool':
          return roiPool(x!, boxes!, { outputSize }) as Tensor;
        case 'psRoiPool':
          return psRoiPool(x!, boxes!, { outputSize }) as Tensor;
      }
    },
  );

interface Deforming {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

const deforming: BridgeOperator = bridged<Deforming>(
  'deformConv2d',
  '',
  (fc) => {
    const small = fc.integer({ min: 1, max: 2 });
    return fc
      .record({
        extra: fc.tuple(fc.nat(2), fc.nat(2)),
        kernel: fc.tuple(small, small),
        stride: fc.tuple(small, small),
        padding: fc.tuple(fc.nat(1), fc.nat(1)),
        dilation: fc.tuple(small, small),
        channels: fc.tuple(small, small, small),
      })
      .map(({ extra, kernel, stride, padding, dilation, channels: [batch, from, to] }) => {
        const size = kernel.map((k, i) => (k - 1) * dilation[i]! + 1 + extra[i]!);
        const out = kernel.map((_, i) => Math.floor((extra[i]! + 2 * padding[i]!) / stride[i]!) + 1);
        const taps = kernel[0] * kernel[1];
        return {
          inputs: {
            x: real([batch, from, ...size]),
            offset: real([batch, 2 * taps, ...out], 1, { kind: 'between' }),
            w: real([to, from, ...kernel]),
            mask: real([batch, taps, ...out]),
          },
          attributes: { stride, padding, dilation },
        };
      });
  },
  ({ x, offset, w, mask }, attributes) => deformConv2d(x!, offset!, w!, { ...attributes, mask: mask! }) as Tensor,
);

/** Pooling of regions, and deformable convolution. */
export const regions: readonly BridgeOperator[] = [
  ...(['roiAlign', 'roiPool', 'psRoiAlign', 'psRoiPool'] as const).flatMap((op) => [
    pooled(op, ''),
    pooled(op, 'border'),
  ]),
  deforming,
];
