import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import type { OpTable } from '../../graph/op.ts';
import { attributeWords } from '../fuzz/attribute-words.ts';
import type { Outcome } from '../fuzz/campaign.ts';
import { Random } from '../random.ts';
import { checkRoundTrips } from '../round-trips.ts';
import { compareBackends } from './backends.ts';
import { differentiated, levelOf } from './derivatives.ts';
import { differentFrom, type Found, inWords } from './failure.ts';
import { type Grown, grow } from './grow.ts';
import { compareDerivatives } from './measured.ts';
import type { Part } from './part.ts';
import { comparePasses } from './passes.ts';
import { feedsFor } from './point.ts';
import type { RandomProgram } from './random-program.ts';
import { refusalBy, refusalOf } from './refusal.ts';

/** Functions of so many nodes are differentiated twice. */
const fewNodes = 25;
/** The share of values that may be as small as their bounds for a program to be proved. */
const mostOpen = 1 / 10;

export interface ProgramChecks {
  /** How often programs are differentiated. */
  readonly order: number;
  /** What a file may name. */
  readonly table: OpTable;
}

/** Everything of a program that its seed asks for. */
export function checkProgram(
  program: RandomProgram,
  parts: ReadonlyMap<string, Part>,
  { order, table }: ProgramChecks,
): Outcome {
  const { seed, distribution, dtype } = program;
  const grown = grow(program, parts, dtype);
  const covers = coversOf(program, grown);
  const random = new Random(seed, 'checks');
  const onceIn = (times: number, check: number): boolean => random.integer(check, 0, times - 1) === 0;
  const isSmall = order > 1 && grown.g.tensors.length <= fewNodes;

  const own = levelOf(grown);
  const first = order < 1 || onceIn(5, 0) ? undefined : differentiated(own, 1);
  const second = first !== undefined && isSmall && onceIn(3, 1) ? differentiated(first, 2) : undefined;
  const levels = [own, first, second].filter((level) => level !== undefined);
  const graph = grown.g.build(Object.assign({}, ...levels.map(({ results }) => results)));
  const feeds = feedsFor(levels.at(-1)!.leaves, distribution, seed);
  const refuted = (found: Found): Outcome => ({
    verdict: 'refuted',
    compared: 1,
    covers,
    failure: inWords(graph, feeds, found),
  });
  const inconclusive = (summary: string): Outcome => ({
    verdict: 'inconclusive',
    compared,
    covers,
    failure: inWords(graph, feeds, { summary }),
  });

  const refusal = refusalOf(graph, feeds);
  if (refusal !== undefined) {
    const other = refusalBy(graph, feeds);
    if (other === refusal) return { verdict: 'proved', compared: 1, covers };
    return refuted({ summary: `wasm: ${other ?? 'no refusal'} instead of ${refusal}` });
  }
  const mode = onceIn(4, 2) ? 'fastest' : 'exact';
  const threads = onceIn(4, 3) ? 2 + (seed % 2) : 1;
  const wasm = compareBackends(graph, feeds, { mode, threads, steps: onceIn(4, 8) });
  if (wasm.difference !== undefined) return refuted(differentFrom(wasm.where ?? 'wasm', wasm.difference));
  let { compared } = wasm;

  if (onceIn(3, 4)) {
    const passes = comparePasses(graph, feeds);
    if (passes.difference !== undefined) return refuted(differentFrom(passes.where ?? 'passes', passes.difference));
    compared += passes.compared;
  }
  if (onceIn(4, 5)) {
    const lost = lostInFiles(graph, table);
    if (lost !== undefined) return refuted(lost);
  }
  if (order > 0 && onceIn(2, 6)) {
    const result = compareDerivatives(program, parts, isSmall && onceIn(3, 7) ? 2 : 1);
    if (result !== undefined) {
      const { verdict, analytic, numeric, tolerance, inputs } = result;
      const summary = `the gradient gives ${analytic} along a line, differences ${numeric} ± ${tolerance}`;
      if (verdict === 'wrong') return refuted({ summary, details: [`in the inputs ${inputs.join(', ')} alone, too`] });
      if (verdict === 'inconclusive') return inconclusive(summary);
      compared++;
    }
  }
  if (wasm.open > compared * mostOpen && distribution !== 'edges')
    return inconclusive(`${wasm.open} of ${compared} values are smaller than their bounds`);
  return { verdict: 'proved', compared, covers };
}

function lostInFiles(graph: Graph, table: OpTable): Found | undefined {
  try {
    checkRoundTrips(graph, table);
    return undefined;
  } catch (error) {
    if (error instanceof CotangentError) return { summary: error.summary, details: error.details };
    throw error;
  }
}

const coversOf = ({ dtype }: RandomProgram, { taken }: Grown): string[] => [
  ...new Set(taken.map(({ part }) => part)),
  ...new Set(taken.flatMap(({ drawn }) => attributeWords(drawn.attributes))),
  dtype,
];
