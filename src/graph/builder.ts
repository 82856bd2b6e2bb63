import { attributeText } from './attributes.ts';
import type { DType } from './dtype.ts';
import { CotangentError, fail, GraphError } from './error.ts';
import { freeze } from './freeze.ts';
import type { Graph, Node } from './graph.ts';
import { input, inputAttributes, isInput, type Role } from './input.ts';
import type { AnyOp } from './op.ts';
import type { Shape } from './shape.ts';
import { captureOrigin, locate, type Origin } from './source.ts';
import { Tensor } from './tensor.ts';
import { showType, type Type } from './type.ts';

type Tensors = { readonly [name: string]: Tensor };

/**
 * Builds a graph by appending: creation order is topological order. Hash-consed: the same operator on the same inputs
 * with the same attributes is the same node, so rules may each build what they share.
 */
export class GraphBuilder {
  readonly #tensors: Tensor[] = [];
  readonly #interned = new Map<string, Tensor>();
  readonly #inputs = new Map<string, Tensor>();
  readonly #opKeys = new Map<AnyOp, number>();
  readonly #scopeUses = new Map<string, number>();
  #scope: string | undefined;
  #origin: Origin | undefined;

  /** Every node so far, oldest first. */
  get tensors(): readonly Tensor[] {
    return this.#tensors;
  }

  /** The tensor with this id. */
  tensor(id: string): Tensor {
    return this.#tensors[positionOf(id)]!;
  }

  /** A value that the caller feeds on every run. */
  input<const S extends Shape, D extends DType>(name: string, type: Type<S, D>): Tensor<S, D> {
    return this.#leaf(name, type, 'input');
  }

  /** A trainable value that the executable keeps between runs. */
  parameter<const S extends Shape, D extends DType>(name: string, type: Type<S, D>): Tensor<S, D> {
    return this.#leaf(name, type, 'parameter');
  }

  /** Any other value that the executable keeps between runs: momentum, running statistics, step counts. */
  state<const S extends Shape, D extends DType>(name: string, type: Type<S, D>): Tensor<S, D> {
    return this.#leaf(name, type, 'state');
  }

  /** Nodes added inside carry the scope's name in their path; a second scope of the same name becomes `name_2`. */
  scope<T>(name: string, body: () => T): T {
    const outer = this.#scope;
    const path = outer === undefined ? name : `${outer}/${name}`;
    const uses = (this.#scopeUses.get(path) ?? 0) + 1;
    this.#scopeUses.set(path, uses);
    this.#scope = uses === 1 ? path : `${path}_${uses}`;
    try {
      return body();
    } finally {
      this.#scope = outer;
    }
  }

  /**
   * Nodes added inside all count as made where this is called, for which one look at the stack is enough. For code that
   * calls none of the user's.
   */
  madeHere<T>(body: () => T): T {
    const outer = this.#origin;
    this.#origin = outer ?? captureOrigin();
    try {
      return body();
    } finally {
      this.#origin = outer;
    }
  }

  /**
   * Adds a node, or finds the equal one.
   *
   * @throws GraphError when the operator's inference refuses the inputs: names each operand, its type and where it was made.
   */
  emit(op: AnyOp, inputs: Tensors, attributes: object): Tensor {
    const ids: { [name: string]: string } = {};
    let key = `${this.#opKey(op)}`;
    for (const name in inputs) {
      const operand = inputs[name]!;
      if (operand.graph !== this) this.#refuseForeign(op, name, operand);
      ids[name] = operand.id;
      key += `,${name}:${operand.id}`;
    }
    key += this.#key(op, inputs, attributes);
    const known = this.#interned.get(key);
    if (known !== undefined) return known;
    const tensor = this.#append(op, ids, freeze(attributes), this.#infer(op, inputs, attributes));
    this.#interned.set(key, tensor);
    return tensor;
  }

  /** Adds a whole graph's nodes, its inputs replaced by `feeds`; inputs that are not fed become inputs here. */
  inline(graph: Graph, feeds: Tensors = {}): { readonly [output: string]: Tensor } {
    const here = new Map<string, Tensor>();
    for (const node of graph.nodes) {
      if (isInput(node)) {
        const { name, role } = inputAttributes(node);
        here.set(node.id, Object.hasOwn(feeds, name) ? feeds[name]! : this.#leaf(name, node.type, role));
        continue;
      }
      const inputs: { [name: string]: Tensor } = {};
      for (const name in node.inputs) inputs[name] = here.get(node.inputs[name]!)!;
      here.set(node.id, this.emit(node.op, inputs, node.attributes));
    }
    return Object.fromEntries(Object.entries(graph.outputs).map(([name, id]) => [name, here.get(id)!]));
  }

  /**
   * Freezes what the outputs and updates need into a graph; nodes are renumbered `n0`, `n1`, ….
   * Every declared input stays, used or not.
   */
  build(outputs: Tensors, updates: Tensors = {}): Graph {
    for (const [name, tensor] of Object.entries({ ...outputs, ...updates }))
      if (tensor.graph !== this) this.#refuseForeign(input, name, tensor);
    for (const [name, next] of Object.entries(updates)) this.#checkUpdate(name, next);
    const live = new Set<string>([...Object.values(outputs), ...Object.values(updates)].map((t) => t.id));
    for (let i = this.#tensors.length - 1; i >= 0; i--) {
      const { node } = this.#tensors[i]!;
      if (isInput(node)) live.add(node.id);
      else if (live.has(node.id)) for (const name in node.inputs) live.add(node.inputs[name]!);
    }
    const renamed = new Map<string, string>();
    const nodes: Node[] = [];
    for (const { node } of this.#tensors) {
      if (!live.has(node.id)) continue;
      const id = `n${nodes.length}`;
      renamed.set(node.id, id);
      const inputs: { [name: string]: string } = {};
      for (const name in node.inputs) inputs[name] = renamed.get(node.inputs[name]!)!;
      nodes.push(inheritOrigin(frozenNode({ ...node, id, inputs }), node));
    }
    const idOf = (tensors: Tensors) =>
      Object.freeze(Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, renamed.get(t.id)!])));
    return Object.freeze({
      nodes: Object.freeze(nodes),
      inputs: idOf(Object.fromEntries(this.#inputs)),
      outputs: idOf(outputs),
      updates: idOf(updates),
    });
  }

  #leaf<S extends Shape, D extends DType>(name: string, type: Type<S, D>, role: Role): Tensor<S, D> {
    const known = this.#inputs.get(name);
    if (known !== undefined)
      throw new GraphError({
        code: 'input/duplicate',
        summary: `there is an input '${name}' already`,
        details: [describe('it is', known)],
        fix: 'choose another name, or use the tensor that the first call returned.',
      });
    const attributes = freeze({ name, role, dtype: type.dtype, shape: [...type.shape] });
    // Inference gives back the very type that was asked for.
    const tensor = this.#append(input, {}, attributes, this.#infer(input, {}, attributes)) as unknown as Tensor<S, D>;
    this.#inputs.set(name, tensor);
    return tensor;
  }

  #append(op: AnyOp, inputs: { readonly [name: string]: string }, attributes: object, type: Type): Tensor {
    const own = { dtype: type.dtype, shape: Object.freeze([...type.shape]) };
    const plain = { id: `n${this.#tensors.length}`, op, inputs, attributes, type: Object.freeze(own) };
    const node = frozenNode(this.#scope === undefined ? plain : { ...plain, scope: this.#scope });
    origins.set(node, this.#origin ?? captureOrigin());
    const tensor = new Tensor(this, node, node.type);
    this.#tensors.push(tensor);
    return tensor;
  }

  #infer(op: AnyOp, inputs: Tensors, attributes: object): Type {
    try {
      return op.infer(inputs, attributes);
    } catch (error) {
      throw located(error, op, inputs);
    }
  }

  #key(op: AnyOp, inputs: Tensors, attributes: object): string {
    try {
      return attributeText(attributes);
    } catch (error) {
      throw located(error, op, inputs);
    }
  }

  #opKey(op: AnyOp): number {
    let key = this.#opKeys.get(op);
    if (key === undefined) {
      key = this.#opKeys.size;
      this.#opKeys.set(op, key);
    }
    return key;
  }

  #checkUpdate(name: string, next: Tensor): void {
    const state = this.#inputs.get(name);
    if (state === undefined || inputAttributes(state.node).role === 'input')
      fail(
        'graph/update',
        `'${name}' is not a parameter or state of this graph`,
        `update one of: ${
          [...this.#inputs]
            .filter(([, t]) => inputAttributes(t.node).role !== 'input')
            .map(([n]) => n)
            .join(', ') || '(none)'
        }.`,
      );
    if (showType(state) !== showType(next))
      fail(
        'graph/update',
        `the next value of '${name}' is ${showType(next)}, the state itself ${showType(state)}`,
        'compute a value of the same type.',
      );
  }

  #refuseForeign(op: AnyOp, name: string, operand: Tensor): never {
    throw new GraphError(
      {
        code: 'graph/foreign',
        summary: `'${name}' belongs to another graph`,
        details: [describe(name, operand)],
        fix: 'build all operands with one GraphBuilder, or bring the other graph in with inline().',
      },
      op.name,
    );
  }
}

/** Freezes a node whose type and attributes are frozen already; several times faster than looking into everything. */
function frozenNode(node: Node): Node {
  Object.freeze(node.inputs);
  return Object.freeze(node);
}

/** A builder's ids count its nodes: `n12` is the thirteenth. */
export const positionOf = (id: string): number => Number(id.slice(1));

const origins = new WeakMap<Node, Origin>();

/** Lets a node that replaces another say where that one was made. */
export function inheritOrigin(copy: Node, node: Node): Node {
  const origin = origins.get(node);
  if (origin !== undefined && !origins.has(copy)) origins.set(copy, origin);
  return copy;
}

/** `file:line` in the user's source where a node was made; undefined for nodes from files. */
export const whereMade = (node: Node): string | undefined => locate(origins.get(node));

/** `x  f32[2,3,32,32]  n4 parameter "stem"  examples/unet.ts:41`. */
export function describe(name: string, { node }: { readonly node: Node }): string {
  const { role, name: given } = isInput(node) ? inputAttributes(node) : { role: '', name: '' };
  const label =
    role !== '' ? `${role} "${given}"` : `${node.op.name}${node.scope === undefined ? '' : ` in ${node.scope}`}`;
  return [name, showType(node.type), `${node.id} ${label}`, whereMade(node)].filter((s) => s !== undefined).join('   ');
}

/** An operator's refusal with the place of the call and the operands added; anything else is a defect and stays as it is. */
function located(error: unknown, op: AnyOp, inputs: Tensors): unknown {
  if (!(error instanceof CotangentError)) return error;
  const { code, summary, details, fix } = error;
  const operands = Object.entries(inputs).map(([name, tensor]) => describe(name, tensor));
  const at = locate(captureOrigin());
  const where = at === undefined ? [] : [`in ${op.name}, called at ${at}`];
  return new GraphError({ code, summary, details: [...where, ...operands, ...details], fix }, op.name);
}
