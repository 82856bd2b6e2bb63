import type { NdArray } from '../../graph/nd-array.ts';
import { i32, type Type } from '../../graph/type.ts';
import { add, cast, div, mul, sub } from '../../ops/index.ts';
import { checkRange } from './check-range.ts';
import { forgotten } from './forgotten.ts';
import { mapTensors } from './map-tensors.ts';
import type { Optimizer, Types } from './optimizer.ts';
import { zerosOf } from './zeros-of.ts';

const counter = 'averaged.step';

/** The state that holds a parameter's average. */
const averageOf = (parameter: string): string => `averaged.mean.${parameter}`;

/**
 * The same optimiser, which keeps an average of each parameter over the steps so far as state `averaged.mean.down1.w`: each step
 * counts `decay` times as much as the next one. Averages of few steps lean to no beginning: after the first they are the parameter
 * itself (the newest has the share (1 − d) / (1 − dᵗ) of t steps).
 *
 * @throws CotangentError `optimizer/options` for a decay outside 0 … 1, 1 excluded.
 */
export function averaged(optimizer: Optimizer, decay: number): Optimizer {
  checkRange('averaged', { decay }, 0, 1);
  const ownTypes = (parameterTypes: Types): Types => ({
    [counter]: i32(),
    ...Object.fromEntries(
      Object.entries(parameterTypes).map(([name, type]): [string, Type] => [averageOf(name), type]),
    ),
  });
  return {
    name: optimizer.name,
    stateTypes: (parameterTypes) => ({ ...optimizer.stateTypes(parameterTypes), ...ownTypes(parameterTypes) }),
    initialState: (parameterTypes) => ({
      ...optimizer.initialState(parameterTypes),
      ...zerosOf(ownTypes(parameterTypes)),
    }),
    step: (values) => {
      const { state, learningRate } = values;
      const next = optimizer.step(values);
      return learningRate.graph.scope('averaged', () => {
        const count = add(state[counter]!, 1);
        const means = mapTensors(next.parameters, (parameter, name) => {
          const mean = state[averageOf(name)]!;
          const share = div(1 - decay, forgotten(decay, cast(count, parameter.dtype)));
          return add(mean, mul(sub(parameter, mean), share));
        });
        const kept = Object.fromEntries(Object.entries(means).map(([name, mean]) => [averageOf(name), mean]));
        return { ...next, state: { ...next.state, [counter]: count, ...kept } };
      });
    },
  };
}

/** The same values, those of averaged parameters replaced by their averages, once there are any: what a net is best used with. */
export function withAverages(kept: { readonly [name: string]: NdArray }): { readonly [name: string]: NdArray } {
  if ((kept[counter]?.item() ?? 0) === 0) return kept;
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, kept[averageOf(name)] ?? value]));
}
