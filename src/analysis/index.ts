export { aliasingOf, type NodeAliasing } from './aliasing/aliasing-of.ts';
export { type AntialiasRow, antialiasTable } from './aliasing/antialias-table.ts';
export { type AliasedEnergy, aliasedEnergy, foldedBins } from './aliasing/folding.ts';
export { type NyquistReport, nyquistReport } from './aliasing/nyquist-report.ts';
export { type FilterResponse, type ResponseOptions, responseOf } from './aliasing/response-of.ts';
export { type ShiftConsistency, type ShiftOptions, shiftConsistency } from './aliasing/shift-consistency.ts';
export { spectrumOf } from './aliasing/spectrum-of.ts';
export { type AnimationOptions, animateArithmetic } from './arithmetic/animate-arithmetic.ts';
export {
  type Arithmetic,
  type ArithmeticAxis,
  type ArithmeticOptions,
  convArithmetic,
} from './arithmetic/conv-arithmetic.ts';
export { type CalibrationOptions, calibrateConvCost } from './calibrate-conv-cost.ts';
export { type Checkerboard, checkerboardIn } from './checkerboard/checkerboard-in.ts';
export { type CheckerboardOptions, checkerboardOf } from './checkerboard/checkerboard-of.ts';
export { coverageOf } from './checkerboard/coverage-of.ts';
export {
  type Alternatives,
  type HeadSize,
  headAlternatives,
  type SeparableSize,
  separableAlternatives,
} from './cost/alternatives.ts';
export { type CostReport, costOf, type NodeCost, type ParameterCount, type ScopeCost } from './cost/cost-of.ts';
export type { Cost, CostConvention } from './cost/node-cost.ts';
export {
  type Bell,
  type EffectiveField,
  type EffectiveFieldOptions,
  effectiveReceptiveField,
} from './field/effective-receptive-field.ts';
export type { Fraction } from './field/fraction.ts';
export { type AdvisedDilation, type GriddingAdvice, griddingAdvice } from './field/gridding-advice.ts';
export { pathCounts } from './field/path-counts.ts';
export type { Positions } from './field/positions.ts';
export {
  type AxisField,
  type FieldOfOptions,
  type FieldOptions,
  fieldOf,
  receptiveField,
} from './field/receptive-field.ts';
export { type CompiledMemory, compiledMemoryOf, type StepMemory } from './memory/compiled-memory-of.ts';
export { type MemoryNeeds, type MemoryOptions, memoryOf, type NotesMemory } from './memory/memory-of.ts';
export {
  type SizeAnswer,
  type SizeOperation,
  type SizeQuestion,
  sizeOperations,
  solveSize,
} from './solve/solve-size.ts';
export {
  type FieldTradeOff,
  type FieldTradeOffOptions,
  fieldStacks,
  fieldTradeOffs,
  type StackLayer,
  type Stacks,
} from './trade-offs/field-trade-offs.ts';
export { type StrideReportOptions, type StrideRow, strideReport } from './trade-offs/stride-report.ts';
