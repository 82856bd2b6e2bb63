import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { compile } from '../../src/backends/compile.ts';
import {
  array,
  type Graph,
  liveIds,
  type NdArray,
  nodesById,
  parse,
  print,
  sizeOf,
  whereMade,
} from '../../src/graph/index.ts';
import { isInput } from '../../src/graph/input.ts';
import { literals } from '../../src/ops/constant/literals.ts';
import { ops } from '../../src/ops/index.ts';
import { mergeCommonSubexpressions } from '../../src/passes/common-subexpressions.ts';
import { removeDeadCode } from '../../src/passes/dead-code.ts';
import { explain } from '../../src/passes/explain.ts';
import { foldConstants } from '../../src/passes/fold-constants.ts';
import { optimize } from '../../src/passes/optimize.ts';
import type { Rewrite } from '../../src/passes/rewrite.ts';
import { simplify } from '../../src/passes/simplify.ts';
import { redo, undo } from '../../src/passes/undo.ts';
import { arbitraryProgram } from './arbitrary-program.ts';

const passes: { readonly [name: string]: (graph: Graph) => Rewrite } = {
  'dead-code': removeDeadCode,
  'common-subexpressions': mergeCommonSubexpressions,
  'fold-constants': (graph) => foldConstants(graph, literals),
  simplify: (graph) => simplify(graph, literals),
};

/** Awkward numbers first: zeros of both signs, NaN and infinities show what real numbers hide. */
const awkward = [-0, 0.1, Number.NaN, 3, -Infinity, 1e-320, 0, 2 ** 31];

function results(graph: Graph): { readonly [name: string]: NdArray } {
  const executable = compile(graph);
  const feed: { [name: string]: NdArray } = {};
  for (const node of graph.nodes.filter(isInput)) {
    const name = Object.keys(graph.inputs).find((key) => graph.inputs[key] === node.id)!;
    const value = array(
      node.type,
      Array.from({ length: sizeOf(node.type.shape) }, (_, i) => awkward[(i + name.length) % awkward.length]!),
    );
    if (name === 'm') executable.write(name, value);
    else feed[name] = value;
  }
  const outputs = executable.run(feed);
  const all = { ...outputs, m: executable.read('m') };
  executable.close();
  return all;
}

/** Every bit counts, but for the many NaNs, which are one. */
function expectSameResults(after: Graph, before: Graph): void {
  const [is, was] = [results(after), results(before)];
  expect(Object.keys(is).sort()).toEqual(Object.keys(was).sort());
  for (const name of Object.keys(was)) {
    expect(is[name]!.toString()).toBe(was[name]!.toString());
    expect(Array.from(is[name]!.data).every((v, i) => Object.is(v, was[name]!.data[i]))).toBe(true);
  }
}

describe.each(Object.entries(passes))('%s', (name, pass) => {
  test.prop([arbitraryProgram(fc)], { numRuns: 300 })('keeps every bit of every output and update', (graph) => {
    expectSameResults(pass(graph).graph, graph);
  });

  test.prop([arbitraryProgram(fc)])('can be undone and redone from its patches', (graph) => {
    const rewrite = pass(graph);
    expect(undo(rewrite)).toStrictEqual(graph);
    expect(redo(rewrite)).toStrictEqual(rewrite.graph);
    expect(rewrite.before).toBe(graph);
  });

  test.prop([arbitraryProgram(fc)])('is done when it is done', (graph) => {
    const { graph: once } = pass(graph);
    const twice = pass(once);
    expect(twice.patches).toEqual([]);
    expect(twice.graph).toBe(once);
    expect(explain(twice)).toBe(`${name}: nothing to do\n`);
  });

  test.prop([arbitraryProgram(fc)])('keeps ids, inputs, origins and scopes of what stays', (graph) => {
    const { graph: after } = pass(graph);
    expect(after.inputs).toEqual(graph.inputs);
    const old = nodesById(graph);
    for (const node of after.nodes) {
      const before = old.get(node.id)!;
      expect(node.scope).toBe(before.scope);
      expect(whereMade(node)).toBe(whereMade(before));
    }
    const ids = after.nodes.map(({ id }) => Number(id.slice(1)));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  test.prop([arbitraryProgram(fc)])('explains itself: each removed, added or changed node has its line', (graph) => {
    const rewrite = pass(graph);
    const text = explain(rewrite);
    const [old, now] = [nodesById(graph), nodesById(rewrite.graph)];
    for (const { id } of graph.nodes) expect(text.includes(`\n- ${id} = `)).toBe(!now.has(id));
    for (const node of rewrite.graph.nodes)
      expect(text.includes(`\n~ ${node.id} = `)).toBe(
        JSON.stringify(old.get(node.id)) !== JSON.stringify(node) || old.get(node.id)!.op !== node.op,
      );
  });
});

describe('dead-code', () => {
  test.prop([arbitraryProgram(fc)])('leaves exactly inputs and what is needed', (graph) => {
    const { graph: after } = removeDeadCode(simplify(graph, literals).graph);
    const live = liveIds(after);
    expect(after.nodes.every((node) => live.has(node.id) || isInput(node))).toBe(true);
  });

  test('explains what it removed, and undoes it', () => {
    const rewrite = removeDeadCode(
      parse(
        'n0 = input "x" : f64[2]\nn1 = neg(x: n0) : f64[2]  # a/b\nn2 = add(a: n0, b: n0) : f64[2]\noutput y = n2\n',
        ops,
      ),
    );
    expect(explain(rewrite)).toBe(
      'dead-code: 1 removed, 0 changed, 0 added; 3 → 2 nodes\n- n1 = neg(x: n0) : f64[2]  # a/b\n',
    );
    expect(rewrite.patches).toEqual([{ op: 'remove', path: ['nodes', 'n1'] }]);
    expect(print(undo(rewrite))).toBe(print(rewrite.before));
  });
});

/** Runs a pass on the text of a graph; text out. */
const on = (pass: (graph: Graph) => Rewrite, lines: readonly string[]): string[] =>
  print(pass(parse(lines.join('\n'), ops)).graph)
    .trim()
    .split('\n');

const x = 'n0 = input "x" : f64[2,3]';

describe('common-subexpressions', () => {
  test('merges chains of equals, and swapped inputs of commutative operators only', () => {
    expect(
      on(mergeCommonSubexpressions, [
        x,
        'n1 = neg(x: n0) : f64[2,3]',
        'n2 = neg(x: n0) : f64[2,3]',
        'n3 = add(a: n0, b: n1) : f64[2,3]',
        'n4 = add(a: n2, b: n0) : f64[2,3]',
        'n5 = sub(a: n0, b: n3) : f64[2,3]',
        'n6 = sub(a: n4, b: n0) : f64[2,3]',
        'output p = n5',
        'output q = n6',
        'output r = n4',
      ]),
    ).toEqual([
      x,
      'n1 = neg(x: n0) : f64[2,3]',
      'n3 = add(a: n0, b: n1) : f64[2,3]',
      'n5 = sub(a: n0, b: n3) : f64[2,3]',
      'n6 = sub(a: n3, b: n0) : f64[2,3]',
      'output p = n5',
      'output q = n6',
      'output r = n3',
    ]);
  });
});

describe('simplify', () => {
  const simple = (graph: Graph) => simplify(graph, literals);
  test.each<[string, string[], string[]]>([
    [
      'x · 1',
      [
        'n1 = full() {"dtype":"f64","shape":[2,3],"value":1} : f64[2,3]',
        'n2 = mul(a: n1, b: n0) : f64[2,3]',
        'output y = n2',
      ],
      ['output y = n0'],
    ],
    ['−(−x)', ['n1 = neg(x: n0) : f64[2,3]', 'n2 = neg(x: n1) : f64[2,3]', 'output y = n2'], ['output y = n0']],
    [
      'two transposes that cancel',
      [
        'n1 = transpose(x: n0) {"permutation":[1,0]} : f64[3,2]',
        'n2 = transpose(x: n1) {"permutation":[1,0]} : f64[2,3]',
        'output y = n2',
      ],
      ['output y = n0'],
    ],
    [
      'reshapes in a row',
      ['n1 = reshape(x: n0) {"shape":[6]} : f64[6]', 'n2 = reshape(x: n1) {"shape":[3,2]} : f64[3,2]', 'output y = n2'],
      ['n2 = reshape(x: n0) {"shape":[3,2]} : f64[3,2]', 'output y = n2'],
    ],
    [
      'transposes in a row, in their order',
      [
        'n1 = reshape(x: n0) {"shape":[1,2,3]} : f64[1,2,3]',
        'n2 = transpose(x: n1) {"permutation":[1,2,0]} : f64[2,3,1]',
        'n3 = transpose(x: n2) {"permutation":[1,0,2]} : f64[3,2,1]',
        'output y = n3',
      ],
      [
        'n1 = reshape(x: n0) {"shape":[1,2,3]} : f64[1,2,3]',
        'n3 = transpose(x: n1) {"permutation":[2,1,0]} : f64[3,2,1]',
        'output y = n3',
      ],
    ],
    [
      'broadcasts in a row',
      [
        'n1 = broadcast(x: n0) {"shape":[2,4,3],"axes":[0,2]} : f64[2,4,3]',
        'n2 = broadcast(x: n1) {"shape":[5,2,4,3],"axes":[1,2,3]} : f64[5,2,4,3]',
        'output y = n2',
      ],
      ['n2 = broadcast(x: n0) {"shape":[5,2,4,3],"axes":[1,3]} : f64[5,2,4,3]', 'output y = n2'],
    ],
    [
      'flips in a row',
      ['n1 = flip(x: n0) {"axes":[0,1]} : f64[2,3]', 'n2 = flip(x: n1) {"axes":[1]} : f64[2,3]', 'output y = n2'],
      ['n2 = flip(x: n0) {"axes":[0]} : f64[2,3]', 'output y = n2'],
    ],
    [
      'a broadcast literal',
      [
        'n1 = full() {"dtype":"f64","shape":[],"value":2} : f64[]',
        'n2 = broadcast(x: n1) {"shape":[2,3],"axes":[]} : f64[2,3]',
        'output y = n2',
      ],
      ['n2 = full() {"dtype":"f64","shape":[2,3],"value":2} : f64[2,3]', 'output y = n2'],
    ],
  ])('finds %s', (_, before, after) => {
    const cleaned = (graph: Graph) => removeDeadCode(simple(graph).graph);
    expect(on(cleaned, [x, ...before])).toEqual([x, ...after]);
  });

  test('leaves x + 0 alone, which is not x where x is −0, but drops x + −0', () => {
    const sum = (zero: string) => [
      x,
      `n1 = full() {"dtype":"f64","shape":[2,3],"value":${zero}} : f64[2,3]`,
      'n2 = add(a: n0, b: n1) : f64[2,3]',
      'output y = n2',
    ];
    expect(on(simple, sum('0'))).toContain('output y = n2');
    expect(on(simple, sum('-0'))).toContain('output y = n0');
  });
});

describe('fold-constants', () => {
  const fold = (graph: Graph) => foldConstants(graph, literals, { table: 4 });
  test('works out what depends on no input', () => {
    expect(
      on(
        (graph) => removeDeadCode(fold(graph).graph),
        [
          'n0 = constant() {"dtype":"f64","shape":[3],"data":[1,-0,NaN]} : f64[3]',
          'n1 = neg(x: n0) : f64[3]',
          'n2 = add(a: n1, b: n1) : f64[3]',
          'n3 = sum(x: n2) {"axes":[0]} : f64[]',
          'output y = n2',
          'output z = n3',
        ],
      ),
    ).toEqual([
      'n2 = constant() {"dtype":"f64","shape":[3],"data":[-2,0,NaN]} : f64[3]',
      'n3 = full() {"dtype":"f64","shape":[],"value":NaN} : f64[]',
      'output y = n2',
      'output z = n3',
    ]);
  });

  test('leaves tables that are too long for the graph, but folds what is made of them', () => {
    expect(
      on(
        (graph) => removeDeadCode(fold(graph).graph),
        [
          'n0 = iota() {"dtype":"f64","shape":[9],"axis":0} : f64[9]',
          'n1 = neg(x: n0) : f64[9]',
          'n2 = sum(x: n1) {"axes":[0]} : f64[]',
          'output y = n1',
          'output z = n2',
        ],
      ),
    ).toEqual([
      'n0 = iota() {"dtype":"f64","shape":[9],"axis":0} : f64[9]',
      'n1 = neg(x: n0) : f64[9]',
      'n2 = full() {"dtype":"f64","shape":[],"value":-36} : f64[]',
      'output y = n1',
      'output z = n2',
    ]);
  });
});

describe('optimize', () => {
  test.prop([arbitraryProgram(fc)], { numRuns: 300 })('keeps every bit and ends where no pass finds more', (graph) => {
    const { graph: after, log } = optimize(graph, literals);
    expectSameResults(after, graph);
    expect(after.nodes.length).toBeLessThanOrEqual(graph.nodes.length);
    expect(optimize(after, literals).log).toEqual([]);
    let back = after;
    for (const rewrite of [...log].reverse()) {
      expect(rewrite.graph).toStrictEqual(back);
      back = undo(rewrite);
    }
    expect(back).toStrictEqual(graph);
  });
});
