import type { Arrays, Backend } from '../../backends/backend.ts';
import { reference } from '../../backends/reference/reference.ts';
import { wasmWith } from '../../backends/wasm/wasm.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import { print } from '../../graph/text/print.ts';
import { ops } from '../../ops/index.ts';
import { bridgeOperators } from '../foreign/bridge/operators.ts';
import { attributeWords } from '../fuzz/attribute-words.ts';
import type { Campaign, Outcome } from '../fuzz/campaign.ts';
import { Random } from '../random.ts';
import { checkRoundTrips } from '../round-trips.ts';
import { compareBackends } from './backends.ts';
import { differentiated, type Level, levelOf } from './derivatives.ts';
import type { Difference } from './difference.ts';
import { type Grown, grow } from './grow.ts';
import { compareNumerically, type NumericResult } from './numeric.ts';
import { compositeParts, operatorPart, type Part } from './part.ts';
import { comparePasses } from './passes.ts';
import { pointFor } from './point.ts';
import { type Distribution, programsOf, type RandomProgram } from './random-program.ts';

export interface ProgramCampaignOptions {
  /** How often programs are differentiated; 2 unless given. */
  readonly order?: number;
}

/**
 * Random programs over all operators and many functions made of them. Which of the checks a program gets follows from its
 * seed: every one the compiled backend, others one of passes, round trips, threads, differences and second derivatives.
 */
export function programCampaign({ order = 2 }: ProgramCampaignOptions = {}): Campaign<RandomProgram> {
  const parts = [...Object.values(ops).map(operatorPart), ...compositeParts(bridgeOperators)];
  const byName = new Map(parts.map((part) => [part.name, part]));
  return {
    name: 'programs',
    kind: 'program',
    cases: programsOf(parts),
    check: (program) => checkProgram(program, byName, order),
    show: ({ steps, seed, distribution, dtype }) =>
      `${steps.map(({ part }) => part).join(' → ')}  ${dtype}  ${distribution}  seed ${seed}`,
  };
}

export const stages: { [name: string]: { ms: number; n: number } } = {};
function timed<T>(name: string, f: () => T): T {
  const from = performance.now();
  const r = f();
  stages[name] ??= { ms: 0, n: 0 };
  stages[name].ms += performance.now() - from;
  stages[name].n++;
  return r;
}

function checkProgram(program: RandomProgram, parts: ReadonlyMap<string, Part>, order: number): Outcome {
  const grown = timed('grow', () => grow(program, parts, program.dtype));
  const covers = coversOf(program, grown);
  const random = new Random(program.seed, 'checks');
  const sometimes = (k: number, once: number): boolean => random.integer(k, 0, once - 1) === 0;
  const small = grown.g.tensors.length <= 20;
  const first = timed('vjp', () => (sometimes(0, 5) ? undefined : differentiated(levelOf(grown), 1)));
  const second =
    first !== undefined && order > 1 && small && sometimes(1, 4)
      ? timed('vjp2', () => differentiated(first, 2))
      : undefined;
  const levels = [levelOf(grown), first, second].filter((level) => level !== undefined);
  const graph = timed('build', () => grown.g.build(Object.assign({}, ...levels.map(({ results }) => results))));
  const feeds = feedsFor(levels.at(-1)!, program.distribution, program.seed);
  const mode = sometimes(2, 4) ? 'fastest' : 'exact';
  const threads = sometimes(3, 4) ? 2 + (program.seed % 2) : 1;
  const refusal = refusalOf(graph, feeds);
  if (refusal !== undefined) return refusedAlike(covers, graph, feeds, refusal);
  const wasm = timed('backends', () => compareBackends(graph, feeds, { mode, threads }));
  let { compared, open } = wasm;
  if (wasm.difference !== undefined) return refuted(covers, graph, wasm.difference, wasm.where ?? 'wasm');
  if (sometimes(4, 3)) {
    const passes = timed('passes', () => comparePasses(graph, feeds));
    if (passes.difference !== undefined) return refuted(covers, graph, passes.difference, passes.where!);
    compared += passes.compared;
  }
  if (sometimes(5, 4)) timed('round trips', () => checkRoundTrips(graph, ops));
  if (sometimes(6, 2) && program.distribution !== 'edges') {
    const numeric = timed('numeric', () => derivative(program, parts, small && order > 1 && sometimes(7, 3)));
    if (numeric !== undefined) {
      const { verdict, analytic, numeric: measured, tolerance, inputs } = numeric;
      const words = `the gradient gives ${analytic} along a line, differences ${measured} ± ${tolerance}`;
      if (verdict === 'wrong')
        return {
          verdict: 'refuted',
          compared,
          covers,
          failure: { summary: words, details: [`inputs ${inputs.join(', ')}`, ...textOf(graph)] },
        };
      if (verdict === 'inconclusive')
        return { verdict: 'inconclusive', compared, covers, failure: { summary: words, details: textOf(graph) } };
      compared++;
    }
  }
  if (open > compared / 100 && program.distribution !== 'edges')
    return {
      verdict: 'inconclusive',
      compared,
      covers,
      failure: { summary: `${open} of ${compared} values are smaller than their bounds`, details: textOf(graph) },
    };
  return { verdict: 'proved', compared, covers };
}

/** What the definition says to values that no operator takes. */
function refusalOf(graph: Graph, feeds: Arrays, backend: Backend = reference): string | undefined {
  try {
    backend.compile(graph).run(feeds);
    return undefined;
  } catch (error) {
    if (error instanceof CotangentError) return error.code;
    throw error;
  }
}

/** What the definition refuses has to be refused by all. */
function refusedAlike(covers: readonly string[], graph: Graph, feeds: Arrays, refusal: string): Outcome {
  const code = refusalOf(graph, feeds, single);
  if (code === refusal) return { verdict: 'proved', compared: 1, covers };
  const summary = `wasm: ${code ?? 'no refusal'} instead of ${refusal}`;
  return { verdict: 'refuted', compared: 1, covers, failure: { summary, details: textOf(graph) } };
}

const single = wasmWith({ threads: 1 });

/** As many points are tried where one is too near a kink, or roundings drown what there is to see. */
const mostPoints = 4;

/** The gradient, or that of the gradient, against differences. */
function derivative(
  program: RandomProgram,
  parts: ReadonlyMap<string, Part>,
  ofGradient: boolean,
): NumericResult | undefined {
  const grown = levelOf(grow(program, parts, 'f64', true));
  const level = ofGradient ? differentiated(grown, 1) : grown;
  if (level === undefined) return undefined;
  const graph = Object.values(level.results)[0]!.graph.build(level.results);
  let result: NumericResult | undefined;
  for (let k = 0; k < mostPoints; k++) {
    const seed = program.seed + 0x10000 * k;
    const feeds = feedsFor(level, 'reals', seed);
    if (refusalOf(graph, feeds) !== undefined) continue;
    result = compareNumerically(level, feeds, seed);
    if (result?.verdict !== 'inconclusive') break;
  }
  return result;
}

function refuted(covers: readonly string[], graph: Graph, difference: Difference, where: string): Outcome {
  const { node, details, compared } = difference;
  return {
    verdict: 'refuted',
    compared: 1,
    covers,
    failure: {
      summary: `${where}: ${node === undefined ? '' : `${node.op.name}: `}${difference.value} instead of ${difference.expected}`,
      details: [...details, ...textOf(graph)],
      ...(compared && { compared }),
    },
  };
}

const textOf = (graph: Graph): string[] => print(graph).split('\n');

const feedsFor = ({ leaves }: Level, distribution: Distribution, seed: number): Arrays =>
  Object.fromEntries(
    leaves.map(({ tensor, draw }) => {
      const { name } = tensor.node.attributes as { name: string };
      return [name, pointFor(name, tensor, draw, distribution, seed)];
    }),
  );

const coversOf = (program: RandomProgram, { parts, taken }: Grown): string[] => [
  ...parts,
  ...new Set(taken.flatMap(({ drawn }) => attributeWords(drawn.attributes))),
  program.dtype,
];
