import { isFloat } from '../../graph/dtype.ts';
import type { Rule } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { sameType } from '../../graph/type.ts';
import { onesLike } from '../../ops/vector-space.ts';
import { type Alternatives, attributeChanges } from './attribute-changes.ts';
import type { Mistake, Mutant } from './mutant.ts';
import { applyRule, ruleOf, type Trial } from './trial.ts';
import { watch } from './watch.ts';

/** What a rule could read wrongly: one value in place of another, a factor forgotten, an attribute off by one or forgotten. */
export function ruleMutants(trial: Trial, alternatives: Alternatives): Mutant[] {
  const rule = ruleOf(trial.op, trial.key)!;
  return [...wiringMutants(trial, rule), ...attributeMutants(trial, rule, alternatives)];
}

function wiringMutants(trial: Trial, rule: Rule<string, object>): Mutant[] {
  const types = { ...trial.inputs, y: trial.u, ct: trial.u };
  const names = Object.keys(types) as (keyof typeof types)[];
  const read = valuesRead(trial);
  const rewired = (
    mistake: Mistake,
    name: string,
    change: (values: { readonly [name: string]: Tensor }) => object,
  ): Mutant => ({
    kind: 'wiring',
    mistake,
    name,
    make: () => applyRule(trial, (values, attributes, key) => rule({ ...values, ...change(values) }, attributes, key)),
  });
  return names
    .filter((name) => read.has(name))
    .flatMap((p) => [
      ...(isFloat(types[p]!.dtype)
        ? [rewired('term', `${p} forgotten`, (values) => ({ [p]: onesLike(values[p]!) }))]
        : []),
      ...names.flatMap((q) => {
        if (p === q || !sameType(types[p]!, types[q]!)) return [];
        const replaced = rewired('operand', `${q} in place of ${p}`, (values) => ({ [p]: values[q] }));
        return q < p && read.has(q)
          ? [replaced]
          : [replaced, rewired('operand', `${p} and ${q} swapped`, (values) => ({ [p]: values[q], [q]: values[p] }))];
      }),
    ]);
}

function attributeMutants(trial: Trial, rule: Rule<string, object>, alternatives: Alternatives): Mutant[] {
  const read = attributesRead(trial);
  return attributeChanges(trial.op, trial.attributes, alternatives)
    .filter(({ attribute }) => read.has(attribute) && !isIrrelevant(trial, attribute))
    .map(({ attribute, mistake, name, attributes }) => ({
      kind: 'attribute',
      mistake,
      attribute,
      name,
      make: () => applyRule(trial, (values, _, key) => rule(values, attributes, key)),
    }));
}

const isIrrelevant = ({ op }: Trial, attribute: string): boolean =>
  (op.irrelevant as { readonly [name: string]: string } | undefined)?.[attribute] !== undefined;

/** The attributes that a rule looks at. */
export function attributesRead(trial: Trial): Set<string> {
  const [watched, read] = watch(trial.attributes);
  const rule = ruleOf(trial.op, trial.key)!;
  applyRule(trial, (values, _, key) => rule(values, watched, key));
  return read;
}

/** The inputs, y or ct that a rule looks at. */
function valuesRead(trial: Trial): Set<string> {
  const rule = ruleOf(trial.op, trial.key)!;
  let names = new Set<string>();
  applyRule(trial, (values, attributes, key) => {
    const [watched, read] = watch(values);
    names = read;
    return rule(watched, attributes, key);
  });
  return names;
}
