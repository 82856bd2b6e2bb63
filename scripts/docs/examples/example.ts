import type { GraphBuilder } from '../../../src/index.ts';

/** What a page shows, by name: tensors of the graph given, alone or named, or numbers for what makes no graph. */
export interface Examples {
  readonly [name: string]: (g: GraphBuilder) => unknown;
}
