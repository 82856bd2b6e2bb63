import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/io/tensorboard/crc32c.ts';
import { encodeEvents } from '../../src/io/tensorboard/encode-events.ts';

/** The remainder of the division by Castagnoli's polynomial, bit by bit. */
function remainder(bytes: Uint8Array): bigint {
  let crc = 0xffffffffn;
  for (const byte of bytes)
    for (let bit = 0n; bit < 8n; bit++) {
      const odd = (crc ^ (BigInt(byte) >> bit)) & 1n;
      crc = (crc >> 1n) ^ (odd * 0x82f63b78n);
    }
  return crc ^ 0xffffffffn;
}

type Field = { readonly number: number; readonly value: bigint | Uint8Array };

/** A reader of protocol buffers that knows nothing of messages: fields in their order. */
function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Uint8Array => {
    at += length;
    return bytes.slice(at - length, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const kind = key & 7;
    const value = kind === 0 ? varint() : kind === 1 ? take(8) : kind === 5 ? take(4) : take(Number(varint()));
    fields.push({ number: key >> 3, value });
  }
  return fields;
}

/** The data of the records of a TFRecord file, whose checksums are right. */
function recordsOf(file: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const check = (from: number, length: number): void => {
    const stored = BigInt(view.getUint32(from + length, true));
    const turned = (stored - 0xa282ead8n) & 0xffffffffn;
    expect(((turned >> 17n) | (turned << 15n)) & 0xffffffffn).toBe(remainder(file.subarray(from, from + length)));
  };
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    check(at, 8);
    check(at + 12, length);
    records.push(file.slice(at + 12, at + 12 + length));
    at += 16 + length;
  }
  return records;
}

const text = (value: unknown): string => new TextDecoder().decode(value as Uint8Array);
const inside = (fields: readonly Field[], number: number): Field[] =>
  fieldsOf(fields.find((f) => f.number === number)!.value as Uint8Array);

describe('TensorBoard event files', () => {
  // RFC 3720, B.4.
  it.each([
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(255), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    [new TextEncoder().encode('123456789'), 0xe3069283],
  ])('have the checksums of the standard', (bytes, crc) => expect(crc32c(bytes)).toBe(crc));

  test.prop([fc.uint8Array({ maxLength: 300 })])('have the remainders of a division', (bytes) => {
    expect(BigInt(crc32c(bytes))).toBe(remainder(bytes));
  });

  test.prop([
    fc.array(
      fc.record({
        time: fc.double({ min: 0, max: 2e9, noNaN: true }),
        step: fc.nat(),
        scalars: fc.dictionary(fc.string(), fc.float()),
      }),
    ),
  ])('are read back by a reader that knows nothing of them', (events) => {
    const [begin, ...records] = recordsOf(encodeEvents(events)).map(fieldsOf);
    expect(text(begin!.find(({ number }) => number === 3)!.value)).toBe('brain.Event:2');
    const read = records.map((fields) => {
      const time = new DataView((fields[0]!.value as Uint8Array).buffer).getFloat64(0, true);
      const scalars = inside(fields, 5).map(({ value }) => {
        const [tag, number] = fieldsOf(value as Uint8Array);
        return [text(tag!.value), new DataView((number!.value as Uint8Array).buffer).getFloat32(0, true)] as const;
      });
      return { time, step: Number(fields[1]!.value), scalars };
    });
    expect(read).toEqual(events.map(({ scalars, ...rest }) => ({ ...rest, scalars: Object.entries(scalars) })));
  });
});
