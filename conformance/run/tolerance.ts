import type { FloatDType } from 'cotangent';
import type { SecondOrder } from '../cases/case.ts';
import type { CaseDType } from '../cases/case-tensor.ts';
import { isFloating } from '../cases/case-tensor.ts';

/** What is compared, which decides how exactly. */
export type Aspect = 'first' | SecondOrder['method'];

/** The README's table for PyTorch: how far a tensor may be off, in units of max(1, its largest number). */
export function torchTolerance(dtype: CaseDType, floats: FloatDType, aspect: Aspect, composition: boolean): number {
  if (!isFloating(dtype)) return 0;
  if (floats === 'f32') return composition || aspect !== 'first' ? 1e-3 : 1e-4;
  return { first: 1e-9, autograd: 1e-8, 'central-difference': 1e-7 }[aspect];
}

/** The README's table for ONNX. */
export function onnxTolerance(dtype: CaseDType): number {
  if (!isFloating(dtype)) return 0;
  return dtype === 'float16' ? 1e-2 : 1e-4;
}
