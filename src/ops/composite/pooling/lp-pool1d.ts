import { typed } from '../../typed.ts';
import { type LpPoolFunction, lpPoolNd } from './lp-pool-nd.ts';

/**
 * The p-norm of every window over the last axis of x, `pool(x) = (Σ|x|^p)^(1/p)` by ONNX's convention or PyTorch's
 * (operators.md 6). Where a derivative is one-sided or infinite, at zeros, it is taken as 0.
 *
 * @throws GraphError `pool/exponent`, `pool/window`, … when p or the sizes do not fit.
 */
export const lpPool1d: LpPoolFunction<1> = typed((x, options) => lpPoolNd('lpPool1d', 1, x, options));
