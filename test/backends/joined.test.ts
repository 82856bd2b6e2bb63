import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, reference, wasmWith } from '../../src/backends/index.ts';
import { plan } from '../../src/backends/wasm/plan/plan.ts';
import type { Graph, Tensor } from '../../src/graph/index.ts';
import { array, f32, GraphBuilder, sizeOf } from '../../src/graph/index.ts';
import * as o from '../../src/ops/index.ts';
import { argmaxWindow, gather } from '../../src/ops/index.ts';
import { expectEqual } from './expect-equal.ts';
import { inTurn } from './in-turn.ts';
import { runTwice } from './run-twice.ts';

type Pick = readonly [number, number, number];
type Move = (g: GraphBuilder, made: readonly Tensor[], pick: Pick) => Tensor | undefined;

const chosen = (made: readonly Tensor[], pick: number): Tensor =>
  made[pick % 3 === 0 ? pick % made.length : made.length - 1 - (pick % Math.min(2, made.length))]!;

const window = { window: 2, stride: 2, lo: 0, hi: 0, dilation: 1 };
const around = { stride: 1, lo: 1, hi: 1, xDilation: 1, wDilation: 1 };
const most = 8000;

/** Moves between images [batch, channels, height, width]. */
const moves: { readonly [name: string]: Move } = {
  convolve: (g, made, [p, q]) => {
    const x = chosen(made, p);
    const w = g.input(`w${made.length}`, f32(1 + (q % 5), x.shape[1]!, 3, 3));
    return o.conv(x, w, { groups: 1, axes: [around, around] });
  },
  relu: (_, made, [p]) => o.maximum(chosen(made, p), 0),
  shift: (_, made, [p, q]) => o.add(chosen(made, p), q % 7),
  difference: (_, made, [p, q]) => {
    const a = chosen(made, p);
    const b = made.findLast((t, k) => k % 2 === q % 2 && t !== a && `${t.shape}` === `${a.shape}`);
    return b && o.sub(a, b);
  },
  join: (_, made, [p, q, r]) => {
    const a = chosen(made, p);
    const axis = q % 4;
    const fits = made.filter((t) => t.shape.every((d, k) => k === axis || d === a.shape[k]));
    const parts = fits.slice(-1 - (r % 3));
    return sizeOf(a.shape) * parts.length > most ? undefined : (o.concat([...parts, a], axis) as Tensor);
  },
  part: (_, made, [p, q, r]) => {
    const x = chosen(made, p);
    const axis = q % 4;
    const half = Math.floor(x.shape[axis]! / 2);
    const [from, below] = r % 2 === 0 ? [0, Math.max(1, half)] : [half, x.shape[axis]!];
    const limits = x.shape.map((d, k) => (k === axis ? below : d));
    return o.slice(x, { starts: x.shape.map((_, k) => (k === axis ? from : 0)), limits }) as Tensor;
  },
  flip: (_, made, [p, q]) => o.flip(chosen(made, p), [q % 4]) as Tensor,
  exchange: (_, made, [p, q]) => o.transpose(chosen(made, p), q % 2 === 0 ? [1, 0, 2, 3] : [0, 1, 3, 2]) as Tensor,
  pool: (_, made, [p]) => {
    const x = chosen(made, p);
    if (x.shape[2]! < 2 || x.shape[3]! < 2) return undefined;
    return gather({ x, at: argmaxWindow(x, { axes: [window, window], ties: 'first' }) }, { batch: 2 });
  },
  positions: (_, made, [p]) => {
    const x = chosen(made, p);
    if (x.shape[2]! < 2 || x.shape[3]! < 2) return undefined;
    const at = argmaxWindow(x, { axes: [window, window], ties: 'first' });
    return o.add(gather({ x, at }, { batch: 2 }), o.cast(at, 'f32') as Tensor);
  },
  total: (_, made, [p, q]) => {
    const x = chosen(made, p);
    return o.add(o.mul(x, 0), o.sum(x, { axes: [q % 4], keepDims: true }) as Tensor);
  },
};

const programs: fc.Arbitrary<Graph> = fc
  .record({
    shape: fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(2, 4, 7, 8),
      fc.constantFrom(4, 7, 8, 16, 33),
    ),
    steps: fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60))), {
      minLength: 2,
      maxLength: 14,
    }),
    outputs: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  })
  .map(({ shape, steps, outputs }) => {
    const g = new GraphBuilder();
    const made: Tensor[] = [g.input('x', f32(...shape))];
    let convolutions = 0;
    for (const [name, pick] of steps) {
      if (name === 'convolve' && convolutions++ > 1) continue;
      const next = moves[name]!(g, made, pick);
      if (next !== undefined && sizeOf(next.shape) <= most) made.push(next);
    }
    const results = outputs.map((pick, i) => [`y${i}`, made[made.length - 1 - (pick % made.length)]!] as const);
    return g.build(Object.fromEntries(results));
  });

describe('joining and taking apart', () => {
  it('gives what reference gives, whatever lies in whose memory', () =>
    fc.assert(
      fc.property(programs, (graph) => {
        const feeds = Object.fromEntries(
          Object.entries(graph.inputs).map(([name, id]) => {
            const { type } = graph.nodes.find((node) => node.id === id)!;
            return [
              name,
              array(
                type,
                Array.from({ length: sizeOf(type.shape) }, (_, i) => ((i * 7919) % 5) - 2),
              ),
            ];
          }),
        );
        const expected = Object.values(compile(graph, { backend: reference }).run(feeds));
        expectEqual(
          runTwice(graph, feeds, wasmWith({ threads: 1, relaxed: false, exact: true })),
          expected,
          'reference',
        );
        const plain = runTwice(graph, feeds, wasmWith({ threads: 1, relaxed: false }));
        expectEqual(inTurn(graph, feeds, 3), plain, 'on one thread');
      }),
      { numRuns: Number(process.env.CASES ?? 150), seed: Number(process.env.SEED ?? 2) },
    ));

  it('takes no step where what is joined can be written there', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(2, 4, 16, 16));
    const w = g.input('w', f32(4, 4, 3, 3));
    const skip = o.maximum(o.conv(x, w, { groups: 1, axes: [around, around] }), 0);
    const both = o.concat([skip, o.mul(x, 2)], 1) as Tensor;
    const at = argmaxWindow(skip, { axes: [window, window], ties: 'first' });
    const back = o.slice(both, { starts: [0, 2, 0, 0], limits: [2, 6, 16, 16] }) as Tensor;
    const graph = g.build({ y: o.relu(both), pooled: gather({ x: skip, at }, { batch: 2 }), back: o.neg(back) });
    const ops = plan(graph).steps.flatMap(({ nodes }) => nodes.map(({ op }) => op.name));
    expect(ops).not.toContain('concat');
    expect(ops).not.toContain('slice');
    expect(plan(graph).steps.length).toBeLessThanOrEqual(6);
  });
});
