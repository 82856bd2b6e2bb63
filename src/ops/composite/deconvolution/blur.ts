import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { convNd } from '../conv-nd.ts';
import { convTransposeNd } from '../conv-transpose-nd.ts';
import { type Paddings, resolvePadding } from '../padding.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';

/** How y was made of x, as options of a convolution say. */
export interface BlurOptions {
  /** Default 1. */
  readonly stride?: PerAxis;
  /** Zeros around x; default 0. */
  readonly padding?: Paddings;
  /** Default 1. */
  readonly dilation?: PerAxis;
  /** Spatial size of x; default the least that makes a y of its size. */
  readonly size?: Shape;
}

/** A linear map and its adjoint. */
export interface Blur {
  /** The shape of what is mapped. */
  readonly shape: Shape;
  forward(x: Tensor): Tensor;
  adjoint(y: Tensor): Tensor;
}

/** The convolution by w that made y, as a map of x. */
export function blurOf(y: Tensor, w: Tensor, options: BlurOptions): Blur {
  const rank = w.shape.length - 2;
  const stride = perAxis('stride', options.stride ?? 1, rank);
  const dilation = perAxis('dilation', options.dilation ?? 1, rank);
  const padding = resolvePadding(
    options.padding ?? 0,
    stride.map((s, i) => ({ length: y.shape[i + 2]!, window: w.shape[i + 2]!, stride: s, dilation: dilation[i]! })),
  );
  const least = stride.map((s, i) => {
    const [lo, hi] = padding[i]!;
    return (y.shape[i + 2]! - 1) * s + (w.shape[i + 2]! - 1) * dilation[i]! + 1 - lo - hi;
  });
  const size = options.size ?? least;
  const outputPadding = size.map((length, i) => length - least[i]!);
  return {
    shape: [y.shape[0]!, w.shape[1]!, ...size],
    forward: (x) => convNd(`conv${rank}d`, rank, x, w, { stride, padding, dilation }),
    adjoint: (y) => convTransposeNd(`convTranspose${rank}d`, rank, y, w, { stride, padding, dilation, outputPadding }),
  };
}
