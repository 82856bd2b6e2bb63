import { attributeText, isReservedKey } from './attributes.ts';
import { describe } from './builder.ts';
import { dtypes } from './dtype.ts';
import { CotangentError, GraphError } from './error.ts';
import type { Graph, Node } from './graph.ts';
import { inputAttributes, isInput } from './input.ts';
import { inputNamesFault } from './input-names.ts';
import { sameType, showType, type Type } from './type.ts';

/**
 * Validates a whole graph and hands it back: ids, order, names, attributes, every type inferred anew, outputs, updates.
 * Passes, parsing and files end here, so that no other code has to doubt a graph.
 *
 * @throws GraphError that names the node, where it was made and how to mend it.
 */
export function check(graph: Graph): Graph {
  const seen = new Map<string, Node>();
  const leaves = new Map<string, Node>();
  for (const node of graph.nodes) {
    checkNode(node, seen, graph);
    seen.set(node.id, node);
    if (!isInput(node)) continue;
    const { name } = inputAttributes(node);
    const other = leaves.get(name);
    if (other !== undefined)
      refuse(
        'leaf',
        `two nodes are the input '${name}'`,
        'give each input its own name.',
        node,
        describe('and', { node: other }),
      );
    leaves.set(name, node);
  }
  checkLeaves(graph, leaves);
  checkReferences('output', graph.outputs, seen);
  checkReferences('update', graph.updates, seen);
  for (const [name, id] of Object.entries(graph.updates)) checkUpdate(name, seen.get(id)!, leaves.get(name));
  for (const part of [graph, graph.nodes, graph.inputs, graph.outputs, graph.updates])
    if (!Object.isFrozen(part)) refuse('frozen', 'the graph record can be changed', 'freeze() it: caches rely on it.');
  return graph;
}

function checkNode(node: Node, seen: ReadonlyMap<string, Node>, graph: Graph): void {
  if (!/^n(0|[1-9]\d*)$/.test(node.id)) refuse('ids', `'${node.id}' is not a node id`, 'use n0, n1, n2, ….', node);
  const twin = seen.get(node.id);
  if (twin !== undefined)
    refuse('ids', `two nodes are ${node.id}`, 'give each node its own id.', node, describe('and', { node: twin }));
  const types: { [name: string]: Type } = {};
  for (const [name, id] of Object.entries(node.inputs)) {
    const source = seen.get(id);
    if (source === undefined) {
      const later = graph.nodes.some((other) => other.id === id);
      refuse(
        later ? 'order' : 'dangling',
        `input '${name}' of ${node.id} (${node.op.name}) is ${id}, ${later ? 'which does not stand before it' : 'which does not exist'}`,
        later ? `name an earlier node, or move ${id} before ${node.id}.` : `name a node that stands before ${node.id}.`,
        node,
      );
    }
    types[name] = source.type;
  }
  const fault = inputNamesFault(node.op, Object.keys(node.inputs));
  if (fault !== undefined) refuse('inputs', `${node.id} (${node.op.name}) ${fault.summary}`, fault.fix, node);
  checkAttributes(node);
  checkType(node, types);
  if (!Object.isFrozen(node) || !Object.isFrozen(node.inputs) || !Object.isFrozen(node.type))
    refuse('frozen', `${node.id} can be changed`, 'freeze() the graph: caches rely on it.', node);
}

const checked = new WeakSet<object>();

function checkAttributes(node: Node): void {
  if (checked.has(node.attributes)) return;
  try {
    attributeText(node.attributes);
  } catch (error) {
    rethrow(error, node, []);
  }
  if (!isDeeplyFrozen(node.attributes))
    refuse(
      'frozen',
      `the attributes of ${node.id} can be changed`,
      'freeze() them: rules and kernels share them.',
      node,
    );
  checked.add(node.attributes);
}

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

function checkType(node: Node, types: { readonly [name: string]: Type }): void {
  const { dtype, shape } = node.type;
  if (!dtypes.includes(dtype) || !shape.every((d) => Number.isSafeInteger(d) && d >= 0))
    refuse(
      'type',
      `${node.id} has the type ${showType(node.type)}`,
      `use ${dtypes.join(', ')} and whole dimensions.`,
      node,
    );
  let inferred: Type;
  try {
    inferred = node.op.infer(types, node.attributes);
  } catch (error) {
    rethrow(
      error,
      node,
      Object.entries(types).map(([name, type]) => `${name}   ${showType(type)}   ${node.inputs[name]}`),
    );
  }
  if (!sameType(inferred, node.type))
    refuse(
      'type',
      `${node.id} says ${showType(node.type)}, ${node.op.name} infers ${showType(inferred)}`,
      'write the inferred type, or mend the attributes or inputs that it follows from.',
      node,
      ...Object.entries(types).map(([name, type]) => `${name}   ${showType(type)}   ${node.inputs[name]}`),
    );
}

function checkLeaves(graph: Graph, leaves: ReadonlyMap<string, Node>): void {
  for (const [name, id] of Object.entries(graph.inputs))
    if (leaves.get(name)?.id !== id)
      refuse(
        'leaf',
        `the graph lists ${id} as its input '${name}', but ${id} is not that input`,
        'list input nodes under their own names.',
      );
  for (const [name, node] of leaves)
    if (!Object.hasOwn(graph.inputs, name))
      refuse('leaf', `the graph does not list its input '${name}'`, `add ${node.id} to the graph's inputs.`, node);
}

function checkReferences(
  what: string,
  ids: { readonly [name: string]: string },
  seen: ReadonlyMap<string, Node>,
): void {
  for (const [name, id] of Object.entries(ids)) {
    if (isReservedKey(name)) refuse('name', `an ${what} cannot be called '${name}'`, 'choose another name.');
    if (!seen.has(id))
      refuse(what, `${what} '${name}' is ${id}, which is not a node of this graph`, 'name one of its nodes.');
  }
}

function checkUpdate(name: string, next: Node, state: Node | undefined): void {
  if (state === undefined || inputAttributes(state).role === 'input')
    refuse('update', `'${name}' is not a parameter or state of this graph`, 'update parameters and states only.', next);
  if (!sameType(state.type, next.type))
    refuse(
      'update',
      `the next value of '${name}' is ${showType(next.type)}, the state itself ${showType(state.type)}`,
      'compute a value of the same type.',
      next,
      describe('state', { node: state }),
    );
}

function refuse(code: string, summary: string, fix: string, node?: Node, ...details: readonly string[]): never {
  const place = node === undefined ? [] : [describe('node', { node })];
  throw new GraphError({ code: `graph/${code}`, summary, details: [...place, ...details], fix }, node?.op.name);
}

/** An operator's own refusal keeps its code and gains the place; anything else that inference throws is a wrong input too. */
function rethrow(cause: unknown, node: Node, operands: readonly string[]): never {
  if (!(cause instanceof CotangentError))
    throw new GraphError(
      {
        code: 'graph/type',
        summary: `${node.op.name} cannot infer a type for ${node.id}: ${cause instanceof Error ? cause.message : String(cause)}`,
        details: [describe('node', { node }), ...operands],
        fix: `give ${node.op.name} the inputs and attributes that it documents: ${node.op.doc}`,
      },
      node.op.name,
      { cause },
    );
  const { code, summary, details, fix } = cause;
  throw new GraphError(
    { code, summary, details: [describe('node', { node }), ...operands, ...details], fix },
    node.op.name,
    { cause },
  );
}
