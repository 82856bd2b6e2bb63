import type { Arrays } from '../../backends/backend.ts';
import { isFloat } from '../../graph/dtype.ts';
import { type Graph, type Node, nodesById } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { ancestors } from '../../graph/topology.ts';
import { f64 } from '../../graph/type.ts';
import { evaluate } from '../field/evaluate.ts';
import { aliasedEnergy } from './folding.ts';
import { responseOf } from './response-of.ts';

/** A node that makes planes smaller, and what that does to fine detail. */
export interface NodeAliasing {
  readonly id: string;
  readonly op: string;
  readonly scope: string | undefined;
  /** How many times smaller rows and columns get. */
  readonly factor: readonly [rows: number, columns: number];
  /**
   * The share of white noise's energy in the result that was above the new limit: what is aliased. Undefined where the node is not linear in the
   * planes, as maxima are: measure those by {@link shiftConsistency}.
   */
  readonly aliased: number | undefined;
  /** What it leaves of each frequency's amplitude before samples are dropped, as {@link responseOf} tells: the root of the mean square over channels. */
  readonly response: NdArray | undefined;
  /** What dropping samples without any filter would give. */
  readonly unfiltered: number;
}

/** Of more channels so many are looked at, in and out. */
const mostChannels = 3;

/**
 * Every node of a graph that makes planes smaller by a whole factor, and how much aliasing it lets through, by its own weights (operators.md 28).
 *
 * @param values of parameters and inputs that filters are computed from; zeros unless given
 */
export function aliasingOf(graph: Graph, values: Arrays = {}): NodeAliasing[] {
  const byId = nodesById(graph);
  return graph.nodes.flatMap((node): NodeAliasing[] => {
    const factor = shrinking(node, byId);
    if (factor === undefined) return [];
    const { id, op, scope } = node;
    const flat = array(f64(...byId.get(node.inputs.x!)!.type.shape.slice(2)));
    flat.data.fill(1);
    const unfiltered = aliasedBy(flat, factor);
    const response = responseBy(graph, node, values);
    const aliased = response === undefined ? undefined : aliasedBy(response, factor);
    return [{ id, op: op.name, scope, factor, aliased, response, unfiltered }];
  });
}

/** By which whole factors the last two axes get smaller; undefined where they do not. */
function shrinking(node: Node, byId: ReadonlyMap<string, Node>): [number, number] | undefined {
  const from = isInput(node) ? undefined : node.inputs.x;
  if (from === undefined || node.type.shape.length !== 4 || !isFloat(node.type.dtype)) return undefined;
  const before = byId.get(from)!.type.shape;
  if (before.length !== 4) return undefined;
  const factor = [2, 3].map((axis) => Math.round(before[axis]! / node.type.shape[axis]!)) as [number, number];
  // A border that is lost is no factor.
  const whole = factor.every((f, k) => f === 1 || Math.abs(before[k + 2]! - f * node.type.shape[k + 2]!) <= f);
  return whole && factor.some((f) => f > 1) ? factor : undefined;
}

function responseBy(graph: Graph, node: Node, values: Arrays): NdArray | undefined {
  const others = Object.entries(node.inputs).filter(([name]) => name !== 'x');
  // What else it reads must not depend on the image, as positions of maxima do.
  if (node.op.degree.x !== 1 || node.inputs.x === undefined) return undefined;
  if (others.some(([, id]) => dependsOnFeeds(graph, id))) return undefined;
  const byId = nodesById(graph);
  const { shape } = byId.get(node.inputs.x)!.type;
  const operands = Object.fromEntries(others.map(([name, id]) => [name, evaluate(graph, id, values)]));
  const f = (x: Tensor): Tensor => {
    const fed = Object.entries(operands).map(([name, value]) => [name, x.graph.parameter(name, value)] as const);
    return x.graph.emit(node.op, { x, ...Object.fromEntries(fed) }, node.attributes);
  };
  // The node's own attributes may hold tables for its own size, so planes stay as large as they are.
  const type = { dtype: byId.get(node.inputs.x)!.type.dtype as 'f32' | 'f64', shape: [1, ...shape.slice(1)] };
  const sum = array(f64(...shape.slice(2)));
  for (let inChannel = 0; inChannel < Math.min(shape[1]!, mostChannels); inChannel++)
    for (let outChannel = 0; outChannel < Math.min(node.type.shape[1]!, mostChannels); outChannel++) {
      const { magnitude } = responseOf(f, { type, values: operands, inChannel, outChannel });
      for (let i = 0; i < sum.data.length; i++) sum.data[i]! += magnitude.data[i]! ** 2;
    }
  const pairs = Math.min(shape[1]!, mostChannels) * Math.min(node.type.shape[1]!, mostChannels);
  return array(
    f64(...shape.slice(2)),
    [...sum.data].map((square) => Math.sqrt(square / pairs)),
  );
}

const dependsOnFeeds = (graph: Graph, id: string): boolean => {
  const byId = nodesById(graph);
  return [...ancestors(graph, [id])].some((at) => {
    const node = byId.get(at)!;
    return isInput(node) && inputAttributes(node).role === 'input';
  });
};

/** Over planes that the factor does not divide, what is left over at the high end of the spectrum's axes is not counted. */
function aliasedBy(magnitude: NdArray, [rows, columns]: readonly [number, number]): number {
  const divides = magnitude.shape[0]! % rows === 0 && magnitude.shape[1]! % columns === 0;
  return divides ? aliasedEnergy(magnitude, [rows, columns]).fraction : Number.NaN;
}
