import type { Tensor } from '../../../graph/tensor.ts';
import { flip } from '../../shape/flip.ts';
import { composite } from '../composite.ts';
import { type ConvOptions, checkConvRank, convNd } from '../conv-nd.ts';

/** Correlation with the kernel reversed along the last `rank` axes. */
export const convolveNd = (name: string, rank: number, x: Tensor, w: Tensor, options: ConvOptions): Tensor =>
  composite(name, { x, w, bias: options.bias }, () => {
    checkConvRank(x, w, rank);
    const spatial = w.shape.slice(2).map((_, i) => i + 2);
    return convNd(`conv${rank}d`, rank, x, flip(w, spatial), options);
  });
