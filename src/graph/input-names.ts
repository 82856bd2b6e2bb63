import { isReservedKey } from './attributes.ts';
import { type AnyOp, stemOf } from './op.ts';

/**
 * What is wrong with the names of a node's inputs, or undefined. Inference only destructures what it knows and cannot
 * tell; the operator's rules can, since there is one per input, and `x0`, `x1`, … share the rule of `x`.
 */
export function inputNamesFault(
  op: AnyOp,
  names: readonly string[],
): { readonly summary: string; readonly fix: string } | undefined {
  const expected = Object.keys(op.vjp);
  const fix = expected.length === 0 ? 'give it no inputs.' : `give it ${expected.join(', ')}.`;
  for (const name of names) {
    if (isReservedKey(name) || !(Object.hasOwn(op.vjp, name) || Object.hasOwn(op.vjp, stemOf(name))))
      return { summary: `has no input '${name}'`, fix };
  }
  for (const key of expected) {
    const numbered = new Set(names.filter((name) => !Object.hasOwn(op.vjp, name) && stemOf(name) === key));
    const variadic = op.variadic?.includes(key) ?? false;
    if (names.includes(key) && (variadic || numbered.size > 0))
      return { summary: `has an input '${key}' without a number`, fix: `number it: ${key}0, ${key}1, ….` };
    if (!names.includes(key) && numbered.size === 0 && !variadic) return { summary: `lacks its input '${key}'`, fix };
    for (let i = 0; i < numbered.size; i++)
      if (!numbered.has(`${key}${i}`))
        return { summary: `lacks its input '${key}${i}'`, fix: `number them ${key}0, ${key}1, … without gaps.` };
  }
  return undefined;
}
