import { describe, expect, it } from 'vitest';
import { compile, wasm } from '../../src/backends/index.ts';
import { f32, f64, GraphBuilder, i32 } from '../../src/graph/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import { argsort } from '../../src/ops/index.ts';
import { argmaxBox } from '../../src/ops/window/argmax-box.ts';
import { keepOne } from '../../src/ops/window/keep-one.ts';
import { expectSame, type Values } from './same-as-reference.ts';

/** Ties, zeros of both signs and what is no number. */
const mixed: Values = (i) => [Number.NaN, 0, -0, 3, Number.POSITIVE_INFINITY, -7, 3][(i * 7919) % 7]!;
const spread: Values = (i) => ((i * 48271) % 8191) / 8;
const whole: Values = (i) => ((i * 48271) % 37) - 18;

describe('argsort', () => {
  for (const descending of [false, true])
    it.each([[[1]], [[2]], [[7]], [[64]], [[1000]], [[3, 17, 5]], [[2, 0]], [[5, 33]]])(
      `%j, descending: ${descending}`,
      (shape) => {
        for (const axis of shape.keys())
          for (const type of [f64, f32, i32])
            for (const values of type === i32 ? [whole] : [mixed, spread, whole])
              expectSame({ x: [type(...shape), values] }, (_, { x }) => ({ y: argsort(x!, axis, { descending }) }));
      },
    );
});

describe('keepOne', () => {
  const positions: { readonly [name: string]: Values } = {
    'few positions': (i) => ((i * 7919) % 11) - 2,
    'positions far apart': (i) => (((i * 7919) % 23) - 3) * 97_612_893,
    'one position': () => 2 ** 31 - 1,
    'none twice': (i) => i,
  };
  it.each(Object.entries(positions))('%s', (_, at) => {
    for (const rule of ['first', 'last', 'max'] as const)
      for (const [shape, batch] of [
        [[1], 0],
        [[300], 0],
        [[4, 57], 1],
        [[3, 2, 9], 2],
        [[0, 4], 1],
        [[4, 0], 1],
      ] as const)
        for (const type of [f64, f32])
          for (const values of [mixed, spread])
            expectSame({ x: [type(...shape), values], at: [i32(...shape), at] }, (_, t) => ({
              y: keepOne(t.x!, t.at!, { batch, rule }),
            }));
  });
  it('refuses what is shared where that is an error', () => {
    const g = new GraphBuilder();
    const y = keepOne(g.input('x', f64(2, 3)), g.input('at', i32(2, 3)), { batch: 1, rule: 'error' });
    const run = compile(g.build({ y }), { backend: wasm });
    const x = array(f64(2, 3));
    expect([...run.run({ x, at: array(i32(2, 3), [3, -1, -1, 3, 4, -1]) }).y!.data]).toEqual([3, -1, -1, 3, 4, -1]);
    expect(() => run.run({ x, at: array(i32(2, 3), [3, 1, -1, 5, 4, 5]) })).toThrow('two elements stand at position 5');
  });
});

describe('argmaxBox', () => {
  it.each([[[2, 3, 9]], [[3, 2, 5, 7]], [[2, 1, 3, 4, 5]]])('%j', (shape) => {
    const width = 1 + 2 * (shape.length - 2);
    // Boxes inside, over the edges, empty and inside out.
    const boxes: Values = (i) => (i % width === 0 ? Math.floor(i / width) % shape[0]! : ((i * 7919) % 13) - 4);
    for (const type of [f64, f32, i32])
      for (const values of type === i32 ? [whole] : [mixed, spread])
        expectSame({ x: [type(...shape), values], box: [i32(23, width), boxes] }, (_, { x, box }) => ({
          y: argmaxBox({ x: x!, box: box! }),
        }));
  });
  it.each([2, 0])('refuses images that are not there, with %i channels too', (channels) => {
    const g = new GraphBuilder();
    const y = argmaxBox({ x: g.input('x', f64(2, channels, 3)), box: g.input('box', i32(2, 3)) });
    const run = compile(g.build({ y }), { backend: wasm });
    const feeds = (n: number) => ({ x: array(f64(2, channels, 3)), box: array(i32(2, 3), [1, 0, 2, n, 0, 2]) });
    expect(run.run(feeds(1)).y!.data).toHaveLength(2 * channels);
    for (const n of [-1, 2, 2 ** 31 - 1]) expect(() => run.run(feeds(n))).toThrow(`box 1 is in image ${n}`);
  });
});
