import { describe, expect, test } from 'vitest';
import { type AnyOp, type Graph, parse, print, whereMade } from '../../src/graph/index.ts';
import { literals } from '../../src/ops/constant/literals.ts';
import { defineOp } from '../../src/ops/define.ts';
import { ops } from '../../src/ops/index.ts';
import { negOp } from '../../src/ops/pointwise/neg.ts';
import { explain } from '../../src/passes/explain.ts';
import { runPass } from '../../src/passes/run-pass.ts';
import { simplify } from '../../src/passes/simplify.ts';
import { undo } from '../../src/passes/undo.ts';

const sample = (): Graph =>
  parse('n0 = input "x" : f64[2]\nn1 = neg(x: n0) : f64[2]\nn2 = add(a: n0, b: n1) : f64[2]\noutput y = n2\n', ops);

describe('runPass', () => {
  test('puts new nodes before their readers, and patches name nodes', () => {
    const graph = sample();
    const rewrite = runPass('twice', graph, (draft) => {
      draft.nodes.n7 = {
        id: 'n7',
        op: negOp as AnyOp,
        inputs: { x: 'n1' },
        attributes: {},
        type: { dtype: 'f64', shape: [2] },
      };
      draft.nodes.n2!.inputs.b = 'n7';
    });
    expect(print(rewrite.graph)).toBe(
      'n0 = input "x" : f64[2]\nn1 = neg(x: n0) : f64[2]\nn7 = neg(x: n1) : f64[2]\nn2 = add(a: n0, b: n7) : f64[2]\noutput y = n2\n',
    );
    expect(rewrite.patches).toContainEqual({ op: 'replace', path: ['nodes', 'n2', 'inputs', 'b'], value: 'n7' });
    expect(explain(rewrite)).toBe(
      [
        'twice: 0 removed, 1 changed, 1 added; 3 → 4 nodes',
        '~ n2 = add(a: n0, b: n1) : f64[2]',
        '  n2 = add(a: n0, b: n7) : f64[2]',
        '+ n7 = neg(x: n1) : f64[2]',
        '',
      ].join('\n'),
    );
    expect(undo(rewrite)).toStrictEqual(graph);
    expect(whereMade(rewrite.graph.nodes[3]!)).toBe(whereMade(graph.nodes[2]!));
  });

  test('hands the same graph back when nothing changes', () => {
    const graph = sample();
    expect(runPass('idle', graph, () => {}).graph).toBe(graph);
  });

  test.each<[string, Parameters<typeof runPass>[2], RegExp]>([
    [
      'a cycle',
      (draft) => {
        draft.nodes.n1!.inputs.x = 'n2';
      },
      /pass\/invalid: pass broken made an invalid graph: input 'x' of n1/,
    ],
    [
      'a dangling operand',
      (draft) => {
        delete draft.nodes.n1;
      },
      /pass\/invalid: [\s\S]*n1, which does not exist/,
    ],
    [
      'a wrong type',
      (draft) => {
        draft.nodes.n1!.type = { dtype: 'f64', shape: [3] };
      },
      /pass\/invalid: [\s\S]*n1 says f64\[3\]/,
    ],
    [
      'bad attributes',
      (draft) => {
        draft.nodes.n1!.attributes = { a: undefined };
      },
      /pass\/invalid: [\s\S]*attribute 'a' is undefined/,
    ],
    [
      'a lost output',
      (draft) => {
        delete draft.outputs.y;
      },
      /pass\/type: pass broken changed output 'y' from f64\[2\] to nothing/,
    ],
    [
      'a new output',
      (draft) => {
        draft.outputs.z = 'n0';
      },
      /pass\/type: pass broken changed output 'z' from nothing/,
    ],
    [
      'a new update',
      (draft) => {
        draft.updates.x = 'n0';
      },
      /pass\/invalid: [\s\S]*'x' is not a parameter or state/,
    ],
    [
      'a lost input',
      (draft) => {
        delete draft.nodes.n0;
        draft.nodes.n1!.inputs = {};
      },
      /pass\/invalid/,
    ],
  ])('refuses %s', (_, recipe, message) => {
    expect(() => runPass('broken', sample(), recipe)).toThrow(message);
  });

  test('gives user-defined operators the same means: a rule that lies about types is found out', () => {
    const lying = defineOp<'x', object>('lying', {
      ...negOp,
      infer: () => ({ dtype: 'f64', shape: [3] }),
      simplify: ({ x }) => x,
    });
    const endless = defineOp<'x', object>('endless', {
      ...negOp,
      simplify: (inputs, attributes) => ({ inputs, attributes }),
    });
    const table = { ...ops, lying, endless };
    const graph = (op: string, type: string) =>
      parse(`n0 = input "x" : f64[2]\nn1 = ${op}(x: n0) : ${type}\noutput y = n1\n`, table);
    expect(() => simplify(graph('lying', 'f64[3]'), literals)).toThrow(
      /pass\/simplify: the simplify rule of lying makes f64\[2\] of f64\[3\]/,
    );
    expect(() => simplify(graph('endless', 'f64[2]'), literals)).toThrow(
      /pass\/simplify: the simplify rule of endless did not end/,
    );
  });
});
