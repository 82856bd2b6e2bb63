import { crc32c } from './crc32c.ts';

/**
 * A record of a TFRecord file: its length in 8 bytes, their checksum, the data, their checksum; little-endian. Checksums are CRC-32C,
 * turned by 15 bits and shifted by a constant (tensorflow/tensorflow, lib/hash/crc32c.h: "mask").
 */
export function tfRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(crc32c(record.subarray(0, 8))), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, masked(crc32c(data)), true);
  return record;
}

const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
