import { expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/wasm/wasm.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { makeNet } from '../../src/nn/index.ts';
import { Predictor } from '../../src/train/predictor.ts';

const side = 4096;

/** Waves of many lengths: no place looks like another. */
const large = (): NdArray => {
  const image = array(f32(1, side, side));
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      image.data[y * side + x] = Math.sin((x * x + 3 * y) / 9000) + Math.cos((y * y - 5 * x) / 7000);
  return image;
};

it('4096×4096 pixels are predicted in bounded memory, without seams', { timeout: 180_000 }, () => {
  const net = makeNet('unet', { inChannels: 1, classes: 3, width: 2, depth: 1, norm: 'none' });
  const parameters = net.initialise(2);
  const predictor = new Predictor(net, 1, parameters, wasmWith({ threads: 1 }), { tile: 512, margin: 32 });
  try {
    const image = large();
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const classes = predictor.predict(image);
    const seconds = (performance.now() - started) / 1000;
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(`4096×4096 in ${seconds.toFixed(1)} s, ${grown.toFixed(0)} MB more memory`);
    // 64 MB are the result. The whole image at once would take 16 million pixels × 4 bytes × a dozen maps: over 700 MB.
    expect(grown).toBeLessThan(250);
    expect(new Set(classes.data.subarray(0, 1 << 20)).size).toBeGreaterThan(1);
    // Around the borders of tiles, which lie at multiples of 448 and then some, the result is that of a piece by itself.
    for (const [top, left] of [
      [432, 432],
      [928, 1824],
      [2048, 3520],
      [3904, 3904],
    ] as const) {
      const piece = array(f32(1, 192, 192));
      for (let y = 0; y < 192; y++)
        piece.data.set(image.data.subarray((top + y) * side + left, (top + y) * side + left + 192), y * 192);
      const alone = predictor.predict(piece);
      let other = 0;
      for (let y = 16; y < 176; y++)
        for (let x = 16; x < 176; x++)
          if (alone.data[y * 192 + x] !== classes.data[(top + y) * side + left + x]) other += 1;
      // Kernels of other sizes may round otherwise: only where two classes are all but alike may that show.
      expect(other).toBeLessThanOrEqual(3);
    }
  } finally {
    predictor.close();
  }
});
