import { compile, reference, wasm } from '../../src/backends/index.ts';
import type { GraphBuilder } from '../../src/graph/builder.ts';
import { GraphBuilder as Builder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import type { Type } from '../../src/graph/type.ts';

/** Values of a type, by flat position; eighths of small integers unless told otherwise. */
export type Values = (index: number) => number;

const eighths: Values = (i) => (((i * 7919) % 129) - 64) / 8;
const wholes: Values = (i) => (i * 7919) % 5;
const masks: Values = (i) => ((i * 7919) % 3) & 1;

/** An array of a type filled with values; the same ones every time. */
function filled(type: Type, values?: Values): NdArray {
  const by = values ?? (type.dtype === 'bool' ? masks : type.dtype === 'i32' ? wholes : eighths);
  return array(
    type,
    Array.from({ length: sizeOf(type.shape) }, (_, i) => by(i)),
  );
}

/**
 * Runs one graph on both backends, twice on the compiled one, whose memory then holds something already. Throws where an
 * element differs; zeros of either sign are equal. Says which steps of the plan are fallbacks.
 */
export function expectSame(
  inputs: { readonly [name: string]: Type | readonly [Type, Values] },
  build: (g: GraphBuilder, tensors: { readonly [name: string]: Tensor }) => { readonly [name: string]: Tensor },
): void {
  const g = new Builder();
  const tensors: { [name: string]: Tensor } = {};
  const feeds: { [name: string]: NdArray } = {};
  for (const [name, given] of Object.entries(inputs)) {
    const [type, values] = 'dtype' in given ? [given, undefined] : given;
    tensors[name] = g.input(name, type);
    feeds[name] = filled(type, values);
  }
  const graph = g.build(build(g, tensors));
  const expected = compile(graph, { backend: reference }).run(feeds);
  const executable = compile(graph, { backend: wasm });
  for (let run = 0; run < 2; run++)
    for (const [name, y] of Object.entries(executable.run(feeds)))
      for (const [i, value] of expected[name]!.data.entries())
        if (!Object.is(y.data[i], value) && y.data[i] !== value)
          throw new Error(`run ${run}: ${name}[${i}] is ${y.data[i]}, reference ${value}`);
}
