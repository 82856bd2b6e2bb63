import { CotangentError } from '../../graph/error.ts';

/** More samples than this in one image is a mistake or an attack: decoding would take gigabytes. */
const mostSamples = 2 ** 28;

/**
 * Walks a PNG's chunks before anything is decoded: each must end inside the file and the last must be IEND.
 *
 * @throws CotangentError `png/truncated` with the byte counts; `png/unsupported` for what the decoder cannot read.
 */
export function checkChunks(path: string, bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 8;
  for (let type = ''; type !== 'IEND'; ) {
    if (offset + 12 > bytes.length) refuseTruncated(path, bytes.length, offset + 12);
    const length = view.getUint32(offset);
    type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    const end = offset + 12 + length;
    if (end > bytes.length) refuseTruncated(path, bytes.length, end);
    if (offset === 8) checkHeader(path, type, view);
    offset = end;
  }
}

function checkHeader(path: string, type: string, view: DataView): void {
  if (type !== 'IHDR' || view.getUint32(8) !== 13)
    refuse(path, 'png/damaged', 'its first chunk is not an image header', 'save it anew as PNG.');
  const [width, height, depth, interlaced] = [
    view.getUint32(16),
    view.getUint32(20),
    view.getUint8(24),
    view.getUint8(28),
  ];
  if (width === 0 || height === 0)
    refuse(path, 'png/damaged', `it is ${width}×${height} pixels`, 'give images of at least 1×1.');
  if (width * height > mostSamples)
    refuse(path, 'png/unsupported', `${width}×${height} pixels are too many`, 'cut the image into pieces.');
  if (interlaced !== 0 && depth < 8)
    refuse(path, 'png/unsupported', `it is interlaced with ${depth} bits a sample`, 'save it without interlacing.');
}

function refuseTruncated(path: string, have: number, need: number): never {
  refuse(
    path,
    'png/truncated',
    `the file ends at byte ${have}; its chunks go on to byte ${need} at least`,
    'copy the file again from where it came from.',
  );
}

function refuse(path: string, code: string, detail: string, fix: string): never {
  throw new CotangentError({ code, summary: `${path} cannot be read`, details: [detail], fix });
}
