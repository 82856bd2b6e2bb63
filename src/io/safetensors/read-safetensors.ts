import { array, type NdArray } from '../../graph/nd-array.ts';
import { readBytes } from '../read-bytes.ts';
import { type Element, elements } from './element.ts';
import { type Entry, readHeader } from './header.ts';
import { refuseFile } from './refuse-file.ts';

/** What a safetensors file holds: arrays by name, and free text by key. */
export interface TensorFile {
  readonly tensors: { readonly [name: string]: NdArray };
  readonly metadata: { readonly [key: string]: string };
}

/**
 * Reads a safetensors file: F64, F32, I32 and BOOL as they are, F16 and BF16 as f32, I64 as i32 where every value fits.
 *
 * @throws CotangentError `io/read`, or `safetensors/…` naming the file, the tensor and the cure. Nothing is read past a fault.
 */
export function readSafetensors(path: string): TensorFile {
  return decodeSafetensors(path, readBytes(path));
}

/** {@link readSafetensors} on bytes; `path` only names them in errors. */
export function decodeSafetensors(path: string, bytes: Uint8Array<ArrayBuffer>): TensorFile {
  const { entries, metadata, dataStart } = readHeader(path, bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart);
  const tensors: { [name: string]: NdArray } = {};
  // Not by assignment: a tensor may be called `__proto__`.
  for (const entry of entries)
    Object.defineProperty(tensors, entry.name, { value: load(path, view, entry), enumerable: true });
  return { tensors, metadata };
}

function load(path: string, view: DataView, { name, dtype, shape, begin }: Entry): NdArray {
  const element: Element = elements[dtype]!;
  const tensor = array({ dtype: element.dtype, shape });
  const { data } = tensor;
  for (let i = 0; i < data.length; i++) {
    const value = element.read(view, begin + i * element.bytes);
    data[i] = value;
    if (element.dtype === 'i32' && data[i] !== value)
      refuseFile(path, 'dtype', `'${name}' holds ${value} at ${i}, outside int32`, 'store the tensor as F64.');
    if (element.dtype === 'bool' && value > 1)
      refuseFile(path, 'bool', `'${name}' is BOOL but holds the byte ${value} at ${i}`, 'store 0 and 1, or I32.');
  }
  return tensor;
}
