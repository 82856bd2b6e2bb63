import {
  accumulated,
  adagrad,
  adam,
  adamw,
  averaged,
  clipped,
  decayWeights,
  type Optimizer,
  rmsprop,
  sgd,
  tensorNorm,
  type WeightDecay,
} from '../nn/index.ts';
import { guarded } from './guarded.ts';
import type { Regime } from './regime.ts';

/**
 * The optimiser of a run. Besides the parameters its step puts out `gradientNorm`, the length of the gradient (of the mean over
 * accumulated batches, before it is clipped), and `parameterNorm`, that of what the parameters would become.
 */
export function optimizerOf(regime: Regime): Optimizer {
  const { clip, ema, accumulate = 1 } = regime;
  const chosen = chosenBy(regime);
  const short = clip === undefined ? chosen : clipped(chosen, clip);
  const mean = ema === undefined ? short : averaged(short, ema);
  return guarded(accumulated(measured(mean), accumulate));
}

function chosenBy({ optimizer, momentum, nesterov = false, weightDecay, decay = 'weights' }: Regime): Optimizer {
  const own: { weightDecay?: WeightDecay } =
    weightDecay === undefined ? {} : { weightDecay: decay === 'all' ? weightDecay : decayWeights(weightDecay) };
  switch (optimizer) {
    case 'adam':
      return adam(own);
    case 'adamw':
      return adamw(own);
    case 'sgd':
      return sgd({ momentum: momentum ?? 0.9, nesterov, ...own });
    case 'rmsprop':
      return rmsprop({ momentum: momentum ?? 0, ...own });
    case 'adagrad':
      return adagrad(own);
  }
}

/** The same optimiser, which puts out the length of its gradients. */
const measured = (optimizer: Optimizer): Optimizer => ({
  ...optimizer,
  step: (values) => {
    const gradientNorm = tensorNorm(values.gradients);
    const next = optimizer.step(values);
    return { ...next, outputs: { ...next.outputs, gradientNorm } };
  },
});
