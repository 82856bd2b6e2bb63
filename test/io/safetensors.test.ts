import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterAll, describe, expect, it } from 'vitest';
import type { DType } from '../../src/graph/dtype.ts';
import { CotangentError } from '../../src/graph/error.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { decodeSafetensors, readSafetensors } from '../../src/io/safetensors/read-safetensors.ts';
import { encodeSafetensors, writeSafetensors } from '../../src/io/safetensors/write-safetensors.ts';

const dir = mkdtempSync(join(tmpdir(), 'cotangent-safetensors-'));
afterAll(() => rmSync(dir, { recursive: true }));

const values: { readonly [D in DType]: fc.Arbitrary<number> } = {
  f64: fc.double(),
  f32: fc.float(),
  i32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  bool: fc.integer({ min: 0, max: 1 }),
};
const tensor: fc.Arbitrary<NdArray> = fc
  .tuple(
    fc.constantFrom<DType>('f64', 'f32', 'i32', 'bool'),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  )
  .chain(([dtype, shape]) =>
    fc
      .array(values[dtype], { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
      .map((data) => array({ dtype, shape }, data)),
  );
const name = fc.string({ minLength: 1, maxLength: 12 }).filter((s) => s !== '__metadata__' && s !== '__proto__');
const file = fc.record({
  tensors: fc.dictionary(name, tensor, { maxKeys: 5, noNullPrototype: true }),
  metadata: fc.dictionary(name, fc.string(), { maxKeys: 3, noNullPrototype: true }),
});

/** A file made by hand, as the format's page describes it. */
function made(header: unknown, data: readonly number[]): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

function faultOf(bytes: Uint8Array<ArrayBuffer>): CotangentError {
  try {
    decodeSafetensors('m.safetensors', bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(CotangentError);
    expect((error as CotangentError).message).toContain('m.safetensors');
    return error as CotangentError;
  }
  throw new Error('nothing was refused');
}

const one = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };

describe('safetensors', () => {
  test.prop([file])('gives back every array bit for bit, and all metadata', ({ tensors, metadata }) => {
    const read = decodeSafetensors('m', encodeSafetensors({ tensors, metadata }));
    expect(read.metadata).toEqual(metadata);
    expect(Object.keys(read.tensors).sort()).toEqual(Object.keys(tensors).sort());
    for (const [key, { dtype, shape, data }] of Object.entries(tensors)) {
      expect(read.tensors[key]).toMatchObject({ dtype, shape });
      expect(new Uint8Array(read.tensors[key]!.data.buffer)).toEqual(new Uint8Array(data.buffer));
    }
  });

  test.prop([file])(
    'writes the same bytes whatever the order of names, data aligned to eight bytes',
    ({ tensors, metadata }) => {
      const bytes = encodeSafetensors({ tensors, metadata });
      const reversed = Object.fromEntries(Object.entries(tensors).reverse());
      expect(encodeSafetensors({ tensors: reversed, metadata })).toEqual(bytes);
      expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
    },
  );

  test.prop([file, fc.nat()])('cut anywhere is refused', (parts, where) => {
    const bytes = encodeSafetensors(parts);
    faultOf(bytes.slice(0, where % bytes.length));
  });

  it('keeps names that JavaScript gives a meaning', () => {
    const names = ['constructor', 'prototype', '__proto__', 'toString'];
    const entries = names.map((key, i) => [key, array({ dtype: 'f64', shape: [] }, [i])] as const);
    const texts = names.map((key) => [key, 'text'] as const);
    const file = { tensors: Object.fromEntries(entries), metadata: Object.fromEntries(texts) };
    const read = decodeSafetensors('m', encodeSafetensors(file));
    expect(Object.keys(read.tensors).sort()).toEqual([...names].sort());
    expect(Object.entries(read.metadata).sort()).toEqual(texts.sort());
  });

  it('reads a file made by hand, with the narrow and wide types that fit', () => {
    const { tensors, metadata } = decodeSafetensors(
      'm',
      made(
        {
          __metadata__: { format: 'pt' },
          half: { dtype: 'F16', shape: [4], data_offsets: [0, 8] },
          brain: { dtype: 'BF16', shape: [2], data_offsets: [8, 12] },
          long: { dtype: 'I64', shape: [], data_offsets: [12, 20] },
          mask: { dtype: 'BOOL', shape: [2], data_offsets: [20, 22] },
        },
        [0, 0x3c, 0, 0xc0, 1, 0, 0, 0x7c, 0x80, 0x3f, 0x49, 0xc0, 0xfe, ...new Array(7).fill(0xff), 1, 0],
      ),
    );
    expect(metadata).toEqual({ format: 'pt' });
    expect(Array.from(tensors.half!.data)).toEqual([1, -2, 2 ** -24, Number.POSITIVE_INFINITY]);
    expect(Array.from(tensors.brain!.data)).toEqual([1, -3.140625]);
    expect(tensors.long!.item()).toBe(-2);
    expect(Array.from(tensors.mask!.data)).toEqual([1, 0]);
  });

  it.each<[string, string, Uint8Array<ArrayBuffer>]>([
    ['truncated', 'an empty file', new Uint8Array(0)],
    ['header', 'a length no file has', new Uint8Array(16).fill(0xff)],
    ['header', 'text that is not JSON', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7b)],
    ['header', 'a list', made([], [])],
    ['header', 'a missing shape', made({ w: { dtype: 'F32', data_offsets: [0, 4] } }, [0, 0, 0, 0])],
    ['header', 'a negative dimension', made({ w: { ...one, shape: [-1] } }, [0, 0, 0, 0])],
    ['header', 'metadata that is not text', made({ __metadata__: { step: 3 } }, [])],
    ['dtype', 'an unknown dtype', made({ w: { ...one, dtype: 'Q4' } }, [0, 0, 0, 0])],
    [
      'dtype',
      'an int64 that does not fit',
      made({ w: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, [0, 0, 0, 0, 1, 0, 0, 0]),
    ],
    ['bool', 'a BOOL of 2', made({ w: { dtype: 'BOOL', shape: [1], data_offsets: [0, 1] } }, [2])],
    ['size', 'offsets that do not span the shape', made({ w: { ...one, shape: [2] } }, [0, 0, 0, 0])],
    ['truncated', 'data that end early', made({ w: one }, [0, 0])],
    ['layout', 'data left over', made({ w: one }, [0, 0, 0, 0, 0])],
    ['layout', 'tensors that overlap', made({ a: one, b: { ...one, data_offsets: [2, 6] } }, new Array(6).fill(0))],
    ['layout', 'tensors with a gap', made({ a: one, b: { ...one, data_offsets: [6, 10] } }, new Array(10).fill(0))],
  ])('refuses with %s: %s', (code, _, bytes) => {
    expect(faultOf(bytes).code).toBe(`safetensors/${code}`);
  });

  it('replaces a file whole, and leaves no other behind', () => {
    const path = join(dir, 'deep', 'w.safetensors');
    for (const value of [1, 2])
      writeSafetensors(path, { tensors: { w: array({ dtype: 'f64', shape: [] }, [value]) }, metadata: {} });
    expect(readSafetensors(path).tensors.w!.item()).toBe(2);
    expect(readdirSync(join(dir, 'deep'))).toEqual(['w.safetensors']);
  });

  it('says why a file cannot be written, and leaves what blocks it alone', () => {
    const blocker = join(dir, 'blocker');
    writeFileSync(blocker, 'mine');
    expect(() => writeSafetensors(join(blocker, 'w.safetensors'), { tensors: {}, metadata: {} })).toThrow(
      /io\/write: cannot write .*blocker/,
    );
    expect(readFileSync(blocker, 'utf8')).toBe('mine');
  });
});
