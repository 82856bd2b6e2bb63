import { vjp } from '../../autodiff/vjp.ts';
import type { Arrays, Backend } from '../../backends/backend.ts';
import { reference } from '../../backends/reference/reference.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { isFloat } from '../../graph/dtype.ts';
import type { Graph } from '../../graph/graph.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { Tensor } from '../../graph/tensor.ts';
import { defaultDraw, drawPoint } from '../draw.ts';
import { Random } from '../random.ts';
import type { Equation, Side, Statement } from './law.ts';

/** The input that holds a side’s cotangent; no law has one of this name. */
const cotangent = 'cotangent';

/** The output that holds a side; gradients by an input are called `d` and its name. */
const value = 'value';

/** Where a statement is tried. */
export interface Place {
  readonly backend: Backend;
  readonly dtype: 'f64' | 'f32';
  readonly seed: number;
}

/** Two arrays that have to be equal, and by how much each element may be off. */
export interface Compared {
  readonly of: string;
  readonly left: NdArray;
  readonly right: NdArray;
  /** Per element; absent where equality is asked for. */
  readonly tolerance?: ArrayLike<number>;
}

/** What came of running both sides. */
export interface Comparison {
  readonly inputs: Arrays;
  readonly compared: readonly Compared[];
  /** The graphs that ran. */
  readonly graphs: readonly Graph[];
}

/** Runs both sides of every equation, and their gradients, at inputs drawn from the seed. */
export function compareSides(statement: Statement, { backend, dtype, seed }: Place): Comparison {
  const random = new Random(seed, 'law');
  const inputs: { [name: string]: NdArray } = {};
  for (const [name, { shape, dtype: own = dtype, draw }] of Object.entries(statement.inputs)) {
    const type = { shape, dtype: own };
    inputs[name] = drawPoint(type, draw ?? defaultDraw(type), random.fork(name));
  }
  const graphs: Graph[] = [];
  const run = (graph: Graph, feeds: Arrays): Arrays => {
    graphs.push(graph);
    return runOn(backend, graph, feeds);
  };
  const compared = equationsOf(statement, inputs).flatMap((first, k): Compared[] => {
    // A graph of its own for each: cotangents are of the equation’s type.
    const equation = k === 0 ? first : equationsOf(statement, inputs)[k]!;
    const { of = 'y', wrt = [], rounds = 0 } = equation;
    if (!(equation.left instanceof Tensor)) {
      const [left, right] = [numbersOf(equation.left, inputs), numbersOf(equation.right as Side, inputs)];
      return [{ of, left, right }];
    }
    const ct = drawPoint(equation.left, defaultDraw(equation.left), random.fork(`ct${k}`));
    const feeds = wrt.length === 0 ? inputs : { ...inputs, [cotangent]: ct };
    const graph = graphOf(equation.left, wrt);
    const left = run(graph, feeds);
    const right = rightOf(equation, graph, inputs, (other) => run(other, feeds), left[value]!);
    const bound = rounds === 0 ? undefined : boundsOf(statement, k, wrt, feeds, unitOf(dtype, rounds));
    return Object.keys(right).map((name) => ({
      of: name === value ? of : `d ${of} / ${name}`,
      left: left[name]!,
      right: right[name]!,
      ...(bound === undefined ? {} : { tolerance: bound[name]!.data }),
    }));
  });
  return { inputs, compared, graphs };
}

function rightOf(
  { right, wrt = [] }: Equation,
  graph: Graph,
  inputs: Arrays,
  run: (graph: Graph) => Arrays,
  like: NdArray,
): Arrays {
  if (right instanceof Tensor) return run(graphOf(right, wrt));
  if ('rewritten' in right) return run((right as { rewritten(graph: Graph): Graph }).rewritten(graph));
  const numbers = typeof right === 'function' ? right(inputs) : right;
  // As many numbers as there are: a wrong size is a finding.
  return { [value]: numbers.length === like.data.length ? array(like, numbers) : listOf(numbers) };
}

/** A fresh graph with the inputs declared, and the statement made in it. */
function equationsOf(statement: Statement, inputs: Arrays): readonly Equation[] {
  const g = new GraphBuilder();
  const leaves = Object.entries(inputs).map(([name, given]) => [name, g.input(name, given)] as const);
  return [statement.sides(Object.fromEntries(leaves), g)].flat();
}

/** A side with its gradients, by `d` and the names of the inputs they are for, for a cotangent that is one more input. */
function graphOf(y: Tensor, wrt: readonly string[]): Graph {
  const g = y.graph;
  if (wrt.length === 0) return g.build({ [value]: y });
  const leaves = wrt.map((name) => g.tensors.find(({ node }) => (node.attributes as { name?: string }).name === name)!);
  const gradients = vjp([y], leaves, [ctOf(y)]);
  return g.build({ [value]: y, ...Object.fromEntries(wrt.map((name, i) => [`d ${name}`, gradients[i]!])) });
}

/** Both sides are of one type, so one input serves both; it is declared once. */
function ctOf(y: Tensor): Tensor {
  const known = y.graph.tensors.find(({ node }) => (node.attributes as { name?: string }).name === cotangent);
  return known ?? y.graph.input(cotangent, y);
}

/** How far each element of a result and of its gradients may be off when so many units of roundings came together. */
function boundsOf(statement: Statement, k: number, wrt: readonly string[], feeds: Arrays, unit: number): Arrays {
  const magnitudes = Object.fromEntries(Object.entries(feeds).map(([name, given]) => [name, magnitudeOf(given)]));
  const { [cotangent]: _, ...inputs } = magnitudes;
  const equation = equationsOf(statement, inputs)[k]!;
  const size = equation.size ?? (equation.left as Tensor);
  const sizes = runOn(reference, graphOf(size, wrt), magnitudes);
  for (const { data } of Object.values(sizes)) for (let i = 0; i < data.length; i++) data[i] = data[i]! * unit;
  return sizes;
}

/** γ = n·u / (1 − n·u), u half the distance from 1 to the next number (Higham 2002, 3.1). */
function unitOf(dtype: 'f64' | 'f32', rounds: number): number {
  const u = rounds * (dtype === 'f64' ? 2 ** -53 : 2 ** -24);
  return u / (1 - u);
}

function magnitudeOf(given: NdArray): NdArray {
  if (!isFloat(given.dtype)) return given;
  return array({ dtype: 'f64', shape: given.shape }, Float64Array.from(given.data, Math.abs));
}

function runOn(backend: Backend, graph: Graph, feeds: Arrays): Arrays {
  const executable = backend.compile(graph);
  try {
    const used = Object.keys(graph.inputs);
    return executable.run(Object.fromEntries(used.map((name) => [name, feeds[name]!])));
  } finally {
    executable.close();
  }
}

const numbersOf = (side: Side, inputs: Arrays): NdArray =>
  listOf(typeof side === 'function' ? side(inputs) : (side as readonly number[]));

const listOf = (numbers: ArrayLike<number>): NdArray => array({ dtype: 'f64', shape: [numbers.length] }, numbers);
