import type { DType } from '../../graph/dtype.ts';

/** An element type of the format, and how its bytes become ours. */
export interface Element {
  /** Bytes in the file. */
  readonly bytes: number;
  /** The type that holds every value exactly. */
  readonly dtype: DType;
  read(view: DataView, offset: number): number;
}

/** The element types that can be read exactly; BF16 and F16 widen to f32. I64 must fit into i32: the reader checks. */
export const elements: { readonly [name: string]: Element } = {
  F64: { bytes: 8, dtype: 'f64', read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, dtype: 'f32', read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, dtype: 'f32', read: (view, at) => fromHalf(view.getUint16(at, true)) },
  BF16: { bytes: 2, dtype: 'f32', read: (view, at) => fromBrainFloat(view.getUint16(at, true)) },
  I64: { bytes: 8, dtype: 'i32', read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, dtype: 'i32', read: (view, at) => view.getInt32(at, true) },
  BOOL: { bytes: 1, dtype: 'bool', read: (view, at) => view.getUint8(at) },
};

/** The format's name for each of our types. */
export const elementOf: { readonly [D in DType]: string } = { f64: 'F64', f32: 'F32', i32: 'I32', bool: 'BOOL' };

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A bfloat16 is the upper half of a float32. */
function fromBrainFloat(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
const word = new DataView(new ArrayBuffer(4));
