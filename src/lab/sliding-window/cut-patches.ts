import { array, type NdArray } from '../../graph/nd-array.ts';

/**
 * The patches whose middles are the pixels of one row of an image [1, C, H, W]: [W, C, window, window], zeros beyond the image.
 * `window` is odd.
 */
export function cutPatches(image: NdArray, row: number, window: number): NdArray {
  const [, channels = 0, height = 0, width = 0] = image.shape;
  const radius = (window - 1) / 2;
  const patches = array({ dtype: image.dtype, shape: [width, channels, window, window] });
  let to = 0;
  for (let column = 0; column < width; column++)
    for (let c = 0; c < channels; c++)
      for (let y = row - radius; y <= row + radius; y++)
        for (let x = column - radius; x <= column + radius; x++, to++)
          if (y >= 0 && y < height && x >= 0 && x < width) patches.data[to] = image.data[(c * height + y) * width + x]!;
  return patches;
}
