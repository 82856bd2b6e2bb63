import { fail } from '../graph/error.ts';
import { type Code, type Facts, wording } from './wording.ts';

/** Refuses sizes from inside an operator's inference, in the words that the compiler uses where it knows the sizes. */
export function refuse<C extends Code>(code: C, facts: Facts<C>, fix: string, ...details: readonly string[]): never {
  const byName: { readonly [name: string]: string | number } = facts;
  const sentence = wording[code].replace(/\{(\w+)\}/g, (_, name: string) => String(byName[name]));
  fail(code, sentence, fix, ...details);
}
