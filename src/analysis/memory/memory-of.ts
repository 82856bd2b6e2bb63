import { bytesPerElement, isFloat } from '../../graph/dtype.ts';
import { type Graph, liveIds, type Node, nodesById } from '../../graph/graph.ts';
import { inputAttributes, isInput, type Role } from '../../graph/input.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';
import { nodeCost } from '../cost/node-cost.ts';

/** How bytes are counted. */
export interface MemoryOptions {
  /** Bytes of a float, whatever its dtype: 4 (FP32), 2 (FP16), 1 (INT8). Those of its dtype unless given. */
  readonly floatBytes?: number;
}

/** Bytes that one run of a graph needs. */
export interface MemoryNeeds {
  /** What stays from run to run, by role: of an optimiser the states, of a net the parameters. */
  readonly kept: { readonly [role in Role | 'constant']: number };
  /** Values in between at the widest moment, in the order of the graph, each node a step of its own. */
  readonly peak: number;
  /** The node whose result is being made at that moment; undefined if nothing is computed. */
  readonly peakAt: string | undefined;
  /** Values in between if each had a place of its own. */
  readonly every: number;
  /** Kept and peak. */
  readonly total: number;
  /** The notes' estimate, to be held against the others. */
  readonly notes: NotesMemory;
}

/** The notes' rule: of every layer its features and weights, three times as much in training. */
export interface NotesMemory {
  /** Results of convolutions and matrix products. */
  readonly features: number;
  /** Parameters. */
  readonly weights: number;
  /** Features and weights of all layers, as if nothing were ever freed. */
  readonly forward: number;
  /** 3 × forward. */
  readonly training: number;
}

/**
 * Memory by liveness (operators.md 62, 64): a value is needed from the node that makes it to the last one that reads it,
 * outputs and next values of states to the end. Feed it the graph of the forward pass, of the gradients, with `checkpoint`
 * or without, or a whole training step: Adam's moments are states, kept activations are values that a gradient reads late.
 * The notes' 3 × says none of that (corrections 41 to 43). A backend that fuses nodes and works in place needs less, one
 * whose kernels have workspaces more; what the compiled one needs is in its plan's report.
 */
export function memoryOf(graph: Graph, { floatBytes }: MemoryOptions = {}): MemoryNeeds {
  const bytes = ({ dtype, shape }: Type): number =>
    sizeOf(shape) * (floatBytes !== undefined && isFloat(dtype) ? floatBytes : bytesPerElement[dtype]);
  const byId = nodesById(graph);
  const live = liveIds(graph);
  const kept = { input: 0, parameter: 0, state: 0, constant: 0 };
  const steps: Node[] = [];
  for (const node of graph.nodes)
    if (isInput(node)) kept[inputAttributes(node).role] += bytes(node.type);
    else if (!live.has(node.id)) continue;
    else if (Object.keys(node.inputs).length > 0) steps.push(node);
    // A tensor of one number takes no more than the number.
    else if (node.op.uniform?.(node.attributes) === undefined) kept.constant += bytes(node.type);

  const lastReader = new Map<string, string>();
  for (const node of steps) for (const id of Object.values(node.inputs)) lastReader.set(id, node.id);
  for (const id of [...Object.values(graph.outputs), ...Object.values(graph.updates)]) lastReader.delete(id);
  const made = new Set(steps.map(({ id }) => id));
  let [held, peak, every] = [0, 0, 0];
  let peakAt: string | undefined;
  for (const node of steps) {
    held += bytes(node.type);
    every += bytes(node.type);
    if (held > peak) [peak, peakAt] = [held, node.id];
    for (const id of new Set(Object.values(node.inputs)))
      if (made.has(id) && lastReader.get(id) === node.id) held -= bytes(byId.get(id)!.type);
  }

  const layers = steps.filter((node) => nodeCost(graph, node, 'seed').flops > 0);
  const features = layers.reduce((sum, { type }) => sum + bytes(type), 0);
  const forward = features + kept.parameter;
  return {
    kept,
    peak,
    peakAt,
    every,
    total: Object.values(kept).reduce((sum, each) => sum + each, peak),
    notes: { features, weights: kept.parameter, forward, training: 3 * forward },
  };
}
