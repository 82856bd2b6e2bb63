import { isFloat } from '../../graph/dtype.ts';
import { differentiated, type Level, levelOf } from './derivatives.ts';
import { grow, type Leaf } from './grow.ts';
import { compareNumerically, type NumericResult } from './numeric.ts';
import type { Part } from './part.ts';
import { feedsFor } from './point.ts';
import type { RandomProgram } from './random-program.ts';
import { refusalOf } from './refusal.ts';

/** As many points are tried where one is too near a kink, or roundings drown what there is to see. */
const mostPoints = 4;

/** The gradient of a program, or with order 2 that of its gradient, against differences in doubles. */
export function compareDerivatives(
  program: RandomProgram,
  parts: ReadonlyMap<string, Part>,
  order: 1 | 2,
): NumericResult | undefined {
  const own = levelOf(grow(program, parts, 'f64', true));
  const drawn = order === 1 ? own : differentiated(own, 1);
  if (drawn === undefined) return undefined;
  const level: Level = { ...drawn, leaves: drawn.leaves.map(offTies) };
  const graph = Object.values(level.results)[0]!.graph.build(level.results);
  let result: NumericResult | undefined;
  for (let k = 0; k < mostPoints; k++) {
    const seed = program.seed + 0x10000 * k;
    const feeds = feedsFor(level.leaves, 'reals', seed);
    if (refusalOf(graph, feeds) !== undefined) continue;
    result = compareNumerically(level, feeds, seed);
    if (result?.verdict !== 'inconclusive') break;
  }
  return result;
}

/** Whole numbers in place of floats are there for ties. */
const offTies = ({ tensor, draw }: Leaf): Leaf =>
  isFloat(tensor.dtype) && draw?.kind === 'integers' ? { tensor } : { tensor, ...(draw && { draw }) };
