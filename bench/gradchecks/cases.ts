import type { GraphOptions } from '../../src/check/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, type Type } from '../../src/graph/type.ts';
import { avgPool2d, conv2d, deformConv2d, maxPool2d } from '../../src/ops/index.ts';

/** A function whose gradients are checked, here and in PyTorch. */
export interface GradcheckCase {
  readonly name: string;
  /** In the order in which PyTorch takes them. */
  readonly types: { readonly [input: string]: Type };
  readonly f: (inputs: { readonly [input: string]: Tensor }) => Tensor;
  readonly options: GraphOptions;
  /** PyTorch's function by name, with its options. */
  readonly torch: { readonly op: string; readonly options: object };
}

const convolution = (
  name: string,
  [x, w]: readonly [Type, Type],
  options: {
    readonly stride?: number;
    readonly padding?: number;
    readonly dilation?: number;
    readonly groups?: number;
  },
): GradcheckCase => ({
  name,
  types: { x, w, bias: f64(w.shape[0]!) },
  f: (t) => conv2d(t.x!, t.w!, { bias: t.bias!, ...options }),
  options: { degree: { x: 1, w: 1, bias: 1 }, dyadic: true },
  torch: { op: 'conv2d', options },
});

const [image, window] = [f64(2, 3, 8, 9), f64(4, 3, 3, 3)];
const pooling = { kernel: 3, stride: 2, padding: 1 };

/** Convolutions, poolings and a deformable convolution, of the sizes that gradients are usually checked at. */
export const gradcheckCases: readonly GradcheckCase[] = [
  convolution('conv2d, padded', [f64(2, 3, 6, 7), window], { padding: 1 }),
  convolution('conv2d, stride 2', [image, window], { stride: 2, padding: 1 }),
  convolution('conv2d, dilated', [image, window], { dilation: 2, padding: 2 }),
  convolution('conv2d, groups', [f64(2, 4, 6, 7), f64(4, 2, 3, 3)], { groups: 2, padding: 1 }),
  {
    name: 'maxPool2d',
    types: { x: image },
    f: ({ x }) => maxPool2d(x!, pooling),
    options: { degree: { x: 1 }, dyadic: true, draw: { x: { kind: 'distinct' } } },
    torch: { op: 'max_pool2d', options: pooling },
  },
  {
    name: 'avgPool2d',
    types: { x: image },
    f: ({ x }) => avgPool2d(x!, pooling),
    options: { degree: { x: 1 } },
    torch: { op: 'avg_pool2d', options: pooling },
  },
  {
    name: 'deformConv2d, modulated',
    types: { x: f64(1, 2, 5, 6), offset: f64(1, 18, 5, 6), w: f64(3, 2, 3, 3), mask: f64(1, 9, 5, 6) },
    f: (t) => deformConv2d(t.x!, t.offset!, t.w!, { mask: t.mask!, padding: 1 }),
    options: { degree: { x: 1, offset: 2, w: 1, mask: 1 }, dyadic: true, draw: { offset: { kind: 'between' } } },
    torch: { op: 'deform_conv2d', options: { padding: 1 } },
  },
];
