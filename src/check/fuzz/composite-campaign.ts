import * as fc from 'fast-check';
import type { Arrays } from '../../backends/backend.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType, type Type } from '../../graph/type.ts';
import { constant } from '../../ops/index.ts';
import type { BridgeOperator } from '../foreign/bridge/bridged.ts';
import { bridgeOperators } from '../foreign/bridge/operators.ts';
import { checkExternal } from '../foreign/check-external.ts';
import type { ForeignCase } from '../foreign/foreign-operator.ts';
import { isHeld } from '../foreign/held.ts';
import { type OurAnswer, ourAnswer } from '../foreign/our-answer.ts';
import { gradcheck } from '../gradcheck.ts';
import { attributeWords } from './attribute-words.ts';
import type { Campaign, Outcome } from './campaign.ts';
import { outcomeOf } from './outcome-of.ts';

/** Functions of cotangent/ops that are made of several operators and are fuzzed by their own names and options. */
export const compositeNames: readonly string[] = [...new Set(bridgeOperators.map(({ op }) => op))];

/** One campaign for each variant of a composite: `maxPool2d`, `maxPool2d ceil`, `maxPool2d ties`. */
export const compositeCampaigns = (
  names: readonly string[],
  { order = 1 }: { readonly order?: number } = {},
): Campaign<ForeignCase>[] =>
  bridgeOperators
    .filter(({ op }) => names.includes(op))
    .map((operator) => ({
      name: operator.name,
      kind: 'operator',
      cases: operator.cases(fc),
      check: (drawn) => (drawn.kink === true ? checkTies(operator, drawn) : checkCase(operator, drawn, order)),
      show: showCase,
    }));

function checkCase(operator: BridgeOperator, drawn: ForeignCase, order: number): Outcome {
  const held = Object.entries(drawn.inputs).filter(([, { values }]) => values !== undefined);
  const drawnInputs = Object.entries(drawn.inputs).filter(([, { values }]) => values === undefined);
  const types: { [name: string]: Type } = Object.fromEntries(drawnInputs.map(([name, { type }]) => [name, type]));
  const covers = coversOf(operator, drawn);
  return outcomeOf(
    covers,
    gradcheck(
      (inputs, g) => {
        const constants = held.map(([name, { type, values }]) => [name, constant(g, type, values!)] as const);
        return operator.reference!({ ...inputs, ...Object.fromEntries<Tensor>(constants) }, drawn.attributes);
      },
      {
        name: operator.name,
        types,
        seed: drawn.seed,
        order,
        draw: Object.fromEntries(drawnInputs.flatMap(([name, { draw }]) => (draw ? [[name, draw]] : []))),
        degree: Object.fromEntries(drawnInputs.flatMap(([name, { degree }]) => (degree ? [[name, degree]] : []))),
      },
    ),
  );
}

/** At ties the gradient has to be a subgradient of what the function itself does. */
const checkTies = (operator: BridgeOperator, drawn: ForeignCase): Promise<Outcome> => {
  const names = Object.keys(drawn.inputs).filter((name) => !isHeld(drawn.inputs[name]!));
  const reference = (inputs: { readonly [name: string]: Tensor }): Tensor =>
    operator.reference!(inputs, drawn.attributes);
  const answer = (values: Arrays): OurAnswer => ourAnswer({ reference }, values, names)!;
  return checkExternal({
    name: operator.name,
    inputs: drawn.inputs,
    seed: drawn.seed,
    precision: 'f64',
    kink: true,
    covers: coversOf(operator, drawn),
    forward: (values) => answer(values).y,
    vjp: (values, ct) => answer(values).gradients(ct),
  });
};

const coversOf = ({ op }: BridgeOperator, { inputs, attributes, covers = [] }: ForeignCase): string[] => [
  op,
  ...covers,
  ...attributeWords(attributes),
  ...new Set(Object.values(inputs).map(({ type }) => type.dtype)),
];

/** `x f64[1,1,2,3]  {"kernel":[2,2]}  seed 7`. */
function showCase({ inputs, attributes, seed }: ForeignCase): string {
  const types = Object.entries(inputs).map(([name, { type }]) => `${name} ${showType(type)}`);
  return [...types, JSON.stringify(attributes), `seed ${seed}`].join('  ');
}
