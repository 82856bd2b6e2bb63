import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { freeze } from '../../src/graph/freeze.ts';
import { type AnyOp, check, type Graph, GraphBuilder, type Node } from '../../src/graph/index.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';
import { arbitraryGraph } from './arbitrary-graph.ts';
import { firstOp, noteOp, totalOp } from './toy-ops.ts';

const sample = (): Graph => {
  const g = new GraphBuilder();
  const x = g.input('x', { dtype: 'f64', shape: [2] });
  const m = g.state('m', { dtype: 'f64', shape: [2] });
  const y = g.scope('block', () => addOp({ a: x, b: m }, {}));
  return g.build({ y, z: firstOp({ a: y, b: x }, {}) }, { m: y });
};

const withNode = (i: number, change: Partial<Node>): Graph => {
  const graph = sample();
  return freeze({ ...graph, nodes: graph.nodes.map((node, k) => (k === i ? { ...node, ...change } : node)) });
};
const withParts = (change: Partial<Graph>): Graph => freeze({ ...sample(), ...change });

/** As files and other programs could hand them over. */
const unsound = (attributes: unknown): Partial<Node> => ({
  op: noteOp as AnyOp,
  inputs: { x: 'n0' },
  attributes: attributes as object,
});

describe('check', () => {
  test.prop([arbitraryGraph(fc)])('hands every built graph back', (graph) => {
    expect(check(graph)).toBe(graph);
  });

  const round: unknown[] = [];
  round.push(round);
  test.each<[string, Graph, RegExp]>([
    ['a wild id', withNode(2, { id: 'add' }), /graph\/ids: 'add' is not a node id/],
    ['an id twice', withNode(1, { id: 'n0' }), /graph\/ids: two nodes are n0[\s\S]*n0 input "x"/],
    [
      'an operand that is not there',
      withNode(2, { inputs: { a: 'n0', b: 'n8' } }),
      /graph\/dangling: input 'b' of n2 \(add\) is n8, which does not exist/,
    ],
    [
      'an operand that stands later',
      withNode(2, { inputs: { a: 'n0', b: 'n3' } }),
      /graph\/order: input 'b' of n2 \(add\) is n3, which does not stand before it/,
    ],
    ['a missing operand', withNode(2, { inputs: { a: 'n0' } }), /graph\/inputs: n2 \(add\) lacks its input 'b'/],
    [
      'a missing operand that inference never reads',
      withNode(3, { inputs: { a: 'n0' } }),
      /n3 \(first\) lacks its input 'b'/,
    ],
    ['a stray operand', withNode(2, { inputs: { a: 'n0', b: 'n0', c: 'n0' } }), /n2 \(add\) has no input 'c'/],
    [
      'a numbered operand',
      withNode(3, { inputs: { a: 'n0', b: 'n0', b0: 'n0' } }),
      /n3 \(first\) has an input 'b' without a number/,
    ],
    [
      'a gap between numbers',
      withNode(2, { op: totalOp as AnyOp, inputs: { x0: 'n0', x2: 'n0' } }),
      /n2 \(total\) lacks its input 'x1'/,
    ],
    [
      'a variadic operand without a number',
      withNode(2, { op: totalOp as AnyOp, inputs: { x: 'n0' } }),
      /n2 \(total\) has an input 'x' without a number/,
    ],
    [
      'undefined in attributes',
      withNode(2, unsound({ note: undefined })),
      /graph\/attributes: attribute 'note' is undefined[\s\S]*n2 note/,
    ],
    [
      'a function in attributes',
      withNode(2, unsound({ note: { f: [() => 1] } })),
      /attribute 'note.f\[0\]' is a function/,
    ],
    [
      'a typed array in attributes',
      withNode(2, unsound({ note: new Float64Array(2) })),
      /attribute 'note' is a Float64Array/,
    ],
    ['a date in attributes', withNode(2, unsound({ note: new Date() })), /attribute 'note' is a Date/],
    ['a round of attributes', withNode(2, unsound({ note: round })), /nested deeper than 64/],
    ['a hole in attributes', withNode(2, unsound({ note: new Array(2) })), /attribute 'note\[0\]' is undefined/],
    [
      'a wrong type',
      withNode(2, { type: { dtype: 'f64', shape: [3] } }),
      /graph\/type: n2 says f64\[3\], add infers f64\[2\][\s\S]*a {3}f64\[2\] {3}n0/,
    ],
    [
      'a type that is none',
      withNode(2, { type: { dtype: 'f64', shape: [-1] } }),
      /graph\/type: n2 has the type f64\[-1\]/,
    ],
    ['an unknown output', withParts({ outputs: { y: 'n9' } }), /graph\/output: output 'y' is n9/],
    ['an unknown update', withParts({ updates: { m: 'n9' } }), /graph\/update: update 'm' is n9/],
    ['an update of an input', withParts({ updates: { x: 'n2' } }), /graph\/update: 'x' is not a parameter or state/],
    [
      'a reserved output',
      withParts({ outputs: { constructor: 'n2' } }),
      /graph\/name: an output cannot be called 'constructor'/,
    ],
    [
      'an input under another name',
      withParts({ inputs: { z: 'n0', m: 'n1' } }),
      /graph\/leaf: the graph lists n0 as its input 'z'/,
    ],
    [
      'an input that is not listed',
      withParts({ inputs: { x: 'n0' } }),
      /graph\/leaf: the graph does not list its input 'm'/,
    ],
    [
      'an input name twice',
      withNode(1, { attributes: freeze({ name: 'x', role: 'state', dtype: 'f64', shape: [2] }) }),
      /graph\/leaf: two nodes are the input 'x'/,
    ],
  ])('refuses %s', (_, graph, message) => {
    expect(() => check(graph)).toThrow(message);
    expect(() => check(graph)).toThrow(/Fix: \S/);
  });

  test('refuses what can still change', () => {
    const graph = sample();
    expect(() => check({ ...graph })).toThrow(/graph\/frozen/);
    expect(() => check(Object.freeze({ ...graph, nodes: Object.freeze(graph.nodes.map((n) => ({ ...n }))) }))).toThrow(
      /graph\/frozen: n0/,
    );
    const open = Object.freeze({ ...graph.nodes[2]!, ...unsound({ note: [] }) });
    expect(() => check(Object.freeze({ ...graph, nodes: Object.freeze([...graph.nodes.slice(0, 2), open]) }))).toThrow(
      /graph\/frozen: n2|graph\/frozen: the attributes of n2/,
    );
  });

  test('says where the node was made', () => {
    expect(() => check(withParts({ updates: { x: 'n2' } }))).toThrow(
      /add in block {3}test\/graph\/check\.test\.ts:\d+/,
    );
  });

  test('the builder refuses bad attributes at the call', () => {
    const g = new GraphBuilder();
    const x = g.input('x', { dtype: 'f64', shape: [2] });
    expect(() => noteOp({ x }, { note: undefined })).toThrow(
      /graph\/attributes: attribute 'note' is undefined\n {2}in note, called at test\/graph\/check\.test\.ts:\d+/,
    );
    expect(noteOp({ x }, { note: Number.NaN })).not.toBe(noteOp({ x }, { note: { number: 'NaN' } }));
    expect(noteOp({ x }, { note: -0 })).not.toBe(noteOp({ x }, { note: 0 }));
  });
});
