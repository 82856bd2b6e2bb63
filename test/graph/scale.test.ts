import { afterAll, describe, expect, test } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import {
  check,
  fromJson,
  type Graph,
  GraphBuilder,
  parse,
  print,
  showType,
  type Tensor,
  toJson,
} from '../../src/graph/index.ts';
import { ancestors, components, cycles, descendants, path, topologicalOrder } from '../../src/graph/topology.ts';
import { toDot } from '../../src/io/dot.ts';
import { toMermaid } from '../../src/io/mermaid.ts';
import { literals } from '../../src/ops/constant/literals.ts';
import { add, mul, ops, sum } from '../../src/ops/index.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';
import { negOp } from '../../src/ops/pointwise/neg.ts';
import { concatOp } from '../../src/ops/shape/concat.ts';
import { explain } from '../../src/passes/explain.ts';
import { optimize } from '../../src/passes/optimize.ts';
import { runPass } from '../../src/passes/run-pass.ts';
import { redo, undo } from '../../src/passes/undo.ts';

const size = 20_000;
const type = { dtype: 'f64', shape: [4] } as const;

/** Generous for a busy machine: on an idle one no step takes a fifth of it. */
const secondsPerStep = 20;

/** What to differentiate, with respect to what, and the next values of parameters. */
interface Net {
  readonly y: Tensor;
  readonly wrt: readonly Tensor[];
  readonly updates?: { readonly [name: string]: Tensor };
}

/** Twenty thousand in a row. */
function chain(g: GraphBuilder): Net {
  let y: Tensor = g.input('x', type);
  const w = g.parameter('w', type);
  const two = add(w, 1);
  for (let i = 0; i < size; i++) y = i % 2 === 0 ? addOp({ a: y, b: two }, {}) : negOp({ x: y }, {});
  return { y, wrt: [w] };
}

/** One value with twenty thousand readers, joined by one node with as many inputs. */
function fan(g: GraphBuilder): Net {
  const x = g.input('x', type);
  const leaves: { [name: string]: Tensor } = {};
  for (let i = 0; i < size; i++) leaves[`x${i}`] = mul(x, i);
  return { y: concatOp(leaves, { axis: 0 }), wrt: [x] };
}

/** A residual net: blocks in scopes, each adds to what it reads; all parameters are updated. */
function residual(g: GraphBuilder): Net {
  const wrt: Tensor[] = [];
  let y: Tensor = g.input('x', type);
  const updates: { [name: string]: Tensor } = {};
  for (let i = 0; i < size / 5; i++) {
    y = g.scope(`stage${i % 4}`, () =>
      g.scope('block', () => {
        const w = g.parameter(`w${i}`, type);
        wrt.push(w);
        updates[`w${i}`] = mul(w, 0.5);
        return add(y, negOp({ x: mul(y, w) }, {}));
      }),
    );
  }
  return { y, wrt, updates };
}

describe.each<[string, (g: GraphBuilder) => Net]>([
  ['a chain', chain],
  ['a wide fan', fan],
  ['a deep residual net', residual],
])(`%s of ${size.toLocaleString('en')} nodes`, (_, build) => {
  const times: string[] = [];
  const timed = <T>(step: string, body: () => T): T => {
    const start = performance.now();
    const result = body();
    const seconds = (performance.now() - start) / 1000;
    times.push(`${step} ${(seconds * 1000).toFixed(0)} ms`);
    expect(seconds).toBeLessThan(secondsPerStep);
    return result;
  };
  let graph: Graph;
  afterAll(() => console.log(times.join(', ')));

  test('builds', () => {
    graph = timed('build', () => {
      const g = new GraphBuilder();
      const { y, updates = {} } = build(g);
      return g.build({ y }, updates);
    });
    expect(graph.nodes.length).toBeGreaterThanOrEqual(size);
  });

  test('is differentiated, and its gradient is printed and parsed', () => {
    const g = new GraphBuilder();
    const { y, wrt } = build(g);
    const gradients = timed('gradient', () => grad(sum(y), wrt));
    expect(gradients.map(showType)).toEqual(wrt.map(showType));
    const whole = timed('build the gradient', () => g.build(Object.fromEntries(gradients.map((t, i) => [`d${i}`, t]))));
    expect(whole.nodes.length).toBeGreaterThanOrEqual(size);
    const text = print(whole);
    expect(print(timed('parse the gradient', () => parse(text, ops)))).toBe(text);
  });

  test('is checked', () => {
    expect(timed('check', () => check(graph))).toBe(graph);
  });

  test('prints and parses', () => {
    const text = timed('print', () => print(graph));
    expect(print(timed('parse', () => parse(text, ops)))).toBe(text);
  });

  test('is saved and read', () => {
    const text = timed('to JSON', () => JSON.stringify(toJson(graph)));
    const back = timed('from JSON', () => fromJson(JSON.parse(text), ops));
    expect(print(back)).toBe(print(graph));
  });

  test('has a topology', () => {
    const ids = graph.nodes.map(({ id }) => id);
    expect(timed('order', () => topologicalOrder(graph))).toEqual(ids);
    expect(timed('cycles', () => cycles(graph))).toEqual([]);
    expect(timed('components', () => components(graph))).toHaveLength(1);
    const [x, y] = [graph.inputs.x!, graph.outputs.y!];
    expect(timed('ancestors', () => ancestors(graph, [y])).has(x)).toBe(true);
    expect(timed('descendants', () => descendants(graph, [x])).has(y)).toBe(true);
    const found = timed('path', () => path(graph, x, y))!;
    expect([found[0], found.at(-1)]).toEqual([x, y]);
  });

  test('has its cycle found when it is closed', () => {
    const reader = graph.nodes.find((node) => Object.values(node.inputs).includes(graph.inputs.x!))!;
    const [name] = Object.entries(reader.inputs).find(([, id]) => id === graph.inputs.x)!;
    const nodes = graph.nodes.map((node) =>
      node === reader ? { ...node, inputs: { ...node.inputs, [name]: graph.outputs.y! } } : node,
    );
    const [round] = timed('find the cycle', () => cycles({ nodes }));
    expect(round![0]).toBe(round!.at(-1));
    expect(round).toContain(reader.id);
  });

  test('is drawn', () => {
    expect(timed('DOT', () => toDot(graph)).endsWith('}\n')).toBe(true);
    expect(timed('Mermaid', () => toMermaid(graph, { fold: 1 })).startsWith('flowchart')).toBe(true);
  });

  test('goes through all passes, and back', () => {
    const { graph: after, log } = timed('passes', () => optimize(graph, literals));
    expect(after.nodes.length).toBeLessThanOrEqual(graph.nodes.length);
    const all = timed('an edit of every node', () =>
      runPass('rename', graph, (draft) => {
        for (const { id } of graph.nodes) draft.nodes[id]!.scope = 'moved';
      }),
    );
    for (const rewrite of [...log, all]) {
      expect(print(timed(`undo ${rewrite.pass}`, () => undo(rewrite)))).toBe(print(rewrite.before));
      expect(print(timed(`redo ${rewrite.pass}`, () => redo(rewrite)))).toBe(print(rewrite.graph));
      expect(timed('explain', () => explain(rewrite))).toContain(rewrite.pass);
    }
  });

  test('is inlined into another graph', () => {
    const inlined = timed('inline', () => {
      const g = new GraphBuilder();
      return g.build(g.inline(graph));
    });
    expect(inlined.nodes.length).toBeGreaterThanOrEqual(ancestors(graph, [graph.outputs.y!]).size);
  });
});

test('scopes may nest ten thousand deep', () => {
  const g = new GraphBuilder();
  const x = g.input('x', type);
  const scope = Array.from({ length: 10_000 }, (_, i) => `s${i % 10}`).join('/');
  const graph = g.build({ y: g.scope(scope, () => negOp({ x }, {})) });
  expect(print(parse(print(graph), ops))).toBe(print(graph));
  expect(toDot(graph).endsWith('}\n')).toBe(true);
  expect(toMermaid(graph).startsWith('flowchart')).toBe(true);
});
