import fc, * as fastCheck from 'fast-check';
import { describe, it } from 'vitest';
import { compile, wasmWith } from '../../src/backends/index.ts';
import { defaultDraw, drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { CotangentError } from '../../src/graph/error.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { NdArray } from '../../src/graph/nd-array.ts';
import type { AnyOp } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { ops } from '../../src/ops/index.ts';
import { untilThreads } from './until-threads.ts';

interface Cases {
  readonly graph: Graph;
  readonly feeds: { readonly [name: string]: NdArray };
}

/** Many cases of one operator side by side in one graph, in f64 and, where the operator takes it, f32. */
function casesOf(op: AnyOp, count: number): Cases {
  const g = new GraphBuilder();
  const feeds: { [name: string]: NdArray } = {};
  const outputs: { [name: string]: Tensor } = {};
  for (const [i, { types, attributes, draw }] of fc.sample(op.cases(fastCheck), { numRuns: count, seed: 1 }).entries())
    for (const single of [false, true]) {
      const own = Object.entries(types).map(([name, { dtype, shape }]) => {
        const type = { dtype: single && dtype === 'f64' ? ('f32' as const) : dtype, shape };
        return [name, `${name}_${i}_${single}`, type] as const;
      });
      try {
        op.infer(Object.fromEntries(own.map(([name, , type]) => [name, type])), attributes);
      } catch (error) {
        if (error instanceof CotangentError) continue;
        throw error;
      }
      const inputs = Object.fromEntries(own.map(([name, fed, type]) => [name, g.input(fed, type)]));
      for (const [name, fed, type] of own)
        feeds[fed] = drawPoint(type, draw?.[name] ?? defaultDraw(type), new Random(i, name));
      outputs[`y_${i}_${single}`] = g.emit(op, inputs, attributes);
    }
  return { graph: g.build(outputs), feeds };
}

function run({ graph, feeds }: Cases, threads: number): { readonly [name: string]: NdArray } {
  const executable = compile(graph, { backend: wasmWith({ threads }) });
  untilThreads(executable, threads);
  try {
    executable.run(feeds);
    // Once more, in memory that holds something already.
    return executable.run(feeds);
  } finally {
    executable.close();
  }
}

describe('operators give the same bits on 1, 2 and 3 threads', () => {
  it.each(Object.entries(ops))('%s', (_, op) => {
    const cases = casesOf(op, Number(process.env.CASES ?? 20));
    const alone = run(cases, 1);
    for (const threads of [2, 3])
      for (const [name, y] of Object.entries(run(cases, threads)))
        for (const [i, value] of y.data.entries())
          if (!Object.is(value, alone[name]!.data[i]))
            throw new Error(`${name}[${i}] is ${value} on ${threads} threads, ${alone[name]!.data[i]} on one`);
  });
});
