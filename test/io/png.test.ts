import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { encode } from 'fast-png';
import { afterAll, describe, expect, it } from 'vitest';
import { CotangentError } from '../../src/graph/error.ts';
import { codesFromPng } from '../../src/io/png/codes-from-png.ts';
import { encodePalettePng, encodePng } from '../../src/io/png/encode-png.ts';
import { imageFromPng, naturalChannels } from '../../src/io/png/image-from-png.ts';
import type { Rgb } from '../../src/io/png/raster.ts';
import { decodePng, readPng } from '../../src/io/png/read-png.ts';

const dir = mkdtempSync(join(tmpdir(), 'cotangent-png-'));
afterAll(() => rmSync(dir, { recursive: true }));

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
const decoded = (bytes: Uint8Array) => decodePng('test.png', own(bytes));

function faultOf(run: () => unknown): CotangentError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(CotangentError);
    return error as CotangentError;
  }
  throw new Error('nothing was refused');
}

const picture = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    deep: fc.boolean(),
  })
  .chain(({ width, height, channels, deep }) => {
    const length = width * height * channels;
    const data = deep
      ? fc.uint16Array({ minLength: length, maxLength: length })
      : fc.uint8Array({ minLength: length, maxLength: length });
    return data.map((data) => ({ width, height, channels, data }));
  });

describe('PNG', () => {
  test.prop([picture])('gives back the samples that were written, at 8 and 16 bits', (p) => {
    const raster = decoded(encodePng(p));
    expect([raster.width, raster.height, raster.channels]).toEqual([p.width, p.height, p.channels]);
    expect(raster.depth).toBe(p.data instanceof Uint16Array ? 16 : 8);
    expect(Array.from(raster.samples)).toEqual(Array.from(p.data));
  });

  test.prop([picture, fc.constantFrom(1 as const, 3 as const)])(
    'becomes an image in [0, 1] of either channel count',
    (p, channels) => {
      const image = imageFromPng(decoded(encodePng(p)), channels);
      expect(image.shape).toEqual([channels, p.height, p.width]);
      expect(image.data.every((x) => x >= 0 && x <= 1)).toBe(true);
      const most = p.data instanceof Uint16Array ? 65535 : 255;
      if (p.channels <= 2) expect(image.data[0]).toBeCloseTo(p.data[0]! / most, 6);
      else if (channels === 3) expect(image.data[p.width * p.height]).toBeCloseTo(p.data[1]! / most, 6);
    },
  );

  test.prop([picture, fc.nat()])('cut anywhere is refused by name', (p, where) => {
    const bytes = encodePng(p);
    const cut = bytes.subarray(0, 8 + (where % (bytes.length - 8)));
    const fault = faultOf(() => decoded(cut));
    expect(fault.code).toBe('png/truncated');
    expect(fault.message).toContain('test.png');
  });

  test.prop([picture, fc.nat(), fc.integer({ min: 1, max: 255 })])(
    'with any byte changed is refused',
    (p, where, by) => {
      const bytes = own(encodePng(p));
      const at = where % bytes.length;
      bytes[at] = bytes[at]! ^ by;
      expect(faultOf(() => decoded(bytes)).code).toMatch(/^png\//);
    },
  );

  it.each([1, 2, 4] as const)('unpacks %i-bit samples row by row', (depth) => {
    const [width, height] = [5, 3];
    const values = Array.from({ length: width * height }, (_, i) => i % 2 ** depth);
    const rowBytes = Math.ceil((width * depth) / 8);
    const data = new Uint8Array(rowBytes * height);
    values.forEach((value, i) => {
      const bit = (i % width) * depth;
      data[Math.floor(i / width) * rowBytes + (bit >> 3)]! |= value << (8 - depth - (bit & 7));
    });
    expect(Array.from(decoded(encode({ width, height, depth, channels: 1, data })).samples)).toEqual(values);
  });

  it('reads palette masks as indices and palette images as colours', () => {
    const palette: Rgb[] = [
      [0, 0, 0],
      [255, 0, 0],
      [10, 20, 30],
    ];
    const raster = decoded(encodePalettePng({ width: 2, height: 2, data: Uint8Array.of(0, 2, 1, 2) }, palette));
    expect(codesFromPng(raster)).toMatchObject({ kind: 'palette', codes: Int32Array.of(0, 2, 1, 2), palette });
    expect(naturalChannels(raster)).toBe(3);
    expect(imageFromPng(raster, 3).data[1]).toBeCloseTo(10 / 255, 6);
    expect(imageFromPng(raster, 3).data[2]).toBe(1);
  });

  it('refuses a palette index that has no colour', () => {
    const bytes = encodePalettePng({ width: 1, height: 1, data: Uint8Array.of(3) }, [
      [0, 0, 0],
      [9, 9, 9],
    ]);
    expect(faultOf(() => decoded(bytes)).code).toBe('png/damaged');
  });

  it('reads colour masks as 0xRRGGBB', () => {
    const bytes = encodePng({ width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 16, 0, 0, 1) });
    expect(codesFromPng(decoded(bytes))).toMatchObject({ kind: 'rgb', codes: Int32Array.of(0xff0010, 1) });
  });

  it('says what a file is that is no PNG, that is empty, or that is not there', () => {
    const path = join(dir, 'photo.png');
    writeFileSync(path, 'JFIF and so on');
    expect(faultOf(() => readPng(path)).message).toMatch(
      /png\/format: .*photo\.png is not a PNG\n {2}it begins with 4a 46/,
    );
    writeFileSync(path, '');
    expect(faultOf(() => readPng(path)).message).toContain('the file is empty');
    expect(faultOf(() => readPng(join(dir, 'absent.png'))).code).toBe('io/read');
  });

  it('refuses an image too large to decode before allocating it', () => {
    const bytes = own(encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(0) }));
    new DataView(bytes.buffer).setUint32(16, 2 ** 30);
    new DataView(bytes.buffer).setUint32(20, 2 ** 30);
    expect(faultOf(() => decoded(bytes)).code).toBe('png/unsupported');
  });
});
