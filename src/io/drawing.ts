import { fail } from '../graph/error.ts';
import { type Graph, type Node, nodesById } from '../graph/graph.ts';
import { inputAttributes, isInput } from '../graph/input.ts';
import { printNode } from '../graph/text/print.ts';
import { showType } from '../graph/type.ts';

export interface DrawingOptions {
  /** Scopes nested deeper than this many levels are drawn as one box: 0 folds every scope, 1 keeps the outermost. */
  readonly fold?: number;
  /** `'inputs'` draws only what depends on an input: no parameters, states and constants. Default `'all'`. */
  readonly follow?: 'all' | 'inputs';
}

/** One shape on the page. */
export interface Mark {
  /** A plain word, unique in the drawing. */
  readonly id: string;
  readonly kind: 'input' | 'parameter' | 'state' | 'operator' | 'fold' | 'output';
  readonly label: readonly string[];
  /** The whole story in one line, for formats that can show it on demand. */
  readonly detail: string;
}

/** An arrow between marks; `next` leads from the next value of a state to the state. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly kind: 'data' | 'next';
}

/** What DOT and Mermaid share: scopes as nested groups, flattened into steps so that no depth overflows a stack. */
export interface Drawing {
  readonly steps: readonly (Mark | { readonly open: string; readonly label: string } | 'close')[];
  readonly arrows: readonly Arrow[];
}

/**
 * Lays a graph out as groups, marks and arrows; edges carry shapes, and input names where an operator has several.
 * All text is on one line each, well-formed, without control characters and at most 300 characters long.
 *
 * @throws CotangentError `draw/fold` when `fold` is not a number of levels.
 */
export function draw(graph: Graph, { fold = Number.POSITIVE_INFINITY, follow = 'all' }: DrawingOptions = {}): Drawing {
  if (!(fold >= 0 && (Number.isInteger(fold) || fold === Number.POSITIVE_INFINITY)))
    fail('draw/fold', `fold ${fold} is not a number of levels`, 'give a whole number from 0, or leave it out.');
  const root: Group = { label: '', groups: new Map(), marks: [] };
  const folds = new Map<string, { readonly id: string; readonly members: Node[] }>();
  const markOf = new Map<string, string>();
  const followed = follow === 'all' ? undefined : dependents(graph);
  for (const node of graph.nodes) {
    if (followed?.has(node.id) === false) continue;
    const levels = node.scope === undefined ? [] : node.scope.split('/');
    const shown = levels.slice(0, fold);
    const group = groupAt(root, shown);
    if (shown.length === levels.length) {
      group.marks.push(() => markFor(node));
      markOf.set(node.id, node.id);
      continue;
    }
    const path = JSON.stringify(levels.slice(0, fold + 1));
    let folded = folds.get(path);
    if (folded === undefined) {
      const { id, members } = { id: `f${folds.size}`, members: [] as Node[] };
      folded = { id, members };
      folds.set(path, folded);
      group.marks.push(() => foldMark(id, levels[fold]!, members));
    }
    folded.members.push(node);
    markOf.set(node.id, folded.id);
  }
  const outputs = Object.entries(graph.outputs);
  outputs.forEach(([name], i) => {
    root.marks.push(() => ({ id: `o${i}`, kind: 'output', label: [plain(name)], detail: plain(`output ${name}`) }));
  });
  return { steps: flatten(root), arrows: [...dataArrows(graph, markOf), ...resultArrows(graph, markOf)] };
}

interface Group {
  readonly label: string;
  readonly groups: Map<string, Group>;
  /** Made late: a fold's label counts members that come after its place is known. */
  readonly marks: (() => Mark)[];
}

function groupAt(root: Group, levels: readonly string[]): Group {
  let group = root;
  for (const label of levels) {
    let inner = group.groups.get(label);
    if (inner === undefined) {
      inner = { label, groups: new Map(), marks: [] };
      group.groups.set(label, inner);
    }
    group = inner;
  }
  return group;
}

function flatten(root: Group): Drawing['steps'] {
  const steps: (Mark | { readonly open: string; readonly label: string } | 'close')[] = root.marks.map((make) =>
    make(),
  );
  const pending: (Group | 'close')[] = [...root.groups.values()].reverse();
  let opened = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === 'close') {
      steps.push('close');
      continue;
    }
    steps.push({ open: `s${opened}`, label: plain(next.label) }, ...next.marks.map((make) => make()));
    opened += 1;
    pending.push('close', ...[...next.groups.values()].reverse());
  }
  return steps;
}

function markFor(node: Node): Mark {
  const detail = plain(printNode(node));
  if (!isInput(node)) return { id: node.id, kind: 'operator', label: [plain(node.op.name)], detail };
  const { role, name } = inputAttributes(node);
  return { id: node.id, kind: role, label: [name, showType(node.type)], detail };
}

const foldMark = (id: string, name: string, members: readonly Node[]): Mark => ({
  id,
  kind: 'fold',
  label: [plain(name), members.length === 1 ? '1 node' : `${members.length} nodes`],
  detail: plain(`${members[0]!.scope}: ${members[0]!.id} to ${members.at(-1)!.id}`),
});

function* dataArrows(graph: Graph, markOf: ReadonlyMap<string, string>): Generator<Arrow> {
  const nodes = nodesById(graph);
  const drawn = new Set<string>();
  for (const node of graph.nodes) {
    const to = markOf.get(node.id);
    if (to === undefined) continue;
    const entries = Object.entries(node.inputs);
    for (const [name, id] of entries) {
      const from = markOf.get(id);
      if (from === undefined || from === to) continue;
      const type = showType(nodes.get(id)!.type);
      const label = plain(to === node.id && entries.length > 1 ? `${name}: ${type}` : type);
      const key = `${from} ${to} ${label}`;
      if (drawn.has(key)) continue;
      drawn.add(key);
      yield { from, to, label, kind: 'data' };
    }
  }
}

function* resultArrows(graph: Graph, markOf: ReadonlyMap<string, string>): Generator<Arrow> {
  const nodes = nodesById(graph);
  for (const [i, id] of Object.values(graph.outputs).entries())
    if (markOf.has(id))
      yield { from: markOf.get(id)!, to: `o${i}`, label: showType(nodes.get(id)!.type), kind: 'data' };
  for (const [name, id] of Object.entries(graph.updates)) {
    const [from, to] = [markOf.get(id), markOf.get(graph.inputs[name]!)];
    if (from !== undefined && to !== undefined) yield { from, to, label: 'next', kind: 'next' };
  }
}

/** The nodes that depend on an input, inputs included. */
function dependents(graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of graph.nodes)
    if (isInput(node) ? inputAttributes(node).role === 'input' : Object.values(node.inputs).some((id) => found.has(id)))
      found.add(node.id);
  return found;
}

const longest = 300;

const plain = (text: string): string =>
  (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\p{Cc}/gu, ' ');
