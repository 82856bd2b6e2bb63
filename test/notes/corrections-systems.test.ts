import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { receptiveField } from '../../src/analysis/index.ts';
import { f32, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { declareParameters, dilatedCoverage, fcn, unet } from '../../src/nn/index.ts';
import { concat, contentLoss, conv2d, gram, mul, square, styleLoss, sub, sum } from '../../src/ops/index.ts';
import { decides } from './page.ts';
import { plane, values } from './values.ts';

describe('corrections of systems', () => {
  test('33: FCN pools; a net of convolutions alone is the variant', () => {
    const maxima = (['pool', 'conv'] as const).map((down) => {
      const net = fcn({ inChannels: 3, classes: 2, width: 4, down });
      const g = new GraphBuilder();
      const y = net.apply(g.input('x', f32(1, 3, 32, 32)), declareParameters(g, net.parameterTypes));
      return g.build({ y }).nodes.filter(({ op }) => op.name === 'argmaxWindow').length;
    });
    decides(33, `max pools in the graph of FCN-8s: ${maxima[0]}; of the all-convolutional variant: ${maxima[1]}`);
  });

  test('34: the last convolution is 1×1', () => {
    const { parameterTypes } = unet({ inChannels: 1, classes: 2, width: 8, depth: 2 });
    const g = new GraphBuilder();
    const y = conv2d(g.input('x', f32(1, 8, 32, 32)), g.parameter('w', f32(2, 8, 1, 11)), { padding: [0, 5] });
    const columns = receptiveField(g.build({ y }), { input: 'x' })[3]!.size;
    decides(
      34,
      `U-Net's head is ${parameterTypes['head.w']!.shape.join('×')}; a 1×11 window would mix ${columns} columns into each pixel`,
    );
  });

  test('35: content has a half, and each Gram matrix its own size', () => {
    const texture = plane(4, 4, [1, -1, 2, 0, 3, 1, -2, 1, 0, 2, 1, -1, 1, 1, 0, 2]);
    const { ours, theirs, content, squares } = values({ x: texture }, ({ x }) => {
      // The same texture, twice as large.
      const style = concat([x, x], 3) as typeof x;
      const [i, j] = [4, 4];
      const difference = sub(gram(x), gram(style)) as Tensor;
      const moved = mul(x, 2) as typeof x;
      return {
        ours: styleLoss([x], [style]) as Tensor,
        theirs: mul(sum(square(difference)), 1 / (2 * i * j * 1) ** 2) as Tensor,
        content: contentLoss(moved, x) as Tensor,
        squares: sum(square(sub(moved, x))) as Tensor,
      };
    });
    expect(content[0]).toBe(squares[0]! / 2);
    decides(
      35,
      `a texture against itself repeated: ${ours[0]} by ours, ${theirs[0]!.toFixed(2)} by the notes; content ${content[0]}, not ${squares[0]}`,
    );
  });

  test('52: the rate is 22 050', () => {
    const rates = Array.from({ length: 10 }, (_, k) => 2 ** k);
    const samples = dilatedCoverage(2, rates).hits.length;
    const milliseconds = (rate: number): string => ((1000 * samples) / rate).toFixed(1);
    decides(
      52,
      `half of 44 100 is ${44_100 / 2}; ten causal layers of window 2 hear ${samples} samples: ${milliseconds(44_100 / 2)} ms there, ${milliseconds(16_000)} ms at 16 000`,
    );
  });

  test('55: the notes end within a second table of contents', (context) => {
    const seed = new URL('../../../shared/seeds/000_63458a9de0abf74a.txt', import.meta.url);
    if (!existsSync(seed)) {
      console.log('skipped: ../shared/seeds is not there');
      return context.skip('no seeds');
    }
    const text = readFileSync(seed, 'utf8');
    const title = '# 4. 샘플링 기법 이론';
    const again = text.slice(text.lastIndexOf(title) + title.length);
    expect(text.split(title)).toHaveLength(3);
    // Nothing but titles that were there before.
    const titles = [...again.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1]!);
    for (const one of titles) expect(text.slice(0, text.lastIndexOf(title))).toContain(`[${one}]`);
    decides(
      55,
      `the title stands there ${text.split(title).length - 1} times; after the second, ${titles.length} headings that were there before, the last cut off in its link`,
    );
  });
});
