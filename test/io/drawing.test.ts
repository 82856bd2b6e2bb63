import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Graph, GraphBuilder, type Node } from '../../src/graph/index.ts';
import { toDot } from '../../src/io/dot.ts';
import { toMermaid } from '../../src/io/mermaid.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';
import { negOp } from '../../src/ops/pointwise/neg.ts';
import { arbitraryGraph } from '../graph/arbitrary-graph.ts';

/** What a drawing's text says, read by a grammar of the few forms that are written. */
interface Read {
  /** Mark id → its label and the labels of the groups around it, outermost first. */
  readonly marks: Map<string, { readonly label: string; readonly groups: readonly string[] }>;
  readonly arrows: readonly {
    readonly from: string;
    readonly to: string;
    readonly label: string;
    readonly dashed: boolean;
  }[];
}

const dotString = String.raw`"((?:[^"\\]|\\["\\n])*)"`;
const dotText = (quoted: string): string =>
  quoted.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)).replaceAll('&amp;', '&');

function readDot(text: string): Read {
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toBe('digraph cotangent {');
  expect(lines.at(-1)).toBe('}');
  return read(lines.slice(4, -1), {
    open: /^\s*subgraph cluster_s\d+ \{$/,
    label: new RegExp(`^\\s*label=${dotString} color="#\\w{6}"$`),
    close: /^\s*\}$/,
    mark: new RegExp(
      `^\\s*(\\w+) \\[label=${dotString} tooltip=${dotString} shape=\\w+(?: peripheries=2)? fillcolor="#\\w{6}"\\]$`,
    ),
    arrow: new RegExp(`^\\s*(\\w+) -> (\\w+) \\[label=${dotString}( style=dashed constraint=false)?\\]$`),
    text: dotText,
    order: { from: 1, to: 2, label: 3, dashed: 4 },
  });
}

const mermaidString = String.raw`"((?:[\p{L}\p{N}_ ,:()[\]/=]|#\d+;|<br/>)+)"`;
const mermaidText = (quoted: string): string =>
  quoted.replaceAll('<br/>', '\n').replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

function readMermaid(text: string): Read {
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toBe('flowchart TD');
  return read(
    lines.slice(1).filter((line) => !/^ {2}classDef \w+ fill:#\w{6},stroke:#\w{6},color:#\w{6}$/.test(line)),
    {
      open: new RegExp(`^\\s*subgraph s\\d+\\[${mermaidString}\\]$`, 'u'),
      close: /^\s*end$/,
      mark: new RegExp(`^\\s*(\\w+)[([]+${mermaidString}[)\\]]+:::\\w+$`, 'u'),
      arrow: new RegExp(`^\\s*(\\w+) (-->|-\\.->)\\|${mermaidString}\\| (\\w+)$`, 'u'),
      text: mermaidText,
      order: { from: 1, dashed: 2, label: 3, to: 4 },
    },
  );
}

interface Grammar {
  readonly open: RegExp;
  /** Where a group's label stands on a line of its own. */
  readonly label?: RegExp;
  readonly close: RegExp;
  readonly mark: RegExp;
  readonly arrow: RegExp;
  readonly text: (quoted: string) => string;
  readonly order: { readonly [K in 'from' | 'to' | 'label' | 'dashed']: number };
}

function read(lines: readonly string[], { open, label, close, mark, arrow, text, order }: Grammar): Read {
  const marks: Read['marks'] = new Map();
  const arrows: Read['arrows'][number][] = [];
  const groups: string[] = [];
  for (const line of lines) {
    const opened = open.exec(line);
    const labelled = label?.exec(line);
    const [marked, drawn] = [mark.exec(line), arrow.exec(line)];
    if (opened !== null) {
      if (label === undefined) groups.push(text(opened[1]!));
    } else if (labelled) groups.push(text(labelled[1]!));
    else if (close.test(line)) expect(groups.pop()).toBeDefined();
    else if (marked !== null) {
      expect(marks.has(marked[1]!)).toBe(false);
      marks.set(marked[1]!, { label: text(marked[2]!), groups: [...groups] });
    } else if (drawn !== null) {
      const dashed = drawn[order.dashed] !== undefined && drawn[order.dashed] !== '-->';
      arrows.push({ from: drawn[order.from]!, to: drawn[order.to]!, label: text(drawn[order.label]!), dashed });
    } else expect(line).toBe('a line that the grammar knows');
  }
  expect(groups).toEqual([]);
  for (const { from, to } of arrows) for (const id of [from, to]) expect(marks.has(id)).toBe(true);
  return { marks, arrows };
}

const drawings: [string, (graph: Graph, fold?: number) => Read][] = [
  ['DOT', (graph, fold) => readDot(toDot(graph, fold === undefined ? {} : { fold }))],
  ['Mermaid', (graph, fold) => readMermaid(toMermaid(graph, fold === undefined ? {} : { fold }))],
];

const plain = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd').replace(/\p{Cc}/gu, ' ');
const levels = (node: Node): string[] =>
  node.scope === undefined ? [] : node.scope.split('/').map((level) => plain(level));
const shown = (text: string): string => (text === '' ? ' ' : text);

describe.each(drawings)('%s', (format, draw) => {
  test.prop([arbitraryGraph(fc)], { numRuns: 200 })(
    'shows every node in its scopes, every edge, output and update',
    (graph) => {
      const { marks, arrows } = draw(graph);
      for (const node of graph.nodes) {
        const mark = marks.get(node.id)!;
        const groups = levels(node).map((level) => (format === 'Mermaid' ? shown(level) : level));
        expect(mark.groups).toEqual(groups);
        expect(mark.label.startsWith(plain(node.op.name === 'input' ? '' : node.op.name))).toBe(true);
      }
      const outputs = Object.entries(graph.outputs);
      expect(marks.size).toBe(graph.nodes.length + outputs.length);
      outputs.forEach(([name, id], i) => {
        expect(marks.get(`o${i}`)!.label).toBe(plain(name));
        expect(arrows.some(({ from, to }) => from === id && to === `o${i}`)).toBe(true);
      });
      const edges = graph.nodes.flatMap((node) => Object.values(node.inputs)).length;
      expect(arrows.length).toBe(edges + outputs.length + Object.keys(graph.updates).length);
      expect(arrows.filter(({ dashed }) => dashed).map(({ from }) => from)).toEqual(Object.values(graph.updates));
    },
  );

  test.prop([arbitraryGraph(fc), fc.nat(2)])('folds deeper scopes into one mark each', (graph, fold) => {
    const { marks, arrows } = draw(graph, fold);
    const flat = graph.nodes.filter((node) => levels(node).length <= fold);
    const folded = new Set(
      graph.nodes
        .filter((node) => levels(node).length > fold)
        .map((node) => JSON.stringify(node.scope!.split('/').slice(0, fold + 1))),
    );
    for (const node of flat) expect(marks.has(node.id)).toBe(true);
    expect(marks.size).toBe(flat.length + folded.size + Object.keys(graph.outputs).length);
    for (const { groups } of marks.values()) expect(groups.length).toBeLessThanOrEqual(fold);
    for (const { from, to, dashed } of arrows) if (!dashed) expect(from).not.toBe(to);
  });

  test('refuses a fold that is no number of levels', () => {
    const g = new GraphBuilder();
    const graph = g.build({ y: g.input('x', { dtype: 'f64', shape: [] }) });
    for (const fold of [-1, 0.5, Number.NaN]) expect(() => draw(graph, fold)).toThrow(/draw\/fold/);
  });

  test('counts the nodes of a fold and keeps edges between folds', () => {
    const g = new GraphBuilder();
    const x = g.input('x', { dtype: 'f64', shape: [2] });
    const y = g.scope('net', () => {
      const a = g.scope('left', () => negOp({ x: negOp({ x }, {}) }, {}));
      return g.scope('right', () => addOp({ a, b: a }, {}));
    });
    const { marks, arrows } = draw(g.build({ y }), 1);
    expect([...marks.values()]).toContainEqual({ label: 'left\n2 nodes', groups: ['net'] });
    expect([...marks.values()]).toContainEqual({ label: 'right\n1 node', groups: ['net'] });
    expect(arrows.map(({ from, to, label }) => `${from} ${to} ${label}`)).toEqual([
      'n0 f0 f64[2]',
      'f0 f1 f64[2]',
      'f1 o0 f64[2]',
    ]);
  });
});
