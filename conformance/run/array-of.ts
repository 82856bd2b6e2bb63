import { array, type DType, type FloatDType, type NdArray } from 'cotangent';
import { type CaseDType, type CaseTensor, isFloating } from '../cases/case-tensor.ts';

const i32Limits = [-(2 ** 31), 2 ** 31 - 1] as const;

/** The engine's element types for those of one case. */
export type DTypes = (dtype: CaseDType) => DType;

/**
 * Floats become `floats`, or what holds them exactly; integers become i32, or f64 where one of the tensors of that type
 * in the case holds a number beyond 32 bits.
 */
export function dtypesFor(tensors: readonly (CaseTensor | null)[], floats: FloatDType | undefined): DTypes {
  const wide = new Set(tensors.filter((one) => one !== null && beyond(one)).map((one) => one!.dtype));
  return (dtype) => {
    if (dtype === 'bool') return 'bool';
    if (isFloating(dtype)) return floats ?? (dtype === 'float64' ? 'f64' : 'f32');
    return wide.has(dtype) ? 'f64' : 'i32';
  };
}

/** The numbers of a case in the engine's form. */
export const arrayOf = ({ dtype, shape, data }: CaseTensor, dtypes: DTypes): NdArray =>
  array({ dtype: dtypes(dtype), shape }, data.map(Number));

const beyond = ({ dtype, data }: CaseTensor): boolean =>
  !isFloating(dtype) && data.some((one) => Number(one) < i32Limits[0] || Number(one) > i32Limits[1]);
