import type * as FastCheck from 'fast-check';
import { GraphBuilder } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import { CotangentError } from '../graph/error.ts';
import { type AnyOp, type Case, ruleFor } from '../graph/op.ts';
import { degreeOf } from './subject.ts';

/**
 * Every float input has a rule and a degree, or says why it has no rule; a declared zero has a degree as well (0, which
 * is then proved, or its true one where the gradient is dropped by decree). Every case is legal, attributes are plain
 * data, the example can be built.
 *
 * @throws CotangentError `gradcheck/record`.
 */
export function checkRecord(op: AnyOp, fc: typeof FastCheck): void {
  const refuse = (summary: string, fix: string): never => {
    throw new CotangentError({ code: 'gradcheck/record', summary: `${op.name}: ${summary}`, fix });
  };
  const checkInput = (name: string): void => {
    const rule = ruleFor(op, name);
    const degree = degreeOf(op, name);
    if (typeof rule !== 'function' && rule.reason.trim() === '')
      refuse(`'${name}' is ${rule.kind} without a reason`, 'give the reason.');
    if (typeof rule === 'function' && degree === undefined)
      refuse(`'${name}' has a rule but no degree`, `declare degree.${name}: a polynomial degree or 'smooth'.`);
    if (typeof rule !== 'function' && rule.kind === 'zero' && degree === undefined)
      refuse(
        `'${name}' is declared zero but has no degree`,
        `declare degree.${name}: 0 where it does not move the result, its true degree where the gradient is dropped by decree.`,
      );
    if (typeof rule !== 'function' && rule.kind !== 'zero' && degree !== undefined)
      refuse(`'${name}' has a degree but is declared ${rule.kind}`, 'write the rule, or declare no degree.');
  };
  if (op.doc.trim() === '') refuse('it has no doc', 'say in one sentence what it computes.');
  const drawn: readonly Case<string, object>[] = fc.sample(fc.noBias(op.cases(fc)), { seed: 1, numRuns: 100 });
  for (const { types, attributes } of drawn) {
    const y = op.infer(types, attributes);
    for (const [name, { dtype }] of Object.entries(types)) if (isFloat(dtype) && isFloat(y.dtype)) checkInput(name);
    if (!isPlain(attributes))
      refuse('attributes are not plain data', 'use numbers, strings, booleans, lists, records.');
  }
  op.example(new GraphBuilder());
}

/** Numbers, strings, booleans and null, in lists and records. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return ['number', 'string', 'boolean', 'object'].includes(typeof value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isData = prototype === Object.prototype || prototype === Array.prototype || prototype === null;
  return isData && Object.values(value).every(isPlain);
}
