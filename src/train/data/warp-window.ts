import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Sample } from './dataset.ts';
import { elasticField } from './elastic-field.ts';
import { mirrored } from './mirrored.ts';
import type { Warp, Window } from './window.ts';

/**
 * Reads a warped window: the pixel with its middle at p from the window's middle shows what lies at `R⁻¹ p / scale + d(p)`, where R turns
 * and d displaces. Images are read bilinearly, masks at the nearest pixel, both mirrored at the image's border.
 */
export function warpWindow(
  { image, mask }: Pick<Sample, 'image' | 'mask'>,
  { top, left, size, flipRows, flipColumns, turns }: Window,
  { rotation, scale, elastic }: Warp,
): { image: NdArray; mask: NdArray } {
  const [channels, height, width] = [image.shape[0]!, mask.shape[0]!, mask.shape[1]!];
  const result = {
    image: array({ dtype: image.dtype, shape: [channels, size, size] }),
    mask: array({ dtype: mask.dtype, shape: [size, size] }),
  };
  const [from, to, classes, labels] = [image.data, result.image.data, mask.data, result.mask.data];
  const [plane, area] = [height * width, size * size];
  const angle = (rotation * Math.PI) / 180;
  const [c, s] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const [rows, columns] = [new Float64Array(size), new Float64Array(size)];
  const field = elastic === undefined ? undefined : elasticField(elastic, size);
  // Where the window's pixel (y, x) is written: mirroring and turning are a matter of strides.
  const flip = { rows: flipRows !== turns >= 2, columns: flipColumns !== (turns === 1 || turns === 2) };
  const [rowStride, columnStride] = turns % 2 === 0 ? [size, 1] : [1, size];
  for (let y = 0; y < size; y++) {
    field?.(y, rows, columns);
    const line = (flip.rows ? size - 1 - y : y) * rowStride;
    const py = y + 0.5 - size / 2;
    for (let x = 0; x < size; x++) {
      const px = x + 0.5 - size / 2;
      // From the image's corner, in pixels.
      const qx = left + size / 2 + c * px - s * py + columns[x]!;
      const qy = top + size / 2 + s * px + c * py + rows[x]!;
      const out = line + (flip.columns ? size - 1 - x : x) * columnStride;
      labels[out] = classes[inside(Math.floor(qy), height) * width + inside(Math.floor(qx), width)]!;
      const [y0, x0] = [Math.floor(qy - 0.5), Math.floor(qx - 0.5)];
      const [v, u] = [qy - 0.5 - y0, qx - 0.5 - x0];
      const [upper, lower] = [inside(y0, height) * width, inside(y0 + 1, height) * width];
      const [before, after] = [inside(x0, width), inside(x0 + 1, width)];
      for (let k = 0; k < channels; k++) {
        const at = k * plane;
        const above = from[at + upper + before]! * (1 - u) + from[at + upper + after]! * u;
        const below = from[at + lower + before]! * (1 - u) + from[at + lower + after]! * u;
        to[k * area + out] = above * (1 - v) + below * v;
      }
    }
  }
  return result;
}

const inside = (i: number, n: number): number => (i >= 0 && i < n ? i : mirrored(i, n));
