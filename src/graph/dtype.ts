/** Element types of the engine: two floats that carry gradients, an index type and a mask type. */
export type DType = 'f64' | 'f32' | 'i32' | 'bool';
/** The element types that have a tangent space, so that gradients of them exist. */
export type FloatDType = 'f64' | 'f32';

/** Maps an element type to the typed array that stores it. */
export interface Storage {
  f64: Float64Array;
  f32: Float32Array;
  i32: Int32Array;
  bool: Uint8Array;
}

const storage: { [D in DType]: new (length: number) => Storage[D] } = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  bool: Uint8Array,
};

export const dtypes: readonly DType[] = ['f64', 'f32', 'i32', 'bool'];

/** Bytes per element. */
export const bytesPerElement: { readonly [D in DType]: number } = { f64: 8, f32: 4, i32: 4, bool: 1 };

export const isFloat = (dtype: DType): dtype is FloatDType => dtype === 'f64' || dtype === 'f32';

/** Zero-filled storage for `length` elements. */
export const allocate = <D extends DType>(dtype: D, length: number): Storage[D] => new storage[dtype](length);
