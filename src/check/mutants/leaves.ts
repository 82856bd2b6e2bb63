/** Where a leaf stands in plain data. */
export type Path = readonly (string | number)[];

/** All numbers, strings and booleans in plain data, with their paths. */
export function leavesOf(value: unknown, path: Path = []): (readonly [Path, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((child, i) => leavesOf(child, [...path, i]));
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

/** The data with one leaf replaced; undefined where it has no such leaf. */
export function withLeaf(value: unknown, [key, ...rest]: Path, replace: (leaf: unknown) => unknown): unknown {
  if (key === undefined) return typeof value === 'object' && value !== null ? undefined : replace(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  const changed = withLeaf((value as { readonly [key: string]: unknown })[key], rest, replace);
  if (changed === undefined) return undefined;
  if (Array.isArray(value)) return value.map((child, i) => (i === key ? changed : child));
  return { ...value, [key]: changed };
}
