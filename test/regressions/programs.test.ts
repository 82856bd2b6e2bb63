import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkGraph } from '../../src/check/programs/check-graph.ts';
import type { Distribution } from '../../src/check/programs/random-program.ts';
import { parse } from '../../src/graph/text/parse.ts';
import { ops } from '../../src/ops/index.ts';

// Graphs on which backends or passes once gave wrong numbers; found by random programs.
const folder = new URL('programs/', import.meta.url);

interface Regression {
  readonly was: string;
  readonly distribution: Distribution;
  readonly seed: number;
  readonly graph: readonly string[];
}

it.each(readdirSync(folder))('%s', (file) => {
  const { graph, distribution, seed } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Regression;
  expect(checkGraph(parse(graph.join('\n'), ops), distribution, seed)).toEqual([]);
});
