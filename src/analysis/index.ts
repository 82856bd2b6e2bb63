export { type CalibrationOptions, calibrateConvCost } from './calibrate-conv-cost.ts';
export {
  type Alternatives,
  type HeadSize,
  headAlternatives,
  type SeparableSize,
  separableAlternatives,
} from './cost/alternatives.ts';
export { type CostReport, costOf, type NodeCost, type ParameterCount, type ScopeCost } from './cost/cost-of.ts';
export type { Cost, CostConvention } from './cost/node-cost.ts';
export { frequencyResponse } from './frequency-response.ts';
