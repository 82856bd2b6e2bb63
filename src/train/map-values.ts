/** The same keys, each value replaced by `f(value, key)`. */
export function mapValues<A, B>(
  record: { readonly [name: string]: A },
  f: (value: A, name: string) => B,
): { readonly [name: string]: B } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)]));
}
