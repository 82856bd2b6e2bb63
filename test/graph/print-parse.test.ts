import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { GraphBuilder, parse, print } from '../../src/graph/index.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';
import { arbitraryGraph } from './arbitrary-graph.ts';
import { noteOp, toyOps } from './toy-ops.ts';

describe('print and parse', () => {
  test.prop([arbitraryGraph(fc)], { numRuns: 300 })('give the identical graph back', (graph) => {
    const text = print(graph);
    const back = parse(text, toyOps);
    expect(back).toStrictEqual(graph);
    expect(back.nodes.every((node, i) => node.op === graph.nodes[i]!.op)).toBe(true);
    expect(Object.keys(back.inputs)).toEqual(Object.keys(graph.inputs));
    expect(Object.keys(back.outputs)).toEqual(Object.keys(graph.outputs));
    expect(print(back)).toBe(text);
    expect(Object.isFrozen(back.nodes[0]!.attributes)).toBe(true);
  });

  test('write one line per node, then outputs and updates', () => {
    const g = new GraphBuilder();
    const x = g.input('x', { dtype: 'f64', shape: [2, 3] });
    const w = g.parameter('w', { dtype: 'f64', shape: [2, 3] });
    const y = g.scope('unet', () => g.scope('down1', () => addOp({ a: x, b: w }, {})));
    const z = noteOp({ x: y }, { note: [Number.NaN, Infinity, -Infinity, -0, 1.5, 'a"b', { k: null }] });
    expect(print(g.build({ z }, { w: y }))).toBe(
      [
        'n0 = input "x" : f64[2,3]',
        'n1 = parameter "w" : f64[2,3]',
        'n2 = add(a: n0, b: n1) : f64[2,3]  # unet/down1',
        String.raw`n3 = note(x: n2) {"note":[NaN,Infinity,-Infinity,-0,1.5,"a\"b",{"k":null}]} : f64[2,3]`,
        'output z = n3',
        'update w = n2',
        '',
      ].join('\n'),
    );
  });

  test('skip blank lines and comments, and do not mind spaces or Windows line ends', () => {
    const loose =
      '# a graph\r\n\r\n  n0=input "x":f64[2]\r\nn1 = add( a :n0,b: n0 ) { } :f64[ 2 ]#here \r\noutput y=n1\r\n';
    const graph = parse(loose, toyOps);
    expect(print(graph)).toBe('n0 = input "x" : f64[2]\nn1 = add(a: n0, b: n0) : f64[2]  # here\noutput y = n1\n');
  });

  const head = 'n0 = input "x" : f64[2]\n';
  test.each([
    [
      'n0 = input x : f64[2]',
      /parse\/syntax: line 1, column 12: a string in double quotes is expected, 'x : f64\[2\]' stands here/,
    ],
    [`${head}n1 = add(a: n0 b: n0) : f64[2]`, /line 2, column 16: ',' is expected/],
    [
      `${head}n1 = add(a: n0, b: n0) : f16[2]`,
      /line 2, column 26: unknown dtype 'f16'[\s\S]*use one of f64, f32, i32, bool/,
    ],
    [`${head}n1 = add(a: n0, b: n0) : f64[-2]`, /line 2, column 30: a dimension is expected/],
    [`${head}n1 = note(x: n0) {"note": 1,} : f64[2]`, /line 2, column 29: a string in double quotes is expected/],
    [`${head}n1 = note(x: n0) {"note": 1, "note": 2} : f64[2]`, /'note' stands here twice/],
    [`${head}n1 = note(x: n0) {"__proto__": 1} : f64[2]`, /'__proto__' cannot be a key/],
    [`${head}n1 = note(x: n0) {"note": "open} : f64[2]`, /line 2, column 27: this string is broken or not closed/],
    [`${head}n1 = note(x: n0) {"note": ${'['.repeat(100)}} : f64[2]`, /nested deeper than 64 levels/],
    [`${head}n1 = add(a: n0, a: n0) : f64[2]`, /input 'a' stands here twice/],
    [
      `${head}n1 = ad(a: n0, b: n0) : f64[2]`,
      /parse\/operator: line 2, column 6: there is no operator 'ad'[\s\S]*add, full, note/,
    ],
    [`${head}n1 = add(a: n0, b: n7) : f64[2]`, /parse\/dangling: line 2, column 17: there is no node 'n7'/],
    [`${head}n1 = add(a: n0, b: n1) : f64[2]`, /parse\/cycle: line 2, column 17: [\s\S]*n1 → n1/],
    [
      `${head}n1 = add(a: n0, b: n2) : f64[2]\nn2 = add(a: n0, b: n0) : f64[2]`,
      /parse\/order: line 2, column 17: n2 stands after/,
    ],
    [`${head}n0 = add(a: n0, b: n0) : f64[2]`, /parse\/duplicate: line 2, column 1: a second node is called n0/],
    [`${head}output y = n3`, /parse\/dangling: line 2, column 12: there is no node 'n3'/],
    [`${head}output y = n0\noutput y = n0`, /line 3, column 9: 'y' stands here twice/],
    [`${head}out y = n0`, /line 2, column 1: 'out' begins no line/],
    [`${head}output y = n0 n0`, /the end of the line is expected/],
    [`${head}n1 = add(a: n0, b: n0) : f64[3]`, /graph\/type: n1 says f64\[3\], add infers f64\[2\]/],
  ])('refuse %j', (text, message) => {
    expect(() => parse(text, toyOps)).toThrow(message);
    expect(() => parse(text, toyOps)).toThrow(/Fix: \S/);
  });

  test.prop([fc.string({ unit: 'binary' })])('throw nothing but errors with a cure', (junk) => {
    try {
      parse(`${head}${junk}`, toyOps);
    } catch (error) {
      expect(error).toMatchObject({ name: 'GraphError', fix: expect.stringMatching(/\S/) });
    }
  });

  test.prop([arbitraryGraph(fc), fc.nat(), fc.string({ maxLength: 3 })])(
    'survive broken text',
    (graph, place, junk) => {
      const text = print(graph);
      const at = place % text.length;
      try {
        parse(text.slice(0, at) + junk + text.slice(at + 1), toyOps);
      } catch (error) {
        expect(error).toMatchObject({ fix: expect.stringMatching(/\S/) });
      }
    },
  );
});
