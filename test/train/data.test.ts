import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { CotangentError } from '../../src/graph/error.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32, i32 } from '../../src/graph/type.ts';
import { encodePalettePng, encodePng } from '../../src/io/png/encode-png.ts';
import { drawBatch } from '../../src/train/data/batch.ts';
import { cutWindow } from '../../src/train/data/cut-window.ts';
import { folderDataset } from '../../src/train/data/folder-dataset.ts';
import { memoryDataset } from '../../src/train/data/memory-dataset.ts';
import { mirrored } from '../../src/train/data/mirrored.ts';
import { measureNormalisation, normalise } from '../../src/train/data/normalisation.ts';
import { shapesDataset } from '../../src/train/data/shapes-dataset.ts';
import { split } from '../../src/train/data/split.ts';
import { randomWindow } from '../../src/train/data/window.ts';
import { random } from '../../src/train/random.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { squarePair, writePairs } from './write-pairs.ts';

const root = temporaryFolder();
let folders = 0;
function pairs(count = 3, size = 8): string {
  const dir = join(root, `${folders++}`);
  writePairs(dir, count, size);
  return dir;
}
function faultOf(run: () => unknown): CotangentError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(CotangentError);
    return error as CotangentError;
  }
  throw new Error('nothing was refused');
}
const grey = (data: readonly number[], width: number) =>
  encodePng({ width, height: data.length / width, channels: 1, data: Uint8Array.from(data) });

describe('folderDataset', () => {
  it('reads grey pairs: 0/255 masks are classes 0 and 1', () => {
    const set = folderDataset(pairs(3, 8));
    expect(set).toMatchObject({ channels: 1, classes: 2, classMap: { kind: 'grey', codes: [0, 255] } });
    expect(set.samples.map((s) => s.name)).toEqual(['0', '1', '2']);
    const { image, mask } = squarePair(8, 1);
    expect(Array.from(set.samples[1]!.mask.data)).toEqual(Array.from(mask, (v) => v / 255));
    expect(set.samples[1]!.image.shape).toEqual([1, 8, 8]);
    expect(set.samples[1]!.image.data[5]).toBeCloseTo(image[5]! / 255, 6);
  });

  it('takes other folder names, small grey values as ids, and 16-bit images', () => {
    const dir = join(root, 'named');
    for (const folder of ['imgs', 'labels']) mkdirSync(join(dir, folder), { recursive: true });
    writeFileSync(
      join(dir, 'imgs/a.png'),
      encodePng({ width: 2, height: 1, channels: 1, data: Uint16Array.of(0, 65535) }),
    );
    writeFileSync(join(dir, 'labels/a.PNG'), grey([0, 2], 2));
    const set = folderDataset(dir);
    expect(set.classes).toBe(3);
    expect(Array.from(set.samples[0]!.image.data)).toEqual([0, 1]);
    expect(Array.from(set.samples[0]!.mask.data)).toEqual([0, 2]);
  });

  it('takes palette masks by index and colour masks by colour in order', () => {
    const dir = pairs(1, 2);
    writeFileSync(
      join(dir, 'masks/0.png'),
      encodePalettePng({ width: 2, height: 2, data: Uint8Array.of(2, 0, 0, 1) }, [
        [9, 9, 9],
        [1, 1, 1],
        [5, 5, 5],
      ]),
    );
    expect(Array.from(folderDataset(dir).samples[0]!.mask.data)).toEqual([2, 0, 0, 1]);
    writeFileSync(
      join(dir, 'masks/0.png'),
      encodePng({ width: 2, height: 2, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0) }),
    );
    const set = folderDataset(dir);
    expect(set.classMap).toMatchObject({ kind: 'rgb', codes: [0, 0x00ff00, 0xff0000] });
    expect(Array.from(set.samples[0]!.mask.data)).toEqual([2, 0, 1, 0]);
  });

  it.each<[string, string, (dir: string) => void, RegExp]>([
    [
      'an empty folder',
      'data/empty',
      (d) => {
        for (const f of readdirSync(join(d, 'images'))) rmSync(join(d, 'images', f));
      },
      /images holds no PNG/,
    ],
    ['no masks folder', 'data/folder', (d) => rmSync(join(d, 'masks'), { recursive: true }), /has no folder 'masks'/],
    ['no folder at all', 'data/folder', (d) => rmSync(d, { recursive: true }), /cannot list/],
    ['a missing mask', 'data/pair', (d) => rmSync(join(d, 'masks/1.png')), /images without mask in .*images: 1\.png/],
    ['a spare mask', 'data/pair', (d) => rmSync(join(d, 'images/1.png')), /masks without image in .*masks: 1\.png/],
    [
      'a size mismatch',
      'data/size',
      (d) => writeFileSync(join(d, 'masks/2.png'), grey([0, 255], 2)),
      /images\/2\.png is 8×8 pixels\n.*masks\/2\.png is 2×1/,
    ],
    ['a truncated image', 'png/truncated', (d) => truncateSync(join(d, 'images/1.png'), 60), /images\/1\.png/],
    [
      'an image that is not one',
      'png/format',
      (d) => writeFileSync(join(d, 'images/1.png'), 'hello'),
      /images\/1\.png is not a PNG/,
    ],
    [
      'a mask of another kind',
      'data/mask-kind',
      (d) =>
        writeFileSync(
          join(d, 'masks/2.png'),
          encodePng({ width: 8, height: 8, channels: 3, data: new Uint8Array(192) }),
        ),
      /masks\/2\.png is a rgb mask/,
    ],
    [
      'masks of one value',
      'data/mask-classes',
      (d) => {
        for (const f of readdirSync(join(d, 'masks')))
          writeFileSync(join(d, 'masks', f), grey(new Array(64).fill(0), 8));
      },
      /one value only/,
    ],
  ])('refuses %s', (_, code, spoil, text) => {
    const dir = pairs();
    spoil(dir);
    const fault = faultOf(() => folderDataset(dir));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(text);
  });

  it('leaves the code to ignore out of the classes, and out of windows and scores', () => {
    const dir = pairs(1, 2);
    writeFileSync(
      join(dir, 'masks/0.png'),
      encodePalettePng({ width: 2, height: 2, data: Uint8Array.of(255, 0, 255, 1) }, new Array(256).fill([0, 0, 0])),
    );
    expect(folderDataset(dir).classes).toBe(256);
    const set = folderDataset(dir, { ignore: 255 });
    expect(set.classes).toBe(2);
    expect(Array.from(set.samples[0]!.mask.data)).toEqual([-1, 0, -1, 1]);
    const plan = { seed: 0, batch: 8, crop: 1, flip: 'none', turn: 'none' } as const;
    expect(drawBatch(set.samples, plan, 0, 0).target.data.every((c) => c >= 0)).toBe(true);
  });

  it('refuses a mask value beyond the prescribed classes, with its place', () => {
    const dir = pairs();
    const classMap = { kind: 'grey', codes: [0, 1] } as const;
    const fault = faultOf(() => folderDataset(dir, { classMap }));
    expect(fault.code).toBe('data/mask-value');
    expect(fault.message).toMatch(/masks\/0\.png holds a value that is no class: 255\n {2}at row \d, column \d/);
  });
});

describe('memoryDataset', () => {
  const sample = (image: readonly number[], mask: readonly number[]) => ({
    name: 's',
    image: array(f32(1, 1, image.length), image),
    mask: array(i32(1, mask.length), mask),
  });
  it.each<[string, readonly number[], readonly number[], RegExp]>([
    ['NaN', [0, Number.NaN], [0, 1], /NaN in its image, at channel 0, row 0, column 1/],
    ['infinity', [Number.POSITIVE_INFINITY, 0], [0, 1], /Infinity in its image/],
    ['a class too high', [0, 0], [0, 2], /class 2 at row 0, column 1/],
    ['another size', [0, 0, 0], [0, 1], /data\/size/],
  ])('refuses %s', (_, image, mask, text) => {
    expect(faultOf(() => memoryDataset([sample(image, mask)], { classes: 2 })).message).toMatch(text);
  });
});

describe('shapesDataset', () => {
  test.prop([fc.nat(), fc.integer({ min: 2, max: 6 })], { numRuns: 10 })(
    'is a function of its options, with masks and images in range',
    (seed, classes) => {
      const options = { size: 24, classes, count: 3, seed };
      const set = shapesDataset(options);
      expect(set).toEqual(shapesDataset(options));
      for (const { image, mask } of memoryDataset(set.samples, { classes }).samples) {
        expect(mask.data.some((k) => k > 0)).toBe(true);
        expect(image.data.every((x) => x >= 0 && x <= 1)).toBe(true);
      }
    },
  );

  it.each([{ size: 15 }, { classes: 1 }, { classes: 7 }, { count: 0 }])('refuses %o', (wrong) => {
    expect(faultOf(() => shapesDataset({ size: 16, classes: 2, count: 1, seed: 0, ...wrong })).code).toBe(
      'data/shapes',
    );
  });

  it('shows every class', () => {
    const seen = new Set(
      shapesDataset({ size: 32, classes: 6, count: 20, seed: 1 }).samples.flatMap((s) => [...s.mask.data]),
    );
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('split', () => {
  const set = shapesDataset({ size: 16, classes: 2, count: 10, seed: 0 });
  test.prop([fc.nat(), fc.constantFrom('0.3', '3', '0.001')])(
    'parts the set, the same for the same seed',
    (seed, val) => {
      const { training, validation } = split(set, val, seed);
      expect(validation).toHaveLength(val === '0.001' ? 1 : 3);
      expect([...training, ...validation].map((s) => s.name).sort()).toEqual(set.samples.map((s) => s.name));
      expect(split(set, val, seed)).toEqual({ training, validation });
    },
  );
  it('takes names', () => {
    expect(split(set, 'shape-0002,shape-0004.png', 0).validation.map((s) => s.name)).toEqual([
      'shape-0002',
      'shape-0004',
    ]);
  });
  it.each(['0', '10', '-1', '1.5', '', 'nobody', 'shape-0001,nobody', '0.99'])("refuses '%s'", (val) => {
    expect(faultOf(() => split(set, val, 0)).code).toBe('data/val');
  });
});

describe('windows', () => {
  const image = (height: number, width: number) =>
    array(
      f32(2, height, width),
      Array.from({ length: 2 * height * width }, (_, i) => i),
    );
  const mask = (height: number, width: number) =>
    array(
      i32(height, width),
      Array.from({ length: height * width }, (_, i) => i),
    );

  test.prop([
    fc.nat(),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 12 }),
  ])('move image and mask alike', (seed, height, width, size) => {
    const window = randomWindow(random(seed, 'test'), height, width, size, { flip: 'both', turn: 'quarter' });
    const part = cutWindow({ image: image(height, width), mask: mask(height, width) }, window);
    expect(part.image.shape).toEqual([2, size, size]);
    for (let i = 0; i < size * size; i++) {
      expect(part.image.data[i]).toBe(part.mask.data[i]);
      expect(part.image.data[size * size + i]).toBe(part.mask.data[i]! + height * width);
    }
  });

  test.prop([fc.nat(), fc.integer({ min: 5, max: 9 })])('lie inside images that are large enough', (seed, side) => {
    const { top, left } = randomWindow(random(seed, 'test'), side, side, 5, { flip: 'both', turn: 'quarter' });
    for (const start of [top, left]) expect(start >= 0 && start + 5 <= side).toBe(true);
  });

  it('turn anticlockwise, after mirroring', () => {
    const sample = { image: image(2, 2), mask: mask(2, 2) };
    const plain = { top: 0, left: 0, size: 2, flipRows: false, flipColumns: false };
    const seen = [0, 1, 2, 3].map((turns) => Array.from(cutWindow(sample, { ...plain, turns }).mask.data));
    expect(seen).toEqual([
      [0, 1, 2, 3],
      [1, 3, 0, 2],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ]);
    const mirrored = cutWindow(sample, { ...plain, flipColumns: true, turns: 1 });
    expect(Array.from(mirrored.mask.data)).toEqual([0, 2, 1, 3]);
    expect(Array.from(mirrored.image.data)).toEqual([0, 2, 1, 3, 4, 6, 5, 7]);
  });

  it.each([
    ['none', 'none', 1],
    ['horizontal', 'none', 2],
    ['both', 'none', 4],
    ['none', 'quarter', 4],
    ['vertical', 'quarter', 8],
    ['both', 'quarter', 8],
  ] as const)('with flip %s and turn %s come in %i orientations', (flip, turn, count) => {
    const sample = { image: image(2, 2), mask: mask(2, 2) };
    const orientations = Array.from({ length: 200 }, (_, seed) => {
      const window = randomWindow(random(seed, 'test'), 2, 2, 2, { flip, turn });
      return `${cutWindow(sample, window).mask.data}`;
    });
    expect(new Set(orientations).size).toBe(count);
  });

  it('mirror at the border', () => {
    expect([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((i) => mirrored(i, 3))).toEqual([2, 1, 0, 0, 1, 2, 2, 1, 0, 0]);
  });

  test.prop([fc.nat(), fc.nat({ max: 9 }), fc.nat({ max: 9 })])(
    'make batches that depend on seed, epoch and index only',
    (seed, epoch, index) => {
      const set = shapesDataset({ size: 16, classes: 2, count: 5, seed: 0 });
      const plan = { seed, batch: 2, crop: 8, flip: 'both', turn: 'quarter' } as const;
      const batch = drawBatch(set.samples, plan, epoch, index);
      expect(drawBatch(set.samples, plan, epoch, index)).toEqual(batch);
      expect(batch.image.shape).toEqual([2, 3, 8, 8]);
      expect(drawBatch(set.samples, plan, epoch, index + 1)).not.toEqual(batch);
    },
  );
});

describe('normalisation', () => {
  it('gives each channel mean 0 and deviation 1 over the set, a constant channel 0', () => {
    const { samples } = shapesDataset({ size: 16, classes: 2, count: 4, seed: 3 });
    const measured = measureNormalisation(samples);
    const again = measureNormalisation(samples.map((s) => ({ ...s, image: normalise(s.image, measured) })));
    for (const c of [0, 1, 2]) {
      expect(again.mean[c]).toBeCloseTo(0, 5);
      expect(again.deviation[c]).toBeCloseTo(1, 5);
    }
    const flat = { name: 'flat', image: array(f32(1, 1, 2), [0.5, 0.5]), mask: array(i32(1, 2)) };
    expect(Array.from(normalise(flat.image, measureNormalisation([flat])).data)).toEqual([0, 0]);
  });
});

it('leaves the data folder as it was', () => {
  const dir = pairs(1);
  const before = readFileSync(join(dir, 'images/0.png'));
  folderDataset(dir);
  expect(readdirSync(dir).sort()).toEqual(['images', 'masks']);
  expect(readFileSync(join(dir, 'images/0.png'))).toEqual(before);
});
