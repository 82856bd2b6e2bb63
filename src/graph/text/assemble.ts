import { check } from '../check.ts';
import { freeze } from '../freeze.ts';
import type { Graph, Node } from '../graph.ts';
import { input, inputAttributes, isInput } from '../input.ts';
import type { AnyOp, OpTable } from '../op.ts';
import { cycles } from '../topology.ts';
import type { Type } from '../type.ts';

/** A node as files hold it: operators by name. */
export interface RawNode {
  readonly id: string;
  readonly op: string;
  readonly inputs: { readonly [name: string]: string };
  readonly attributes: object;
  readonly type: Type;
  readonly scope?: string | undefined;
}

/** A graph as files hold it. */
export interface RawGraph {
  readonly nodes: readonly RawNode[];
  readonly outputs: { readonly [name: string]: string };
  readonly updates: { readonly [name: string]: string };
}

/** Where a file's fault lies: a node and its part, or an output or update. */
export type Place =
  | { readonly node: number; readonly part: 'id' | 'op' }
  | { readonly node: number; readonly part: 'inputs'; readonly name: string }
  | { readonly part: 'outputs' | 'updates'; readonly name: string };

/** What is wrong there. */
export interface FileFault {
  readonly code: 'duplicate' | 'operator' | 'dangling' | 'order' | 'cycle';
  readonly summary: string;
  readonly fix: string;
}

/**
 * Makes a checked graph of what a file says; faults that concern places in the file go to `refuse`, which knows how the
 * file's own format names a place.
 */
export function assemble(raw: RawGraph, ops: OpTable, refuse: (place: Place, fault: FileFault) => never): Graph {
  const position = new Map<string, number>();
  for (const [i, { id }] of raw.nodes.entries()) {
    if (position.has(id))
      refuse(
        { node: i, part: 'id' },
        { code: 'duplicate', summary: `a second node is called ${id}`, fix: 'give each node its own id.' },
      );
    position.set(id, i);
  }
  for (const [i, node] of raw.nodes.entries())
    for (const [name, id] of Object.entries(node.inputs)) checkReference(raw, position, i, name, id, refuse);
  for (const part of ['outputs', 'updates'] as const)
    for (const [name, id] of Object.entries(raw[part])) if (!position.has(id)) refuse({ part, name }, dangling(id));
  const nodes = raw.nodes.map((node, i): Node => {
    const { id, inputs, attributes, type, scope } = node;
    const op = operatorOf(node.op, ops, (fault) => refuse({ node: i, part: 'op' }, fault));
    return { id, op, inputs, attributes, type, ...(scope === undefined ? {} : { scope }) };
  });
  const leaves = nodes.filter(isInput).map((node) => [inputAttributes(node).name, node.id]);
  return check(
    freeze({ nodes, inputs: Object.fromEntries(leaves), outputs: { ...raw.outputs }, updates: { ...raw.updates } }),
  );
}

function checkReference(
  raw: RawGraph,
  position: ReadonlyMap<string, number>,
  reader: number,
  name: string,
  id: string,
  refuse: (place: Place, fault: FileFault) => never,
): void {
  const place: Place = { node: reader, part: 'inputs', name };
  const at = position.get(id);
  if (at === undefined) refuse(place, dangling(id));
  if (at < reader) return;
  const [cycle] = cycles(raw);
  if (cycle !== undefined)
    refuse(place, {
      code: 'cycle',
      summary: `nodes depend on each other in a circle: ${shorten(cycle).join(' → ')}`,
      fix: 'break the circle: a value cannot depend on itself; what a run hands to the next is an update.',
    });
  refuse(place, {
    code: 'order',
    summary: `${id} stands after its reader ${raw.nodes[reader]!.id}`,
    fix: 'list every node after its inputs.',
  });
}

const shorten = (cycle: readonly string[]): readonly string[] =>
  cycle.length <= 12 ? cycle : [...cycle.slice(0, 10), `(${cycle.length - 11} more)`, cycle.at(-1)!];

const dangling = (id: string): FileFault => ({
  code: 'dangling',
  summary: `there is no node '${id}'`,
  fix: 'name one of the listed nodes.',
});

function operatorOf(name: string, ops: OpTable, refuse: (fault: FileFault) => never): AnyOp {
  if (name === input.name) return input;
  if (Object.hasOwn(ops, name)) return ops[name]!;
  const known = Object.keys(ops);
  const list = known.length <= 40 ? known.join(', ') : `${known.slice(0, 40).join(', ')} and ${known.length - 40} more`;
  return refuse({
    code: 'operator',
    summary: `there is no operator '${name}'`,
    fix: `use one of the table's (${list}), or pass a table that has it: { ...ops, ${/^[A-Za-z_]\w*$/.test(name) ? name : 'mine'} }.`,
  });
}
