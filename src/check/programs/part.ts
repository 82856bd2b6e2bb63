import * as fc from 'fast-check';
import { GraphBuilder } from '../../graph/builder.ts';
import type { AnyOp, Draw } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import type { BridgeOperator } from '../foreign/bridge/bridged.ts';

/** One geometry of a part: what its operands have to be like, and its attributes. */
export interface PartCase {
  readonly types: { readonly [name: string]: Type };
  readonly draw?: { readonly [name: string]: Draw | undefined };
  /** Operands that are given numbers, not results of other parts. */
  readonly values?: { readonly [name: string]: readonly number[] };
  readonly attributes: object;
}

/** What programs are made of: an operator, or a function made of several. */
export interface Part {
  readonly name: string;
  /** How often it is drawn, beside others. */
  readonly weight: number;
  /** Whether its gradient is not its derivative, on purpose. */
  readonly detaches: boolean;
  readonly cases: fc.Arbitrary<PartCase>;
  /** @throws CotangentError where operands do not fit. */
  infer(types: PartCase['types'], attributes: object): Type;
  emit(g: GraphBuilder, operands: { readonly [name: string]: Tensor }, attributes: object): Tensor;
}

export const operatorPart = (op: AnyOp): Part => ({
  name: op.name,
  weight: 3,
  detaches: Object.entries(op.degree).some(([name, degree]) => degree !== 0 && typeof op.vjp[name] !== 'function'),
  cases: op.cases(fc),
  infer: (types, attributes) => op.infer(types, attributes),
  emit: (g, operands, attributes) => g.emit(op, operands, attributes),
});

/** Functions of so many nodes leave no room for others. */
const mostNodes = 30;

/** The composites that fit into a program beside others. */
export const compositeParts = (operators: readonly BridgeOperator[]): Part[] =>
  operators.filter((operator) => operator.reference !== undefined && nodesIn(operator) <= mostNodes).map(compositePart);

function nodesIn(operator: BridgeOperator): number {
  const { cases, emit } = compositePart(operator);
  const [{ types, attributes }] = fc.sample(cases, { numRuns: 1, seed: 1 }) as [PartCase];
  const g = new GraphBuilder();
  const operands = Object.entries(types).map(([name, type]) => [name, g.input(name, type)] as const);
  emit(g, Object.fromEntries(operands), attributes);
  return g.tensors.length;
}

const compositePart = (operator: BridgeOperator): Part => {
  const emit: Part['emit'] = (_, operands, attributes) => operator.reference!(operands, attributes);
  return {
    name: operator.name,
    weight: 1,
    detaches: false,
    cases: operator.cases(fc).map(({ inputs, attributes }) => {
      const entries = Object.entries(inputs);
      return {
        types: Object.fromEntries(entries.map(([name, { type }]) => [name, type])),
        draw: Object.fromEntries(entries.map(([name, { draw }]) => [name, draw])),
        values: Object.fromEntries(entries.flatMap(([name, { values }]) => (values ? [[name, values]] : []))),
        attributes,
      };
    }),
    infer: (types, attributes) => {
      const g = new GraphBuilder();
      return g.madeHere(() => {
        const operands = Object.entries(types).map(([name, type]) => [name, g.input(name, type)] as const);
        return emit(g, Object.fromEntries(operands), attributes);
      });
    },
    emit,
  };
};
