import { array, type NdArray } from '../../graph/nd-array.ts';
import type { AnyOp } from '../../graph/op.ts';
import { sameType, type Type } from '../../graph/type.ts';
import { arrayChanges } from './array-changes.ts';
import { type Alternatives, attributeChanges } from './attribute-changes.ts';
import type { Changed } from './ledger.ts';
import type { Mistake } from './mutant.ts';

type Kernel = AnyOp['kernel'];
type Inputs = { readonly [name: string]: NdArray };

/** A kernel that computes something else than it should. */
export interface ForwardMutant {
  readonly kind: Changed;
  readonly mistake: Mistake;
  readonly name: string;
  readonly attribute?: string;
  readonly kernel: Kernel;
}

/** What a kernel could get wrong: its result, how it reads an input, an attribute. Inputs and attributes of one case. */
export function forwardMutants(
  op: AnyOp,
  types: { readonly [name: string]: Type },
  attributes: object,
  alternatives: Alternatives,
): ForwardMutant[] {
  const y = op.infer(types, attributes);
  return [
    ...arrayChanges(y).map(
      ({ mistake, name, apply }): ForwardMutant => ({
        kind: 'value',
        mistake,
        name: `y ${name}`,
        kernel: (inputs, attributes, y) => {
          op.kernel(inputs, attributes, y);
          y.data.set(apply(array(y, y.data)).data);
        },
      }),
    ),
    ...inputMutants(op, types),
    ...attributeChanges(op, attributes, alternatives).map(
      ({ attribute, mistake, name, attributes }): ForwardMutant => ({
        kind: 'value attribute',
        mistake,
        attribute,
        name,
        kernel: (inputs, _, y) => {
          // What inference refuses, a kernel never sees.
          op.infer(inputs, attributes);
          op.kernel(inputs, attributes, y);
        },
      }),
    ),
  ];
}

function inputMutants(op: AnyOp, types: { readonly [name: string]: Type }): ForwardMutant[] {
  const names = Object.keys(types);
  const rewired = (mistake: Mistake, name: string, change: (inputs: Inputs) => Inputs): ForwardMutant => ({
    kind: 'value of an input',
    mistake,
    name,
    kernel: (inputs, attributes, y) => op.kernel({ ...inputs, ...change(inputs) }, attributes, y),
  });
  return names.flatMap((p, i) => [
    ...arrayChanges(types[p]!).map(({ mistake, name, apply }) =>
      rewired(mistake, `${p} ${name}`, (inputs) => ({ [p]: apply(inputs[p]!) })),
    ),
    ...names
      .slice(i + 1)
      .filter((q) => op.commutative !== true && sameType(types[p]!, types[q]!))
      .map((q) => rewired('operand', `${p} and ${q} swapped`, (inputs) => ({ [p]: inputs[q]!, [q]: inputs[p]! }))),
    ...names
      .filter((q) => q !== p && sameType(types[p]!, types[q]!))
      .map((q) => rewired('operand', `${q} in place of ${p}`, (inputs) => ({ [p]: inputs[q]! }))),
  ]);
}
