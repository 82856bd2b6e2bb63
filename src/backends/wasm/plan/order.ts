/**
 * Numbers 0 to `count` − 1 in an order in which each follows those that `before` names; otherwise as `rank` has them,
 * lowest first.
 */
export function ordered(
  indices: readonly number[],
  before: (i: number) => readonly number[],
  rank: (i: number) => number,
): number[] {
  const done = new Set<number>();
  for (const first of [...indices].sort((a, b) => rank(a) - rank(b))) {
    const pending = [first];
    for (let i = pending.at(-1); i !== undefined; i = pending.at(-1)) {
      const missing = done.has(i) ? [] : before(i).filter((k) => !done.has(k));
      if (missing.length > 0) pending.push(...missing.sort((a, b) => rank(b) - rank(a)));
      else done.add(pending.pop()!);
    }
  }
  return [...done];
}
