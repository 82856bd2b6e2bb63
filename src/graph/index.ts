export { describe, GraphBuilder, whereMade } from './builder.ts';
export { check } from './check.ts';
export { allocate, bytesPerElement, type DType, dtypes, type FloatDType, isFloat } from './dtype.ts';
export { CotangentError, type Fault, fail, GraphError } from './error.ts';
export { type Graph, liveIds, type Node, nodesById } from './graph.ts';
export type { Role } from './input.ts';
export { array, NdArray } from './nd-array.ts';
export {
  type AnyOp,
  type Case,
  type Degree,
  type Dict,
  type Draw,
  type Kink,
  type MultiplyAdds,
  missing,
  type NoGradient,
  nondiff,
  type Op,
  type Operand,
  type OpSpec,
  type OpTable,
  type Rule,
  type RuleValues,
  type Simpler,
  zero,
} from './op.ts';
export { type AxisReach, along, eachElement, type Reach, type WindowReach } from './reach.ts';
export { type Shape, sameShape, sizeOf, stridesOf } from './shape.ts';
export { Tensor } from './tensor.ts';
export { fromJson, type GraphJson, toJson } from './text/json.ts';
export { parse } from './text/parse.ts';
export { print, printNode } from './text/print.ts';
export {
  ancestors,
  components,
  cycles,
  descendants,
  path,
  topologicalOrder,
  topology,
  type View,
  type Wiring,
} from './topology.ts';
export { bool, f32, f64, i32, sameType, showType, type Type } from './type.ts';
