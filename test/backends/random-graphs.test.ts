import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vjp } from '../../src/autodiff/vjp.ts';
import { type Backend, compile, reference, wasmWith } from '../../src/backends/index.ts';
import { drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import type { FloatDType } from '../../src/graph/dtype.ts';
import { array, type Graph, GraphBuilder, type NdArray, sizeOf, type Tensor } from '../../src/graph/index.ts';
import { inputAttributes, isInput } from '../../src/graph/input.ts';
import { inTurn } from './in-turn.ts';
import { exactMoves, type Move, mostElements, type Pick, smoothMoves } from './random-moves.ts';

/** As many nodes has a function; its gradients have several times as many. */
const mostNodes = 60;

interface Program {
  /** The same function with its gradients, in either precision. */
  readonly graph: { readonly [D in FloatDType]: Graph };
  readonly seed: number;
}

interface Recipe {
  readonly shape: readonly number[];
  readonly steps: readonly (readonly [string, Pick])[];
}

/** A function of images, and the gradients for all its inputs of what its latest results are paired with. */
function graphOf({ shape, steps }: Recipe, moves: { readonly [name: string]: Move }, dtype: FloatDType): Graph {
  const g = new GraphBuilder();
  const made: Tensor[] = [g.input('x', { dtype, shape })];
  for (const [move, pick] of steps) {
    if (g.tensors.length > mostNodes) break;
    const next = moves[move]!(g, made, pick);
    if (next !== undefined && sizeOf(next.shape) <= mostElements) made.push(next);
  }
  const results = made.slice(-2);
  const leaves = g.tensors.filter(({ node }) => isInput(node));
  const cotangents = results.map((y, k) => g.input(`ct${k}`, y));
  const gradients = vjp(results, leaves, cotangents);
  const named = (name: string, list: readonly Tensor[]) => list.map((t, k) => [`${name}${k}`, t] as const);
  return g.build(Object.fromEntries([...named('y', results), ...named('d', gradients)]));
}

const programs = (moves: { readonly [name: string]: Move }): fc.Arbitrary<Program> =>
  fc
    .record({
      shape: fc.tuple(
        fc.integer({ min: 1, max: 2 }),
        fc.constantFrom(1, 2, 3, 4),
        fc.constantFrom(2, 3, 4, 5, 8),
        fc.constantFrom(2, 3, 4, 7, 9),
      ),
      steps: fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60))), {
        minLength: 2,
        maxLength: 24,
      }),
      seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    })
    .map(({ seed, ...recipe }) => ({
      graph: { f32: graphOf(recipe, moves, 'f32'), f64: graphOf(recipe, moves, 'f64') },
      seed,
    }));

/** Small whole numbers; positions stay off the places where sampling has kinks. */
function drawn(graph: Graph, seed: number): { readonly [name: string]: NdArray } {
  const inputs = graph.nodes.filter(isInput).map((node) => [inputAttributes(node).name, node.type] as const);
  return Object.fromEntries(
    inputs.map(([name, type]) => {
      const draw = name.startsWith('p')
        ? ({ kind: 'between' } as const)
        : ({ kind: 'integers', low: -2, high: 2 } as const);
      return [name, drawPoint(type, draw, new Random(seed, name))];
    }),
  );
}

const run = (graph: Graph, seed: number, backend: Backend): NdArray[] =>
  Object.values(compile(graph, { backend }).run(drawn(graph, seed)));

const compiled = wasmWith({ threads: 1, exact: true });
/** Also with algorithms that round what need not be rounded. */
const fastest = wasmWith({ threads: 1 });

function firstDifference(ours: readonly NdArray[], theirs: readonly NdArray[]): string | undefined {
  for (const [k, { data }] of theirs.entries())
    for (let i = 0; i < data.length; i++)
      if (ours[k]!.data[i] !== data[i] && !Object.is(ours[k]!.data[i], data[i]))
        return `result ${k}, element ${i}: ${ours[k]!.data[i]} instead of ${data[i]}`;
  return undefined;
}

/** The greatest difference of every result's elements, and how large they are. */
const distances = (ours: readonly NdArray[], theirs: readonly NdArray[]): number[] =>
  theirs.map(({ data }, k) => {
    let most = 0;
    for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(ours[k]!.data[i]! - data[i]!));
    return most;
  });
const sizes = (values: readonly NdArray[]): number[] =>
  distances(
    values.map((value) => array(value)),
    values,
  );

/**
 * How far results may be from the reference in float64. Rounding errors are measured: what float32 costs the reference
 * is what the graph makes of roundings, of which a backend may make some times as many.
 */
function bounds({ graph, seed }: Program, exact: readonly NdArray[], times: number): { [D in FloatDType]: number[] } {
  const single = distances(run(graph.f32, seed, reference), exact);
  const f32 = sizes(exact).map((size, k) => times * (single[k]! + 4 * 2 ** -24 * Math.max(1, size)));
  return { f32, f64: f32.map((bound) => bound * 2 ** -29) };
}

function expectWithin(
  ours: readonly NdArray[],
  theirs: readonly NdArray[],
  bound: readonly number[],
  where: string,
): void {
  for (const [k, distance] of distances(ours, theirs).entries())
    if (!(distance <= bound[k]!)) expect.fail(`${where}: result ${k} is ${distance} off, the bound is ${bound[k]}`);
}

const settings = { numRuns: Number(process.env.CASES ?? 60), seed: Number(process.env.SEED ?? 1) };

describe(`random functions of up to ${mostNodes} nodes with their gradients`, () => {
  it('equal reference bit for bit where numbers are exact', () => {
    let exact = 0;
    fc.assert(
      fc.property(programs(exactMoves), ({ graph, seed }) => {
        const expected = run(graph.f64, seed, reference);
        const single = run(graph.f32, seed, reference);
        expect(firstDifference(run(graph.f64, seed, compiled), expected)).toBeUndefined();
        // Where float32 does not suffice, nothing is said of it here.
        if (firstDifference(single, expected) !== undefined) return;
        exact++;
        expect(firstDifference(run(graph.f32, seed, compiled), expected)).toBeUndefined();
      }),
      settings,
    );
    expect(exact).toBeGreaterThan(settings.numRuns / 2);
  });

  it('agree with reference within the bound of their roundings', () => {
    fc.assert(
      fc.property(programs(smoothMoves), (program) => {
        const { graph, seed } = program;
        const expected = run(graph.f64, seed, reference);
        const bound = bounds(program, expected, 32);
        for (const dtype of ['f64', 'f32'] as const)
          for (const [name, backend] of Object.entries({ compiled, fastest }))
            expectWithin(run(graph[dtype], seed, backend), expected, bound[dtype], `${dtype}, ${name}`);
      }),
      settings,
    );
  });

  it.each(['f32', 'f64'] as const)('give the same bits on 1, 2 and 3 threads in %s', (dtype) => {
    fc.assert(
      fc.property(programs({ ...exactMoves, ...smoothMoves }), ({ graph, seed }) => {
        const feeds = drawn(graph[dtype], seed);
        const alone = inTurn(graph[dtype], feeds, 1);
        for (const threads of [2, 3])
          expect(firstDifference(inTurn(graph[dtype], feeds, threads), alone)).toBeUndefined();
      }),
      { ...settings, numRuns: Math.ceil(settings.numRuns / 3) },
    );
  });
});
