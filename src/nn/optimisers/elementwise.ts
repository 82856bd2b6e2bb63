import { CotangentError } from '../../graph/error.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { i32, sameType, showType, type Type } from '../../graph/type.ts';
import { add, cast, mul } from '../../ops/index.ts';
import type { NamedTensors, Optimizer, StepResult, StepValues, Types } from './optimizer.ts';
import { zerosOf } from './zeros-of.ts';

/** One parameter's part of a step. All tensors have the parameter's dtype. */
export interface RuleInputs<K extends string> {
  /** The parameter's name. */
  readonly name: string;
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  /** The values kept from the step before, of the parameter's shape. */
  readonly slots: { readonly [k in K]: Tensor };
  /** The number of this step, from 1, a scalar. */
  readonly step: Tensor;
  /** A scalar. */
  readonly learningRate: Tensor;
}

export interface ElementwiseRule<K extends string> {
  readonly name: string;
  /** What is kept per parameter, with the value it starts from. */
  readonly slots: { readonly [k in K]: number };
  update(inputs: RuleInputs<K>): { readonly parameter: Tensor; readonly slots: { readonly [k in K]: Tensor } };
}

/**
 * An optimiser that treats every parameter alike and apart from the others. State `adam.first.down1.w` is slot `first`
 * of `down1.w`; `adam.step` counts the steps done, in i32.
 *
 * @throws CotangentError `optimizer/gradients` when a parameter has no gradient of its own type.
 */
export function elementwise<K extends string>(rule: ElementwiseRule<K>): Optimizer {
  const { name } = rule;
  const slotNames = Object.keys(rule.slots) as K[];
  const slotState = (slot: K, parameter: string): string => `${name}.${slot}.${parameter}`;
  const counter = `${name}.step`;

  const stateTypes = (parameterTypes: Types): { readonly [name: string]: Type } => {
    const types: { [name: string]: Type } = { [counter]: i32() };
    for (const slot of slotNames)
      for (const parameter in parameterTypes) types[slotState(slot, parameter)] = parameterTypes[parameter]!;
    return types;
  };

  const initialState: Optimizer['initialState'] = (parameterTypes) => {
    const zeros = zerosOf(stateTypes(parameterTypes));
    // Memory that nobody writes to takes none.
    for (const slot of slotNames)
      if (rule.slots[slot] !== 0)
        for (const parameter in parameterTypes) zeros[slotState(slot, parameter)]!.data.fill(rule.slots[slot]);
    return zeros;
  };

  const next = ({ parameters, gradients, state, learningRate, learningRates = {} }: StepValues): StepResult => {
    checkGradients(parameters, gradients);
    const nextParameters: { [name: string]: Tensor } = {};
    const count = add(state[counter]!, 1);
    const nextState: { [name: string]: Tensor } = { [counter]: count };
    for (const [key, parameter] of Object.entries(parameters)) {
      const slots = slotNames.map((slot) => [slot, state[slotState(slot, key)]!] as const);
      const result = rule.update({
        name: key,
        parameter,
        gradient: gradients[key]!,
        slots: Object.fromEntries(slots) as { [k in K]: Tensor },
        step: cast(count, parameter.dtype),
        learningRate: scaled(cast(learningRate, parameter.dtype), learningRates[key]),
      });
      nextParameters[key] = result.parameter;
      for (const slot of slotNames) nextState[slotState(slot, key)] = result.slots[slot];
    }
    return { parameters: nextParameters, state: nextState };
  };

  const step = (values: StepValues): StepResult => {
    const { graph } = values.learningRate;
    return graph.madeHere(() => graph.scope(name, () => next(values)));
  };

  return { name, stateTypes, initialState, step };
}

const scaled = (learningRate: Tensor, factor: number | undefined): Tensor =>
  factor === undefined ? learningRate : mul(learningRate, factor);

function checkGradients(parameters: NamedTensors, gradients: NamedTensors): void {
  const wrong = Object.keys(parameters).filter(
    (key) => !Object.hasOwn(gradients, key) || !sameType(parameters[key]!, gradients[key]!),
  );
  if (wrong.length === 0) return;
  throw new CotangentError({
    code: 'optimizer/gradients',
    summary: `${wrong.length} of ${Object.keys(parameters).length} parameters have no gradient of their own type`,
    details: wrong.slice(0, 8).map((key) => {
      const gradient = Object.hasOwn(gradients, key) ? showType(gradients[key]!) : 'none';
      return `${key} ${showType(parameters[key]!)}: ${gradient}`;
    }),
    fix: 'give the gradients of exactly these parameters, e.g. grad(loss, parameters).',
  });
}
