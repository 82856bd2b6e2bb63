import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { array } from '../../src/graph/nd-array.ts';
import { i32 } from '../../src/graph/type.ts';
import { codesFromPng } from '../../src/io/png/codes-from-png.ts';
import { encodePng } from '../../src/io/png/encode-png.ts';
import { decodePng, readPng } from '../../src/io/png/read-png.ts';
import { type ClassMap, classesOf } from '../../src/train/data/class-map.ts';
import { encodeMask, predict } from '../../src/train/predict.ts';
import { silent } from '../../src/train/reporter.ts';
import { beginRun } from '../../src/train/run.ts';
import { tilesOf } from '../../src/train/tiles.ts';
import { train } from '../../src/train/train.ts';
import { folderContents } from './folder-contents.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyConfig } from './tiny-config.ts';
import { writePairs } from './write-pairs.ts';

const root = temporaryFolder();
const [data, run] = [join(root, 'data'), join(root, 'run')];
beforeAll(async () => {
  writePairs(data, 6, 16);
  const config = {
    ...tinyConfig,
    data: { kind: 'folder', dir: data },
    epochs: 1,
    stepsPerEpoch: 40,
    steps: 40,
    learningRate: 0.03,
  } as const;
  await train(beginRun(run, config), { reporter: silent });
}, 60_000);

describe('predict', () => {
  it('writes masks in the form of the training masks, overlays and scores', () => {
    const out = join(root, 'out');
    const { images, scores } = predict({ run, images: join(data, 'images'), masks: join(data, 'masks'), out });
    expect(images).toBe(6);
    expect(scores!.miou).toBeGreaterThan(0.6);
    expect(JSON.parse(readFileSync(join(out, 'scores.json'), 'utf8'))).toMatchObject({ miou: scores!.miou });
    const mask = codesFromPng(readPng(join(out, 'masks/3.png')));
    expect(mask).toMatchObject({ kind: 'grey', width: 16, height: 16 });
    expect([...new Set(mask.codes)].sort((a, b) => a - b)).toEqual([0, 255]);
    expect(readPng(join(out, 'overlays/3.png')).channels).toBe(3);
  });

  it('takes images of any size and colour', () => {
    const images = join(root, 'odd');
    mkdirSync(images);
    writeFileSync(
      join(images, 'odd.png'),
      encodePng({ width: 13, height: 1, channels: 3, data: new Uint8Array(39).fill(90) }),
    );
    predict({ run, images, out: join(root, 'out-odd'), best: true });
    expect(readPng(join(root, 'out-odd/masks/odd.png'))).toMatchObject({ width: 13, height: 1 });
  });

  it('refuses a mask value that was never trained before it writes anything', () => {
    const masks = join(root, 'masks');
    mkdirSync(masks);
    for (let i = 0; i < 6; i++)
      writeFileSync(
        join(masks, `${i}.png`),
        encodePng({ width: 16, height: 16, channels: 1, data: new Uint8Array(256).fill(i === 5 ? 7 : 0) }),
      );
    const out = join(root, 'out-refused');
    expect(() => predict({ run, images: join(data, 'images'), masks, out })).toThrow(
      /data\/mask-value: .*masks\/5\.png/,
    );
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a folder that holds something, and a run that is none', () => {
    const before = folderContents(data);
    expect(() => predict({ run, images: join(data, 'images'), out: data })).toThrow(/output\/occupied/);
    expect(() => predict({ run: data, images: join(data, 'images'), out: join(root, 'x') })).toThrow(/run\/absent/);
    expect(folderContents(data)).toEqual(before);
  });

  it.each<ClassMap>([
    { kind: 'grey', codes: [0, 1, 2] },
    { kind: 'grey', codes: [3, 128, 60000] },
    {
      kind: 'palette',
      codes: [0, 1, 2],
      palette: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    { kind: 'rgb', codes: [0x000001, 0x00ff00, 0xff0000] },
  ])('writes masks that mean the same classes: %o', (map) => {
    const classes = array(i32(1, 4), [2, 0, 1, 2]);
    const read = codesFromPng(decodePng('m.png', new Uint8Array(encodeMask(map, classes))));
    // Colours are written as a palette, whose indices are the classes.
    const form: ClassMap = map.kind === 'rgb' ? { kind: 'palette', codes: [0, 1, 2] } : map;
    expect(Array.from(classesOf(form, read).data)).toEqual([2, 0, 1, 2]);
  });
});

describe('tiles', () => {
  test.prop([fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 5 })])(
    'cover an axis once, begin at multiples, and keep away from inner borders',
    (size, power) => {
      const multiple = 2 ** power;
      const tiles = tilesOf(size, multiple, 512, 96);
      let reached = 0;
      tiles.forEach(({ start, length, from, to }, i) => {
        expect(from).toBe(reached);
        expect(start % multiple).toBe(0);
        expect(length).toBe(tiles[0]!.length);
        expect(start <= from && to <= start + length).toBe(true);
        if (i > 0) expect(from - start).toBeGreaterThanOrEqual(96);
        if (i < tiles.length - 1) expect(start + length - to).toBeGreaterThanOrEqual(96);
        reached = to;
      });
      expect(reached).toBe(size);
    },
  );
});
