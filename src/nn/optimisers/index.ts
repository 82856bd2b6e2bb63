export { type AdagradOptions, adagrad } from './adagrad.ts';
export { type AdamOptions, adam, adamw } from './adam.ts';
export { type ElementwiseRule, elementwise, type RuleInputs } from './elementwise.ts';
export type { NamedTensors, Optimizer, StepResult, StepValues, Types } from './optimizer.ts';
export { type RmspropOptions, rmsprop } from './rmsprop.ts';
export { type SgdOptions, sgd } from './sgd.ts';
