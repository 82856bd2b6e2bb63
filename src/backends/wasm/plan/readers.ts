import { type Graph, type Node, nodesById } from '../../../graph/graph.ts';
import { sameShape, stridesOf } from '../../../graph/shape.ts';
import type { Type } from '../../../graph/type.ts';
import { broadcastOp } from '../../../ops/shape/broadcast.ts';
import type { Choosing } from '../kernels/conv/choosing.ts';
import { isFused, readsRows } from '../kernels/fused/reads-rows.ts';
import { takes } from '../kernels/index.ts';
import { firstOf } from '../kernels/joint.ts';
import { isDense, rearrangementOf } from '../kernels/movement/paths.ts';

/** The types of a node's inputs, by name. */
export const inputTypes = ({ inputs }: Node, byId: ReadonlyMap<string, Node>): { readonly [name: string]: Type } =>
  Object.fromEntries(Object.entries(inputs).map(([name, id]) => [name, byId.get(id)!.type]));

/** Who reads a value, and whether they read it wherever it lies. */
export class Readers {
  readonly #byId: ReadonlyMap<string, Node>;
  readonly #choosing: Choosing;
  readonly #ends: ReadonlySet<string>;
  readonly #readers = new Map<string, [node: Node, input: string][]>();
  readonly #known = new Map<string, boolean>();

  constructor(graph: Graph, nodes: readonly Node[], choosing: Choosing) {
    this.#byId = nodesById(graph);
    this.#choosing = choosing;
    this.#ends = new Set([...Object.values(graph.outputs), ...Object.values(graph.updates)]);
    for (const node of nodes)
      for (const [input, id] of Object.entries(node.inputs)) {
        const list = this.#readers.get(id);
        if (list === undefined) this.#readers.set(id, [[node, input]]);
        else list.push([node, input]);
      }
  }

  /** Whether all who read a value can read it so. */
  fit(id: string, strides: readonly number[]): boolean {
    if (isDense(this.#byId.get(id)!.type.shape, strides)) return true;
    // Asked again when results have found their places.
    const key = `${id} ${strides}`;
    const fits =
      this.#known.get(key) ??
      (!this.#ends.has(id) && this.#of(id).every(([node, input]) => this.#canRead(node, input, id, strides)));
    this.#known.set(key, fits);
    return fits;
  }

  #of(id: string): readonly [Node, string][] {
    return this.#readers.get(id) ?? [];
  }

  #canRead(reader: Node, input: string, id: string, strides: readonly number[]): boolean {
    const { shape } = this.#byId.get(id)!.type;
    if (isFused(reader.op)) return readsRows(shape, strides);
    const rearrangement = rearrangementOf(reader);
    if (rearrangement === undefined) {
      const by = firstOf(reader, this.#byId) ?? reader;
      return takes(by, inputTypes(by, this.#byId), input, strides, this.#choosing);
    }
    if (rearrangement.input !== input) return true;
    const through = rearrangement.path(reader, shape, { offset: 0, strides });
    if (through === undefined) return false;
    if (rearrangement.renames) return this.fit(reader.id, through.strides);
    return reader.op !== broadcastOp || this.#fitLoops(reader.id, through.strides);
  }

  /** Loops read what is repeated where it lies, under any name, whether anybody else needs a copy or not. */
  #fitLoops(id: string, strides: readonly number[]): boolean {
    const { shape } = this.#byId.get(id)!.type;
    return this.#of(id).every(([node, input]) => {
      if (isFused(node.op) || node.op === broadcastOp) return this.#canRead(node, input, id, strides);
      const path = rearrangementOf(node)?.path(node, shape, { offset: 0, strides: stridesOf(shape) });
      const renames = path !== undefined && sameShape(node.type.shape, shape) && isDense(shape, path.strides);
      return !renames || this.#fitLoops(node.id, strides);
    });
  }
}
