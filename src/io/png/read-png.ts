import { type DecodedPng, decode, hasPngSignature } from 'fast-png';
import { CotangentError } from '../../graph/error.ts';
import { readBytes, reasonOf } from '../read-bytes.ts';
import { checkChunks } from './check-chunks.ts';
import type { Raster, Rgb } from './raster.ts';

/**
 * Reads a PNG of any colour type and depth; checksums are verified, samples of less than eight bits unpacked.
 *
 * @throws CotangentError `io/read`, `png/format` (not a PNG, by its first bytes), `png/truncated`, `png/damaged`,
 * `png/unsupported`; each names the file.
 */
export function readPng(path: string): Raster {
  return decodePng(path, readBytes(path));
}

/** {@link readPng} on bytes; `path` only names them in errors. */
export function decodePng(path: string, bytes: Uint8Array<ArrayBuffer>): Raster {
  if (!hasPngSignature(bytes))
    throw new CotangentError({
      code: 'png/format',
      summary: `${path} is not a PNG`,
      details: [bytes.length === 0 ? 'the file is empty' : `it begins with ${firstBytes(bytes)}`],
      fix: 'convert it to PNG, or take it out of the folder.',
    });
  checkChunks(path, bytes);
  const png = decodeOrRefuse(path, bytes);
  const { width, height, depth } = png;
  const channels = png.channels as Raster['channels'];
  const samples = depth < 8 ? unpack(png) : (png.data as Uint8Array | Uint16Array);
  if (png.palette === undefined) return { path, width, height, channels, depth, samples };
  const palette = png.palette.map(([r = 0, g = 0, b = 0]): Rgb => [r, g, b]);
  const outside = samples.find((index) => index >= palette.length);
  if (outside !== undefined)
    refuseDamaged(path, `a pixel has colour ${outside}, the palette ${palette.length} colours`);
  return { path, width, height, channels, depth, samples, palette };
}

function decodeOrRefuse(path: string, bytes: Uint8Array<ArrayBuffer>): DecodedPng {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (cause) {
    refuseDamaged(path, reasonOf(cause), cause);
  }
}

function refuseDamaged(path: string, reason: string, cause?: unknown): never {
  throw new CotangentError(
    {
      code: 'png/damaged',
      summary: `${path} cannot be decoded`,
      details: [reason],
      fix: 'copy the file again from where it came from, or save it anew as PNG.',
    },
    { cause },
  );
}

/** Rows of 1-, 2- and 4-bit samples begin at a byte; the first sample is in the high bits. */
function unpack({ width, height, channels, depth, data }: DecodedPng): Uint8Array {
  const perRow = width * channels;
  const rowBytes = Math.ceil((perRow * depth) / 8);
  const samples = new Uint8Array(perRow * height);
  for (let y = 0; y < height; y++)
    for (let i = 0; i < perRow; i++) {
      const bit = i * depth;
      const byte = data[y * rowBytes + (bit >> 3)]!;
      samples[y * perRow + i] = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
  return samples;
}

const firstBytes = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 8), (b) => b.toString(16).padStart(2, '0')).join(' ');
