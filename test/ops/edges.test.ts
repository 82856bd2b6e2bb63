import { describe, expect, it } from 'vitest';
import { edges } from './edges/index.ts';
import { outcomeOf } from './edges/outcome-of.ts';

// Also shown in docs/operators.md, so that nobody has to guess.
describe.each(Object.entries(edges))('%s', (_, family) => {
  it.each(family.map((each) => [`${each.of}: ${each.edge}`, each] as const))('%s', (_, each) =>
    expect(outcomeOf(each)).toBe(each.gives),
  );
});
