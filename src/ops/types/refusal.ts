import type { Code, Facts, wording } from '../wording.ts';

type Say<Sentence extends string, F> = Sentence extends `${infer Head}{${infer Name}}${infer Tail}`
  ? `${Head}${F[Name & keyof F] & (string | number)}${Say<Tail, F>}`
  : Sentence;

/** The text that a wrong size gets as its type: the first line of the error that the same sizes raise at run time. */
export type Refusal<C extends Code, F extends Facts<C>> =
  Say<(typeof wording)[C], F> extends infer Sentence extends string ? `${C}: ${Sentence}` : never;
