import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Arrays } from '../../src/backends/backend.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { f32, i32 } from '../../src/graph/type.ts';
import { makeNet, type Net, randomStream } from '../../src/nn/index.ts';
import { normalise } from '../../src/train/data/normalisation.ts';
import { marginOf } from '../../src/train/margin-of.ts';
import { Predictor } from '../../src/train/predictor.ts';
import { orientationsOf, stridesOf, ttaNames } from '../../src/train/tta.ts';

const noise = (channels: number, height: number, width: number, seed: number): NdArray => {
  const draw = randomStream(seed, 'noise');
  return array(
    f32(channels, height, width),
    Array.from({ length: channels * height * width }, () => draw.uniform()),
  );
};
/** A U-Net of depth 2 without normalisation: a pixel's result depends on pixels less than 32 away. */
const local = makeNet('unet', { inChannels: 1, classes: 3, width: 4, depth: 2, norm: 'none' });
const global = makeNet('unet', { inChannels: 1, classes: 3, width: 4, depth: 2, norm: 'group' });
const predictWith = (net: Net, parameters: Arrays, image: NdArray, options: object): NdArray => {
  const predictor = new Predictor(net, image.shape[0]!, parameters, undefined, options);
  try {
    return predictor.predict(image);
  } finally {
    predictor.close();
  }
};

describe('tiles', () => {
  it('leave no seams where the margin exceeds half the receptive field: exactly the whole image at once', () => {
    const image = noise(1, 150, 139, 1);
    const parameters = local.initialise(3);
    const whole = predictWith(local, parameters, image, { tile: 512 });
    const tiled = predictWith(local, parameters, image, { tile: 96, margin: 32 });
    expect(new Set(whole.data).size).toBeGreaterThan(1);
    expect(tiled).toEqual(whole);
  });

  it.each(['unet', 'unet-resize', 'segnet', 'fcn-8s', 'drn-hdc'])(
    'overlap as far as %s looks, unless told otherwise: no seams',
    (name) => {
      const net = makeNet(name, { inChannels: 1, classes: 4, width: 2, norm: 'none' });
      const margin = marginOf(net, 1);
      // Sides at which no net fills up inside, which would shift what it resizes.
      const image = noise(1, 32, 32 * Math.ceil(margin / 5), 1);
      const parameters = net.initialise(3);
      const whole = predictWith(net, parameters, image, { tile: 4096 });
      const tiled = predictWith(net, parameters, image, { tile: 2 * margin + 96, margin });
      expect(new Set(whole.data).size).toBeGreaterThan(1);
      expect(tiled).toEqual(whole);
    },
  );

  it('leave seams where the margin is too small, so that the test above can fail', () => {
    const image = noise(1, 150, 139, 1);
    const parameters = local.initialise(3);
    const whole = predictWith(local, parameters, image, { tile: 512 });
    expect(predictWith(local, parameters, image, { tile: 32, margin: 0 })).not.toEqual(whole);
  });

  it('change what looks at the whole image a little only', () => {
    const image = noise(1, 160, 160, 2);
    const parameters = global.initialise(3);
    const whole = predictWith(global, parameters, image, { tile: 512 });
    const tiled = predictWith(global, parameters, image, { tile: 96 });
    const alike = whole.data.filter((k, i) => k === tiled.data[i]).length / whole.data.length;
    expect(alike).toBeGreaterThan(0.9);
  });

  it('normalise as they are cut', () => {
    const image = noise(1, 50, 70, 4);
    const normalisation = { mean: [0.4], deviation: [0.2] };
    const parameters = local.initialise(5);
    expect(predictWith(local, parameters, image, { tile: 32, normalisation })).toEqual(
      predictWith(local, parameters, normalise(image, normalisation), { tile: 32 }),
    );
  });
});

describe('orientations', () => {
  test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.constantFrom(...ttaNames)])(
    'are different readings, each of every pixel once',
    (height, width, tta) => {
      const readings = orientationsOf(tta).map((orientation) => {
        const { start, row, column } = stridesOf(orientation, height, width);
        const places = Array.from(
          { length: height * width },
          (_, i) => start + Math.floor(i / width) * row + (i % width) * column,
        );
        expect([...places].sort((a, b) => a - b)).toEqual(places.map((_, i) => i));
        return `${orientation.transpose ? [width, height] : [height, width]}: ${places}`;
      });
      expect(readings).toHaveLength(2 ** ttaNames.indexOf(tta));
      if (height > 1 && width > 1) expect(new Set(readings).size).toBe(readings.length);
    },
  );

  it('make predictions that turn with the image', () => {
    const [height, width] = [24, 40];
    const image = noise(1, height, width, 6);
    const parameters = global.initialise(7);
    const straight = predictWith(global, parameters, image, { tta: 'turns' });
    let changed = 0;
    for (const orientation of orientationsOf('turns')) {
      const { start, row, column } = stridesOf(orientation, height, width);
      const shape = orientation.transpose ? [width, height] : [height, width];
      const turned = array(f32(1, ...shape));
      const places = Array.from({ length: height * width }, (_, i) => {
        const at = start + Math.floor(i / width) * row + (i % width) * column;
        turned.data[at] = image.data[i]!;
        return at;
      });
      const found = predictWith(global, parameters, turned, { tta: 'turns' });
      // Sums of eight in another order: only ties may fall otherwise.
      const alike = places.filter((at, i) => found.data[at] === straight.data[i]).length;
      expect(alike).toBeGreaterThan(0.999 * places.length);
      const plain = predictWith(global, parameters, turned, {});
      if (places.some((at, i) => plain.data[at] !== straight.data[i])) changed += 1;
    }
    // Without averaging, the net does not turn with the image.
    expect(changed).toBeGreaterThan(0);
  });

  it('tell how surprising the truth is: −ln of the mean probability', () => {
    const image = noise(1, 16, 16, 8);
    const truth = array(
      i32(16, 16),
      Array.from({ length: 256 }, (_, i) => (i % 4) - 1),
    );
    const parameters = global.initialise(9);
    const [one, four] = (['none', 'flips'] as const).map((tta) => {
      const predictor = new Predictor(global, 1, parameters, undefined, { tta });
      const scored = predictor.score(image, truth);
      predictor.close();
      return scored;
    });
    expect([one!.pixels, four!.pixels]).toEqual([192, 192]);
    expect(four!.surprise).toBeGreaterThan(0);
    expect(four!.surprise).not.toBe(one!.surprise);
    expect(Math.abs(four!.surprise / one!.surprise - 1)).toBeLessThan(0.5);
  });
});
