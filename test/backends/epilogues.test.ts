import { describe, expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import {
  array,
  GraphBuilder,
  type NdArray,
  type Shape,
  sizeOf,
  type Tensor,
  type Type,
} from '../../src/graph/index.ts';
import * as o from '../../src/ops/index.ts';

type Image = Tensor<Shape, 'f32'>;

const around = { stride: 1, lo: 1, hi: 1, xDilation: 1, wDilation: 1 };
const apart = { stride: 1, lo: 1, hi: 1, xDilation: 2, wDilation: 1 };
const alone = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };

const convolutions = {
  Winograd: { channels: 16, outputs: 16, side: 16, window: 3, axis: around },
  'Winograd, ragged': { channels: 16, outputs: 14, side: 13, window: 3, axis: around },
  'direct, planes as rows': { channels: 2, outputs: 5, side: 11, window: 1, axis: alone },
  'direct, few channels': { channels: 1, outputs: 5, side: 11, window: 3, axis: around },
  'direct, results apart': { channels: 6, outputs: 4, side: 7, window: 2, axis: apart },
} as const;

/** What becomes of results y: given them, a number per channel, and values of their own shape. */
const endings: {
  readonly [name: string]: (y: Image, bias: Image, same: Image) => { readonly [name: string]: Tensor };
} = {
  'a bias': (y, bias) => ({ r: o.add(y, bias) as Tensor }),
  'a bias, and the mask of what is positive': (y, bias) => {
    const sum = o.add(y, bias);
    const positive = o.greater(sum, 0);
    return { r: o.select(positive, sum, 0) as Tensor, positive: positive as Tensor };
  },
  'what they are added to': (y, _, same) => ({ r: o.add(same, o.mul(y, 0.5)) as Tensor }),
  'a mask from elsewhere, and sums': (y, _, same) => {
    const r = o.select(o.greater(same, 0), y, 0);
    return { r: r as Tensor, s: o.sum(r, { axes: [0, 2, 3] }) as Tensor };
  },
  'a place among others': (y, bias, same) => ({
    r: o.mul(o.concat([same, o.maximum(o.add(y, bias), 0) as Image], 1) as Image, 1.5) as Tensor,
  }),
};

describe('what becomes of a convolution’s results before they are written', () => {
  for (const [kind, { channels, outputs, side, window, axis }] of Object.entries(convolutions))
    for (const [ending, end] of Object.entries(endings))
      for (const dtype of ['f32', 'f64'] as const)
        it(`${kind}: ${ending} (${dtype})`, () => {
          const feeds: { [name: string]: NdArray } = {};
          /** With `shown` the results leave the program as well, so that nothing can become of them before. */
          const outputsOf = (shown: boolean, threads: number) => {
            const g = new GraphBuilder();
            const input = (name: string, shape: Shape): Image => {
              const type: Type = { dtype, shape };
              const random = (i: number): number => Math.fround(Math.sin(i * 12.9898 + name.length + shape.length));
              feeds[name] = array(
                type,
                Array.from({ length: sizeOf(shape) }, (_, i) => random(i)),
              );
              return g.input(name, type) as Image;
            };
            const x = input('x', [2, channels, side, side]);
            const w = input('w', [outputs, channels, window, window]);
            const y = o.conv(x, w, { groups: 1, axes: [axis, axis] }) as Image;
            const ended = end(y, input('bias', [outputs, 1, 1]), input('same', y.shape));
            const executable = wasmWith({ threads }).compile(g.build({ ...ended, ...(shown ? { y } : {}) }));
            const results = executable.run(feeds);
            executable.close();
            const { steps } = executable.plan.report();
            return { results, together: steps.some(({ ops }) => ops.includes('conv') && ops.length > 1) };
          };
          const plain = outputsOf(true, 1);
          const fused = outputsOf(false, 1);
          const { y: _, ...expected } = plain.results;
          expect(plain.together).toBe(false);
          expect(fused.together).toBe(
            kind.startsWith('Winograd') && dtype === 'f32' ? true : !ending.includes('positive'),
          );
          expect(fused.results).toEqual(expected);
          expect(outputsOf(false, 3).results).toEqual(expected);
        });
});
