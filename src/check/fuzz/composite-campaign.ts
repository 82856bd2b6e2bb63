import * as fc from 'fast-check';
import type { Arrays } from '../../backends/backend.ts';
import { array } from '../../graph/nd-array.ts';
import type { Degree } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType, type Type } from '../../graph/type.ts';
import { constant } from '../../ops/index.ts';
import { defaultDraw } from '../draw.ts';
import type { BridgeOperator } from '../foreign/bridge/bridged.ts';
import { bridgeOperators } from '../foreign/bridge/operators.ts';
import { checkExternal } from '../foreign/check-external.ts';
import type { ExternalInput } from '../foreign/external.ts';
import type { ForeignCase } from '../foreign/foreign-operator.ts';
import { isHeld } from '../foreign/held.ts';
import { type OurAnswer, ourAnswer } from '../foreign/our-answer.ts';
import { gradcheck } from '../gradcheck.ts';
import { pointOf } from '../snippets/point-of.ts';
import { compositeSnippets } from '../snippets/snippets-of.ts';
import { activationComposites } from './activation-composites.ts';
import { attributeWords } from './attribute-words.ts';
import type { Campaign, Failure, Outcome, Snippet } from './campaign.ts';
import { outcomeOf } from './outcome-of.ts';

/** Functions of cotangent/ops in their variants, with how they are drawn. */
export const composites: readonly BridgeOperator[] = [...bridgeOperators, ...activationComposites];

/** Functions of cotangent/ops that are made of several operators and are fuzzed by their own names and options. */
export const compositeNames: readonly string[] = [...new Set(composites.map(({ op }) => op))];

/** One campaign for each variant of a composite: `maxPool2d`, `maxPool2d ceil`, `maxPool2d ties`. */
export const compositeCampaigns = (
  names: readonly string[],
  { order = 1 }: { readonly order?: number } = {},
): Campaign<ForeignCase>[] =>
  composites
    .filter(({ op }) => names.includes(op))
    .map((operator) => ({
      name: operator.name,
      kind: 'operator',
      cases: operator.cases(fc),
      check: (drawn) => (drawn.kink === true ? checkTies(operator, drawn) : checkCase(operator, drawn, order)),
      show: showCase,
    }));

function checkCase(operator: BridgeOperator, drawn: ForeignCase, order: number): Outcome {
  const { name, op, reference } = operator;
  const { inputs, attributes, seed, condition = 1 } = drawn;
  const held = Object.entries(inputs).filter(([, { values }]) => values !== undefined);
  const free = Object.entries(inputs).filter(([, { values }]) => values === undefined);
  const build = (given: { readonly [name: string]: Tensor }): Tensor => reference!(given, attributes);
  const report = gradcheck(
    (given, g) => {
      const constants = held.map(([name, { type, values }]) => [name, constant(g, type, values!)] as const);
      return build({ ...given, ...Object.fromEntries<Tensor>(constants) });
    },
    {
      name,
      types: Object.fromEntries<Type>(free.map(([input, { type }]) => [input, type])),
      seed,
      order,
      condition,
      draw: Object.fromEntries(free.flatMap(([input, { draw }]) => (draw ? [[input, draw]] : []))),
      degree: Object.fromEntries(free.map(([input, one]) => [input, degreeOf(one)])),
    },
  );
  return outcomeOf(coversOf(op, drawn), report, (failure) => snippetsFor(operator, drawn, failure));
}

/** Positions have a degree along each axis; when both axes of a plane are moved at once, it is twice that. */
const degreeOf = ({ degree = 'smooth', draw }: ExternalInput): Degree => {
  if (degree === 'smooth' || draw?.kind !== 'between') return degree;
  return 2 * degree <= 4 ? 2 * degree : 'smooth';
};

/** A case of a composite as code. */
export function snippetsFor({ op, reference }: BridgeOperator, drawn: ForeignCase, failure?: Failure): Snippet[] {
  const { inputs, attributes, seed } = drawn;
  const wrt = Object.keys(inputs).filter((name) => !isHeld(inputs[name]!));
  const build = (given: { readonly [name: string]: Tensor }): Tensor => reference!(given, attributes);
  return compositeSnippets(op, build, { values: valuesOf(drawn), attributes, wrt, seed }, failure);
}

/** All inputs, those that are held as well. */
function valuesOf({ inputs, seed }: ForeignCase): Arrays {
  const operands = Object.entries(inputs).map(([name, { type, draw = defaultDraw(type) }]) => ({ name, type, draw }));
  const drawn = Object.entries(pointOf(operands, seed));
  return Object.fromEntries(
    drawn.map(([name, value]) => {
      const { values } = inputs[name]!;
      return [name, values === undefined ? value : array(value, values)];
    }),
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
    covers: coversOf(operator.op, drawn),
    forward: (values) => answer(values).y,
    vjp: (values, ct) => answer(values).gradients(ct),
  });
};

const coversOf = (op: string, { inputs, attributes, covers = [] }: ForeignCase): string[] => [
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
