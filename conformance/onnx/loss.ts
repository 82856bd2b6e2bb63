import { crossEntropy, logSoftmax, nll, type Tensor } from 'cotangent';
import type { OnnxAdapters } from './adapter.ts';
import type { OnnxNode } from './onnx-node.ts';

/** Losses over classes. */
export const loss: OnnxAdapters = {
  NegativeLogLikelihoodLoss: (node) => nll(node.x(0), node.x(1), options(node)),
  SoftmaxCrossEntropyLoss: (node) => [crossEntropy(node.x(0), node.x(1), options(node)), logSoftmax(node.x(0), 1)],
};

type Reduced = 'none' | 'mean' | 'sum';

const options = (node: OnnxNode) => ({
  reduction: node.text<Reduced>('reduction', 'mean'),
  ...(node.has(2) ? { weights: node.x(2) as Tensor } : {}),
  ...(node.sets('ignore_index') ? { ignoreIndex: node.int('ignore_index') } : {}),
});
