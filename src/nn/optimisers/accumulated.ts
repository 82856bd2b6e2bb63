import type { Tensor } from '../../graph/tensor.ts';
import { i32, type Type } from '../../graph/type.ts';
import { add, cast, div, equal, select } from '../../ops/index.ts';
import { mapTensors } from './map-tensors.ts';
import type { NamedTensors, Optimizer, Types } from './optimizer.ts';
import { refuseOption } from './refuse-option.ts';
import { zerosOf } from './zeros-of.ts';

const counter = 'accumulated.count';
const sumOf = (parameter: string): string => `accumulated.sum.${parameter}`;

/**
 * The same optimiser, which makes one step of every `batches` steps of the graph, from the mean of their gradients: for a loss that is
 * a mean over the batch, one step on a batch that is so many times as large, but for rounding. Steps in between change nothing but
 * the sums, which are state (`accumulated.sum.down1.w`) like any other, so that training can be taken up in between.
 *
 * @throws CotangentError `optimizer/options` for a number of batches that is not a whole number of at least 1.
 */
export function accumulated(optimizer: Optimizer, batches: number): Optimizer {
  if (!Number.isSafeInteger(batches) || batches < 1)
    refuseOption('accumulated', 'batches', batches, 'a whole number of at least 1');
  if (batches === 1) return optimizer;
  const ownTypes = (parameterTypes: Types): Types => ({
    [counter]: i32(),
    ...Object.fromEntries(Object.entries(parameterTypes).map(([name, type]): [string, Type] => [sumOf(name), type])),
  });
  return {
    name: optimizer.name,
    stateTypes: (parameterTypes) => ({ ...optimizer.stateTypes(parameterTypes), ...ownTypes(parameterTypes) }),
    initialState: (parameterTypes) => ({
      ...optimizer.initialState(parameterTypes),
      ...zerosOf(ownTypes(parameterTypes)),
    }),
    step: (values) => {
      const { parameters, gradients, state, learningRate } = values;
      const { graph } = learningRate;
      const { count, isFull, sums, means } = graph.scope('accumulated', () => {
        const count = add(state[counter]!, 1);
        const sums = mapTensors(gradients, (gradient, name) => add(state[sumOf(name)]!, gradient));
        const means = mapTensors(sums, (sum) => div(sum, batches));
        return { count, isFull: equal(count, batches), sums, means };
      });
      const next = optimizer.step({ ...values, gradients: means });
      const whenFull = (old: NamedTensors) => (value: Tensor, name: string) =>
        cast(select(isFull, value, old[name]!), value.dtype);
      return graph.scope('accumulated', () => ({
        ...next,
        parameters: mapTensors(next.parameters, whenFull(parameters)),
        state: {
          ...mapTensors(next.state, whenFull(state)),
          [counter]: cast(select(isFull, 0, count), 'i32'),
          ...Object.fromEntries(
            Object.entries(sums).map(([name, sum]) => [sumOf(name), cast(select(isFull, 0, sum), sum.dtype)]),
          ),
        },
      }));
    },
  };
}
