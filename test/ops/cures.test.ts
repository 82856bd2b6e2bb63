import { describe, expect, it } from 'vitest';
import {
  add,
  avgPool2d,
  concat,
  conv2d,
  convTranspose2d,
  f32,
  GraphBuilder,
  maxPool2d,
  relu,
  type Tensor,
} from '../../src/index.ts';

type Image = Tensor<readonly [1, 1, number, number], 'f32'>;

/** What the error of joining or adding says of how to mend the sizes. */
function cures(make: (x: Image) => readonly [Image, Image], size: readonly [number, number]): string[] {
  const said = [
    (pair: readonly [Image, Image]) => concat([...pair], 1),
    ([a, b]: readonly [Image, Image]) => add(a, b),
  ].map((join) => {
    const g = new GraphBuilder();
    const pair = make(g.input('x', f32(1, 1, ...size)) as Image);
    try {
      join(pair);
    } catch (error) {
      return (error as Error).message.split('\n').filter((line) => line.includes(' would be '));
    }
    return ['no error'];
  });
  expect(said[1]!.map((line) => line.replace(/\b[ab]\b/g, ''))).toEqual(
    said[0]!.map((line) => line.replace(/\bx[01]\b/g, '')),
  );
  return said[0]!.map((line) => line.trim());
}

const up = (x: Image, kernel: number, padding = 0): Image =>
  convTranspose2d(x, x.graph.parameter('up', f32(1, 1, kernel, kernel)), { stride: 2, padding }) as Image;

describe('what is refused for its size tells how its makers would have made it fit', () => {
  it('by output padding, where a transposed convolution is an odd size short', () => {
    const skip = cures((x) => [relu(up(maxPool2d(x, { kernel: 2 }) as Image, 2)) as Image, x], [63, 48]);
    expect(skip).toEqual(['x0 would be 63×48, as x1 is, with outputPadding [1,0] in convTranspose2d']);
    // It does: that is what the words are held to.
    const g = new GraphBuilder();
    const x = g.input('x', f32(1, 1, 31, 24));
    const w = g.input('w', f32(1, 1, 2, 2));
    expect(convTranspose2d(x, w, { stride: 2, outputPadding: [1, 0] }).shape).toEqual([1, 1, 63, 48]);
  });

  it('by padding, where it is too long', () => {
    const found = cures((x) => [up(maxPool2d(x, { kernel: 2, ceil: true }) as Image, 2), x], [63, 48]);
    expect(found).toEqual(['x0 would be 63×48, as x1 is, with padding [[0, 1], [0, 0]] in convTranspose2d']);
  });

  it('by ceil mode, where a pool drops what is left over', () => {
    const other = (x: Image): Image =>
      conv2d(x, x.graph.parameter('w', f32(1, 1, 3, 3)), { stride: 2, padding: 1 }) as Image;
    const found = cures((x) => [maxPool2d(x, { kernel: 2 }) as Image, other(x)], [63, 48]);
    expect(found).toContain('x0 would be 32×24, as x1 is, with ceil: true in maxPool2d');
  });

  it('by padding of a convolution', () => {
    const found = cures((x) => [conv2d(x, x.graph.parameter('w', f32(1, 1, 3, 3))) as Image, x], [8, 9]);
    expect(found).toEqual(['x0 would be 8×9, as x1 is, with padding [[0, 2], [0, 2]] in conv2d']);
  });

  it('not at all, where no maker has a say', () => {
    expect(cures((x) => [avgPool2d(x, { kernel: 2 }) as Image, x], [8, 8])).toEqual([]);
  });
});
