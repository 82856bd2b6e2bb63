import { bytesPerElement, type DType } from '../../graph/dtype.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { writeAtomically } from '../write-atomically.ts';
import { elementOf } from './element.ts';
import type { TensorFile } from './read-safetensors.ts';

/** Writes named arrays and text metadata as a safetensors file, whole or not at all. */
export function writeSafetensors(path: string, file: TensorFile): void {
  writeAtomically(path, encodeSafetensors(file));
}

/**
 * The bytes of a safetensors file. The same arrays give the same bytes: widest elements first, then by name, as the format's own
 * writer lays them out, so that every tensor is aligned; metadata is sorted by key.
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(tensors).sort(
    ([a, x], [b, y]) => bytesPerElement[y.dtype] - bytesPerElement[x.dtype] || (a < b ? -1 : 1),
  );
  const header: [string, object][] = [];
  if (Object.keys(metadata).length > 0)
    header.push(['__metadata__', Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)))]);
  let end = 0;
  for (const [name, { dtype, shape, data }] of entries) {
    const begin = end;
    end += data.length * bytesPerElement[dtype];
    header.push([name, { dtype: elementOf[dtype], shape, data_offsets: [begin, end] }]);
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // Spaces after the header keep the data aligned to eight bytes.
  const headerLength = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + end);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(text, 8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  let offset = 8 + headerLength;
  for (const [, tensor] of entries) offset = put(view, offset, tensor);
  return bytes;
}

/** Element by element, so that the file is little-endian on every machine. */
function put(view: DataView, offset: number, { dtype, data }: NdArray): number {
  const size = bytesPerElement[dtype];
  const set = setters[dtype];
  for (let i = 0; i < data.length; i++) set(view, offset + i * size, data[i]!);
  return offset + data.length * size;
}

const setters: { readonly [D in DType]: (view: DataView, offset: number, value: number) => void } = {
  f64: (view, offset, value) => view.setFloat64(offset, value, true),
  f32: (view, offset, value) => view.setFloat32(offset, value, true),
  i32: (view, offset, value) => view.setInt32(offset, value, true),
  bool: (view, offset, value) => view.setUint8(offset, value),
};
