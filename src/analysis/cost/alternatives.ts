import { GraphBuilder } from '../../graph/builder.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { add, conv2d, depthwiseConv2d, globalPool, matmul, reshape } from '../../ops/index.ts';
import { type CostReport, costOf } from './cost-of.ts';

/** Two ways to the same sizes, and how many times as many parameters and multiply-adds the first one has. */
export interface Alternatives {
  readonly dense: CostReport;
  readonly sparse: CostReport;
  readonly parameterRatio: number;
  readonly macRatio: number;
}

/** The features that a head reads. */
export interface HeadSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly dtype?: FloatDType;
}

/**
 * Scores of classes by a fully-connected layer over all features (H·W·C·K + K parameters) against global average pooling
 * and a layer over channels (C·K + K): operators.md 7.
 */
export function headAlternatives({ channels, height, width, classes, dtype = 'f32' }: HeadSize): Alternatives {
  const scores = (g: GraphBuilder, features: Tensor): Tensor => {
    const w = g.parameter('w', { dtype, shape: [features.shape[1]!, classes] });
    return add(matmul(features, w), g.parameter('bias', { dtype, shape: [classes] }));
  };
  const type = { dtype, shape: [1, channels, height, width] };
  return against(
    (g) => scores(g, reshape(g.input('x', type), [1, channels * height * width])),
    (g) => scores(g, reshape(globalPool(g.input('x', type), { kind: 'avg' }), [1, channels])),
  );
}

/** A convolution layer without bias that keeps the size. */
export interface SeparableSize {
  readonly channels: number;
  readonly outputs: number;
  /** Side of the kernel, odd. */
  readonly kernel: number;
  readonly height: number;
  readonly width: number;
  readonly dtype?: FloatDType;
}

/**
 * A full convolution (k²·C·O parameters) against a depthwise and a pointwise one (k²·C + C·O): operators.md 20, 63, 65.
 * Without padding at the borders the ratio is k²·O / (k² + O).
 */
export function separableAlternatives(size: SeparableSize): Alternatives {
  const { channels, outputs, kernel, height, width, dtype = 'f32' } = size;
  const type = { dtype, shape: [1, channels, height, width] };
  const padding = Math.floor(kernel / 2);
  const weights = (g: GraphBuilder, name: string, ...shape: number[]): Tensor => g.parameter(name, { dtype, shape });
  return against(
    (g) => conv2d(g.input('x', type), weights(g, 'w', outputs, channels, kernel, kernel), { padding }),
    (g) => {
      const depthwise = weights(g, 'depthwise', channels, 1, kernel, kernel);
      const planes = depthwiseConv2d(g.input('x', type), depthwise, { padding });
      return conv2d(planes, weights(g, 'pointwise', outputs, channels, 1, 1));
    },
  );
}

function against(dense: (g: GraphBuilder) => Tensor, sparse: (g: GraphBuilder) => Tensor): Alternatives {
  const [a, b] = [dense, sparse].map((make) => {
    const g = new GraphBuilder();
    return costOf(g.build({ y: make(g) }));
  }) as [CostReport, CostReport];
  return {
    dense: a,
    sparse: b,
    parameterRatio: a.total.parameters.count / b.total.parameters.count,
    macRatio: a.total.macs / b.total.macs,
  };
}
