import type { DType } from 'cotangent';
import { unsupported } from '../run/unsupported.ts';

const names: { readonly [number: number]: DType } = {
  1: 'f32',
  2: 'i32',
  3: 'i32',
  4: 'i32',
  5: 'i32',
  6: 'i32',
  7: 'i32',
  9: 'bool',
  10: 'f32',
  11: 'f64',
  12: 'i32',
  13: 'i32',
};

/** The engine's element type for ONNX's number of one. */
export const elementType = (number: number): DType => names[number] ?? unsupported(`element type ${number}`);
