import { fail } from '../graph/error.ts';
import type { Shape } from '../graph/shape.ts';
import { type Code, type Facts, wording } from './wording.ts';

/** Refuses sizes from inside an operator's inference, in the words that the compiler uses where it knows the sizes. */
export function refuse<C extends Code>(code: C, facts: Facts<C>, fix: string, ...details: readonly string[]): never {
  const byName: { readonly [name: string]: string | number | Shape } = facts;
  const sentence = wording[code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = byName[name]!;
    return typeof fact === 'object' ? `[${fact}]` : `${fact}`;
  });
  fail(code, sentence, fix, ...details);
}
