import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { fromJson, GraphBuilder, toJson } from '../../src/graph/index.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';
import { arbitraryGraph } from './arbitrary-graph.ts';
import { noteOp, toyOps } from './toy-ops.ts';

const sample = () => {
  const g = new GraphBuilder();
  const x = g.input('x', { dtype: 'f64', shape: [2] });
  const y = addOp({ a: x, b: noteOp({ x }, { note: [-0, Number.NaN, { $number: 'kept' }] }) }, {});
  return g.build({ y });
};

/** A deep copy of the sample's JSON that a test may break. */
// biome-ignore lint/suspicious/noExplicitAny: broken files have no type.
const file = (): any => JSON.parse(JSON.stringify(toJson(sample())));

describe('toJson and fromJson', () => {
  test.prop([arbitraryGraph(fc)], { numRuns: 300 })('give the identical graph back through JSON text', (graph) => {
    const back = fromJson(JSON.parse(JSON.stringify(toJson(graph))), toyOps);
    expect(back).toStrictEqual(graph);
    expect(Object.keys(back.inputs)).toEqual(Object.keys(graph.inputs));
  });

  test('write a format, a schema version and marks for numbers that JSON lacks', () => {
    const json = toJson(sample());
    expect(json).toMatchObject({ format: 'cotangent-graph', version: 1 });
    expect(json.nodes[1]).toEqual({
      id: 'n1',
      op: 'note',
      inputs: { x: 'n0' },
      attributes: { note: [{ $number: '-0' }, { $number: 'NaN' }, { $$number: 'kept' }] },
      type: { dtype: 'f64', shape: [2] },
    });
  });

  // biome-ignore lint/suspicious/noExplicitAny: broken files have no type.
  test.each<[string, (json: any) => unknown, RegExp]>([
    ['a list', () => [], /json\/syntax: the file: is not a record/],
    ['null', () => null, /json\/syntax/],
    ['another format', (j) => ({ ...j, format: 'onnx' }), /json\/format: format: is "onnx"/],
    ['no format', () => ({}), /json\/format: format: is missing/],
    [
      'a later version',
      (j) => ({ ...j, version: 2 }),
      /json\/version: version: is 2, this cotangent reads version 1[\s\S]*update cotangent/,
    ],
    ['a version as text', (j) => ({ ...j, version: '1' }), /json\/version: version: is "1"/],
    ['no version', ({ version: _, ...j }) => j, /json\/version: version: is missing/],
    ['no nodes', ({ nodes: _, ...j }) => j, /json\/syntax: nodes: /],
    ['nodes as a record', (j) => ({ ...j, nodes: {} }), /json\/syntax: nodes: nodes are a list/],
    ['a stray key', (j) => ({ ...j, extra: 1 }), /json\/syntax: extra: /],
    [
      'a stray key of a node',
      (j) => {
        j.nodes[1].colour = 1;
      },
      /json\/syntax: nodes\[1\]\.colour: /,
    ],
    [
      'an id as a number',
      (j) => {
        j.nodes[1].id = 1;
      },
      /json\/syntax: nodes\[1\]\.id: an id is text/,
    ],
    [
      'a wild id',
      (j) => {
        j.nodes[1].id = 'x';
      },
      /json\/syntax: nodes\[1\]\.id: a node id is n0/,
    ],
    [
      'a number for an operand',
      (j) => {
        j.nodes[2].inputs.b = 1;
      },
      /json\/syntax: nodes\[2\]\.inputs\.b: a node id is text/,
    ],
    [
      'a wild dtype',
      (j) => {
        j.nodes[2].type.dtype = 'f16';
      },
      /json\/syntax: nodes\[2\]\.type\.dtype: a dtype is one of f64/,
    ],
    [
      'a negative dimension',
      (j) => {
        j.nodes[2].type.shape[0] = -1;
      },
      /json\/syntax: nodes\[2\]\.type\.shape\[0\]: a dimension/,
    ],
    [
      'a fraction for a dimension',
      (j) => {
        j.nodes[2].type.shape[0] = 1.5;
      },
      /nodes\[2\]\.type\.shape\[0\]/,
    ],
    [
      'attributes as a list',
      (j) => {
        j.nodes[1].attributes = [];
      },
      /json\/syntax: nodes\[1\]\.attributes: this is a record/,
    ],
    ['outputs as a list', (j) => ({ ...j, outputs: [] }), /json\/syntax: outputs: this is a record/],
    [
      'an unknown operator',
      (j) => {
        j.nodes[2].op = 'ad';
      },
      /json\/operator: nodes\[2\]\.op: there is no operator 'ad'/,
    ],
    [
      'an operator from Object',
      (j) => {
        j.nodes[2].op = 'toString';
      },
      /json\/operator: nodes\[2\]\.op: there is no operator 'toString'/,
    ],
    [
      'a second id',
      (j) => {
        j.nodes[2].id = 'n1';
      },
      /json\/duplicate: nodes\[2\]\.id: a second node is called n1/,
    ],
    [
      'a dangling operand',
      (j) => {
        j.nodes[2].inputs.b = 'n9';
      },
      /json\/dangling: nodes\[2\]\.inputs\.b: there is no node 'n9'/,
    ],
    [
      'a dangling output',
      (j) => {
        j.outputs.y = 'n9';
      },
      /json\/dangling: outputs\.y: there is no node 'n9'/,
    ],
    [
      'a dangling update',
      (j) => {
        j.updates['a b'] = 'n9';
      },
      /json\/dangling: updates\["a b"\]: there is no node 'n9'/,
    ],
    [
      'a circle',
      (j) => {
        j.nodes[1].inputs.x = 'n2';
      },
      /json\/cycle: nodes\[1\]\.inputs\.x: [\s\S]*(n1 → n2 → n1|n2 → n1 → n2)/,
    ],
    [
      'a wrong order',
      (j) => {
        j.nodes.push(j.nodes.shift());
      },
      /json\/order: nodes\[0\]\.inputs\.x: n0 stands after its reader n1/,
    ],
    [
      'a wrong type',
      (j) => {
        j.nodes[2].type.shape = [3];
      },
      /graph\/type: n2 says f64\[3\], add infers f64\[2\]/,
    ],
    [
      'a missing operand',
      (j) => {
        delete j.nodes[2].inputs.b;
      },
      /graph\/inputs: n2 \(add\) lacks its input 'b'/,
    ],
    [
      'a stray operand',
      (j) => {
        j.nodes[2].inputs.c = 'n0';
      },
      /graph\/inputs: n2 \(add\) has no input 'c'/,
    ],
    [
      'an update of nothing',
      (j) => {
        j.updates.m = 'n0';
      },
      /graph\/update: 'm' is not a parameter or state/,
    ],
    [
      'a wild number',
      (j) => {
        j.nodes[1].attributes.note = { $number: '1' };
      },
      /json\/number: nodes\[1\]\.attributes\.note\.\$number: is "1"/,
    ],
    [
      'a wild mark',
      (j) => {
        j.nodes[1].attributes.note = { $ref: 1 };
      },
      /json\/key: nodes\[1\]\.attributes\.note\.\$ref: begins with a single \$/,
    ],
    [
      'an input of a wild role',
      (j) => {
        j.nodes[0].attributes.role = 'boss';
      },
      /input\/role: unknown role 'boss'/,
    ],
    [
      'an input without attributes',
      (j) => {
        j.nodes[0].attributes = {};
      },
      /input\/name/,
    ],
  ])('refuse %s', (_, spoil, message) => {
    const json = file();
    const broken = spoil(json);
    const read = () => fromJson(broken === undefined ? json : broken, toyOps);
    expect(read).toThrow(message);
    expect(read).toThrow(/Fix: \S/);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('refuse the key %s wherever it stands, with its path', (key) => {
    const text = JSON.stringify(toJson(sample()));
    const places: [string, string][] = [
      [text.replace('"inputs":{"x":"n0"}', `"inputs":{"${key}":"n0"}`), `nodes[1].inputs.${key}`],
      [text.replace('"note":[', `"${key}":{"a":1},"note":[`), `nodes[1].attributes.${key}`],
      [text.replace('"outputs":{', `"outputs":{"${key}":"n0",`), `outputs.${key}`],
      [text.replace('{', `{"${key}":{},`), key],
    ];
    for (const [broken, path] of places)
      expect(() => fromJson(JSON.parse(broken), toyOps)).toThrow(`json/key: ${path}: has the reserved key '${key}'`);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  test('refuse endless nesting without running out of stack', () => {
    const deep = JSON.stringify(toJson(sample())).replace(
      '"note":[',
      `"deep":${'['.repeat(5000)}${']'.repeat(5000)},"note":[`,
    );
    expect(() => fromJson(JSON.parse(deep), toyOps)).toThrow(/json\/depth/);
    const round = file();
    round.nodes[1].attributes.note = round;
    expect(() => fromJson(round, toyOps)).toThrow(/json\/depth/);
  });

  test.prop([fc.jsonValue()])('throw nothing but errors with a cure', (junk) => {
    for (const value of [junk, { ...file(), nodes: junk }, { ...file(), outputs: junk }, { ...file(), nodes: [junk] }])
      try {
        fromJson(value, toyOps);
      } catch (error) {
        expect(error).toMatchObject({ name: 'GraphError', fix: expect.stringMatching(/\S/) });
      }
  });
});
