/** Whether two types are the same, not merely assignable to one another. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Fails to compile unless all are true. */
export type Expect<_T extends readonly true[]> = never;

/** The same for types of unexported values. */
export function expectTypes<_T extends readonly true[]>(): void {}
