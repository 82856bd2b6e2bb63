import { activation } from './activation.ts';
import type { Adapters } from './adapter.ts';
import { convolution } from './convolution.ts';
import { indexing } from './indexing.ts';
import { linear } from './linear.ts';
import { loss } from './loss.ts';
import { movement } from './movement.ts';
import { normalisation } from './normalisation.ts';
import { pointwise } from './pointwise.ts';
import { pooling } from './pooling.ts';
import { reduce } from './reduce.ts';
import { resampling } from './resampling.ts';
import { spectral } from './spectral.ts';
import { warp } from './warp.ts';

/**
 * PyTorch's functions in terms of ours, by PyTorch's names: what `npm run conformance` and test/conformance/torch.test.ts run,
 * also the nodes of the compositions.
 *
 * To add one: a line in the file of its family,
 *
 *     sinh: unary(sinh),                                                        // names agree, one tensor
 *     atan2: binary(atan2),                                                     // two tensors `input`, `other`
 *     lp_pool2d: ({ input }, { norm_type, kernel_size, stride, ceil_mode }) => ({
 *       output: lpPool2d(input, { kernel: kernel_size, p: norm_type, ceil: ceil_mode, ...given({ stride }) }),
 *     }),
 *
 * `inputs` are tensors under PyTorch's argument names (lists: `listed(inputs, 'tensors')`), `attributes` the rest; the
 * result names the outputs as PyTorch does, in PyTorch's order. Cover all of PyTorch's options: other cases than the given
 * ones are run too. Where the library lacks something call `unsupported('what')`. A new family is a file and a line here.
 * Gradients, Hessian products, dtypes and tolerances are none of an adapter's business.
 */
export const torchFunctions: Adapters = {
  ...activation,
  ...convolution,
  ...indexing,
  ...linear,
  ...loss,
  ...movement,
  ...normalisation,
  ...pointwise,
  ...pooling,
  ...reduce,
  ...resampling,
  ...spectral,
  ...warp,
};
