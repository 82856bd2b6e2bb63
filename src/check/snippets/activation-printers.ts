import type { CompositePrinters } from './printer.ts';

interface OfAxis {
  readonly axis: number;
}
interface Entropy {
  readonly labelSmoothing: number;
  readonly reduction: 'none' | 'mean' | 'sum';
}

const ofAxis = (name: string, torch: string, jax: string, tf: string): CompositePrinters<OfAxis> => ({
  cotangent: ({ axis }) => `${name}(x, ${axis})`,
  pytorch: ({ axis }) => `${torch}(x, ${axis})`,
  jax: ({ axis }) => `${jax}(x, ${axis})`,
  // tfjs takes the last axis only.
  tfjs: ({ axis }, { x }) => (axis === x!.shape.length - 1 ? `tf.${tf}(x)` : undefined),
});

const crossEntropy: CompositePrinters<Entropy> = {
  cotangent: (attributes) => `crossEntropy(logits, target, ${JSON.stringify(attributes)})`,
  pytorch: ({ labelSmoothing, reduction }) =>
    `F.cross_entropy(logits, target, label_smoothing=${labelSmoothing}, reduction='${reduction}')`,
};

const mse: CompositePrinters<{ readonly reduction: 'none' | 'mean' | 'sum' }> = {
  pytorch: ({ reduction }) => `F.mse_loss(prediction, target, reduction='${reduction}')`,
  jax: ({ reduction }) => `${reduction === 'none' ? '' : `jnp.${reduction}`}((prediction - target) ** 2)`,
  tfjs: ({ reduction }) =>
    reduction === 'none'
      ? 'tf.squaredDifference(prediction, target)'
      : `tf.${reduction}(tf.squaredDifference(prediction, target))`,
};

const unary = (name: string, torch: string, jax: string, tf: string): CompositePrinters => ({
  cotangent: () => `${name}(x)`,
  pytorch: () => `${torch}(x)`,
  jax: () => `${jax}(x)`,
  tfjs: () => `tf.${tf}(x)`,
});

/** Activations and losses. */
export const activationPrinters: { readonly [name: string]: CompositePrinters } = {
  softmax: ofAxis('softmax', 'F.softmax', 'jax.nn.softmax', 'softmax'),
  logSoftmax: ofAxis('logSoftmax', 'F.log_softmax', 'jax.nn.log_softmax', 'logSoftmax'),
  sigmoid: unary('sigmoid', 'torch.sigmoid', 'jax.nn.sigmoid', 'sigmoid'),
  softplus: unary('softplus', 'F.softplus', 'jax.nn.softplus', 'softplus'),
  crossEntropy,
  mse,
};
