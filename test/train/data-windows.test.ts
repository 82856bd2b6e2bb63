import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { array } from '../../src/graph/nd-array.ts';
import { f32, i32 } from '../../src/graph/type.ts';
import { type BatchPlan, drawBatch, drawWindow } from '../../src/train/data/batch.ts';
import { cutWindow } from '../../src/train/data/cut-window.ts';
import { elasticField } from '../../src/train/data/elastic-field.ts';
import { measureNormalisation, normalise } from '../../src/train/data/normalisation.ts';
import { shapesDataset } from '../../src/train/data/shapes-dataset.ts';
import type { Window } from '../../src/train/data/window.ts';

/** Channel 0 rises to the right, channel 1 downwards: values are places. The mask is a checkerboard of 3×3 pixels. */
const places = (height: number, width: number) => ({
  image: array(
    f32(2, height, width),
    Array.from({ length: 2 * height * width }, (_, i) =>
      i < height * width ? (i % width) + 0.5 : Math.floor(i / width) - height + 0.5,
    ),
  ),
  mask: array(
    i32(height, width),
    Array.from({ length: height * width }, (_, i) => (Math.floor(i / width / 3) + Math.floor((i % width) / 3)) % 2),
  ),
});
const plain: Window = { top: 0, left: 0, size: 8, flipRows: false, flipColumns: false, turns: 0 };
const warp = { rotation: 0, scale: 1 };

const windows = fc.record({
  top: fc.integer({ min: -4, max: 12 }),
  left: fc.integer({ min: -4, max: 12 }),
  size: fc.integer({ min: 1, max: 12 }),
  flipRows: fc.boolean(),
  flipColumns: fc.boolean(),
  turns: fc.nat({ max: 3 }),
});

describe('warped windows', () => {
  test.prop([windows])('that do not move anything are copies, mirrored and turned alike', (window) => {
    const sample = places(13, 17);
    expect(cutWindow(sample, { ...window, warp })).toEqual(cutWindow(sample, window));
  });

  test.prop([windows, fc.integer({ min: 0, max: 3 })])('of 90° are quarter turns', (window, quarters) => {
    const sample = places(13, 17);
    const unflipped = { ...window, flipRows: false, flipColumns: false, turns: 0 };
    const turned = cutWindow(sample, { ...unflipped, warp: { rotation: 90 * quarters, scale: 1 } });
    const copied = cutWindow(sample, { ...unflipped, turns: quarters });
    expect(turned.mask).toEqual(copied.mask);
    turned.image.data.forEach((value, i) => {
      expect(value).toBeCloseTo(copied.image.data[i]!, 4);
    });
  });

  test.prop([
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: 0.7, max: 1.5, noNaN: true }),
    fc.nat(),
  ])('show at each pixel what lies where the formula says', (rotation, scale, seed) => {
    const sample = places(60, 60);
    const elastic = { amplitude: 1, spacing: 8, seed };
    const size = 8;
    const { image, mask } = cutWindow(sample, { ...plain, top: 26, left: 25, warp: { rotation, scale, elastic } });
    const angle = (rotation * Math.PI) / 180;
    const field = elasticField(elastic, size);
    const [rows, columns] = [new Float64Array(size), new Float64Array(size)];
    for (let y = 0; y < size; y++) {
      field(y, rows, columns);
      for (let x = 0; x < size; x++) {
        const [px, py] = [x - 3.5, y - 3.5];
        const qx = 25 + 4 + (Math.cos(angle) * px - Math.sin(angle) * py) / scale + columns[x]!;
        const qy = 26 + 4 + (Math.sin(angle) * px + Math.cos(angle) * py) / scale + rows[x]!;
        // The image is linear in the place, so bilinear reading is exact.
        expect(image.data[y * size + x]).toBeCloseTo(qx, 3);
        expect(image.data[64 + y * size + x]).toBeCloseTo(qy, 3);
        expect(mask.data[y * size + x]).toBe(sample.mask.data[Math.floor(qy) * 60 + Math.floor(qx)]);
      }
    }
  });

  it('read beyond the border as a mirror shows it', () => {
    const sample = places(4, 4);
    const { image } = cutWindow(sample, { ...plain, top: -4, left: -4, size: 12, warp });
    expect(Array.from(image.data.subarray(0, 12))).toEqual([3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0].map((x) => x + 0.5));
  });
});

describe('elasticField', () => {
  it('has the standard deviation that is asked for, is smooth, and is a function of its seed', () => {
    const [size, amplitude, spacing] = [64, 3, 16];
    const [rows, columns] = [new Float64Array(size), new Float64Array(size)];
    let [squares, count, steepest] = [0, 0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const field = elasticField({ amplitude, spacing, seed }, size);
      for (let y = 0; y < size; y += 8) {
        field(y, rows, columns);
        for (const d of [rows, columns])
          for (let x = 0; x < size; x++) {
            squares += d[x]! ** 2;
            count += 1;
            if (x > 1) steepest = Math.max(steepest, Math.abs(d[x]! - 2 * d[x - 1]! + d[x - 2]!));
          }
      }
    }
    expect(Math.sqrt(squares / count)).toBeGreaterThan(0.93 * amplitude);
    expect(Math.sqrt(squares / count)).toBeLessThan(1.07 * amplitude);
    // Second differences of white noise would be √6 deviations; the spline's are bounded by its lattice.
    expect(steepest).toBeLessThan((12 * 4 * amplitude) / spacing ** 2 / (151 / 315));
  });
});

describe('tones', () => {
  const sample = places(8, 8);
  const tone = { brightness: 0, contrast: 1, gamma: 1, noise: 0, seed: 5 };
  it('change the image alone, by their formula', () => {
    const before = cutWindow(sample, plain);
    const after = cutWindow(sample, { ...plain, tone: { ...tone, brightness: 0.25, contrast: 1.5, gamma: 2 } });
    const squares = Array.from(before.image.data, (x) => x * x);
    const mean = squares.reduce((a, b) => a + b, 0) / squares.length;
    expect(after.mask).toEqual(before.mask);
    after.image.data.forEach((x, i) => {
      expect(x).toBeCloseTo(mean + 1.5 * (squares[i]! - mean) + 0.25, 3);
    });
  });
  it('add noise of their deviation, the same for the same seed', () => {
    const large = { image: array(f32(1, 64, 64)), mask: array(i32(64, 64)) };
    const noisy = cutWindow(large, { ...plain, size: 64, tone: { ...tone, noise: 0.5 } }).image;
    expect(Math.hypot(...noisy.data) / 64).toBeCloseTo(0.5, 1);
    expect(cutWindow(large, { ...plain, size: 64, tone: { ...tone, noise: 0.5 } }).image).toEqual(noisy);
  });
});

const everything = {
  flip: 'both',
  turn: 'quarter',
  rotate: 45,
  scale: [0.8, 1.25],
  shift: 6,
  elastic: { amplitude: 2, spacing: 16 },
  brightness: 0.2,
  contrast: 0.3,
  gamma: 1.5,
  noise: 0.1,
} as const;

describe('drawn windows', () => {
  const { samples } = shapesDataset({ size: 40, classes: 4, count: 6, seed: 2 });
  test.prop([fc.nat(), fc.nat({ max: 50 }), fc.nat({ max: 50 }), fc.constantFrom('uniform', 'balanced')])(
    'are records: JSON of them gives the same pixels again',
    (seed, epoch, k, sampling) => {
      const plan: BatchPlan = { seed, batch: 2, crop: 16, sampling: sampling as 'uniform', ...everything };
      const { sample, window } = drawWindow(samples, plan, epoch, k);
      const again: Window = JSON.parse(JSON.stringify(window));
      expect(cutWindow(sample, again)).toEqual(cutWindow(sample, window));
      expect(drawWindow(samples, plan, epoch, k)).toEqual({ sample, window });
    },
  );

  test.prop([fc.nat()])('stay within what was asked for', (seed) => {
    const plan: BatchPlan = { seed, batch: 2, crop: 16, ...everything };
    const { warp, tone } = drawWindow(samples, plan, 0, 0).window;
    expect(Math.abs(warp!.rotation)).toBeLessThanOrEqual(45);
    expect(warp!.scale >= 0.8 && warp!.scale <= 1.25).toBe(true);
    expect(Math.abs(tone!.brightness)).toBeLessThanOrEqual(0.2);
    expect(tone!.contrast >= 0.7 && tone!.contrast <= 1.3).toBe(true);
    expect(tone!.gamma >= 1 / 1.5 && tone!.gamma <= 1.5).toBe(true);
    expect(tone!.noise >= 0 && tone!.noise <= 0.1).toBe(true);
  });

  test.prop([fc.nat()])('lie where they would without rotation, bending and tones', (seed) => {
    const plan: BatchPlan = { seed, batch: 2, crop: 16, flip: 'both', turn: 'quarter' };
    const { warp: _, tone: __, ...place } = drawWindow(samples, { ...plan, ...everything, shift: 0 }, 3, 1).window;
    expect(place).toEqual(drawWindow(samples, plan, 3, 1).window);
  });

  it('normalise after the tone is changed', () => {
    const plan: BatchPlan = { seed: 4, batch: 1, crop: 16, ...everything };
    const normalisation = measureNormalisation(samples);
    const { sample, window } = drawWindow(samples, plan, 0, 0);
    const { image } = drawBatch(samples, plan, 0, 0, normalisation);
    expect(image.data).toEqual(normalise(cutWindow(sample, window).image, normalisation).data);
  });
});

describe('balanced sampling', () => {
  /** Class 1 is one pixel of the third of four images, class 2 does not occur, class 3 fills the last row of all. */
  const rare = Array.from({ length: 4 }, (_, i) => ({
    name: `${i}`,
    image: array(f32(1, 32, 32)),
    mask: array(
      i32(32, 32),
      Array.from({ length: 1024 }, (_, at) => (at >= 992 ? 3 : i === 2 && at === 333 ? 1 : 0)),
    ),
  }));
  it('shows each class that occurs in about one window of three at least, wherever it lies', () => {
    const plan: BatchPlan = { seed: 1, batch: 1, crop: 8, flip: 'both', turn: 'quarter', sampling: 'balanced' };
    const seen = [0, 0, 0, 0];
    for (let k = 0; k < 300; k++) {
      const { sample, window } = drawWindow(rare, plan, 0, k);
      expect(window.top >= 0 && window.top <= 24 && window.left >= 0 && window.left <= 24).toBe(true);
      for (const c of new Set(cutWindow(sample, window).mask.data)) seen[c]! += 1;
    }
    expect(seen[2]).toBe(0);
    expect(seen[1]).toBeGreaterThan(70);
    expect(seen[3]).toBeGreaterThan(70);
  });

  it('draws from images without any class as well', () => {
    const none = [{ name: 'none', image: array(f32(1, 8, 8)), mask: array(i32(8, 8)) }];
    none[0]!.mask.data.fill(-1);
    const plan: BatchPlan = { seed: 1, batch: 2, crop: 8, flip: 'none', turn: 'none', sampling: 'balanced' };
    expect(drawBatch(none, plan, 0, 0).target.data.every((c) => c === -1)).toBe(true);
  });
});
