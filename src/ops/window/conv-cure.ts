import type { Shape } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';
import type { ConvAttributes } from './conv.ts';

/**
 * With which options a convolution would have made another size: output padding or padding where it is a transposed one, padding where it is
 * not. Undefined where no padding does.
 */
export function convCure(
  { w, y }: { readonly w: Type; readonly y: Type },
  { axes }: ConvAttributes,
  wanted: Shape,
): string | undefined {
  const missing = axes.map((_, k) => wanted[k + 2]! - y.shape[k + 2]!);
  const transposed = axes.some(({ xDilation }) => xDilation > 1);
  if (transposed && missing.every((n, k) => n >= 0 && n < axes[k]!.xDilation)) return `outputPadding [${missing}]`;
  const pairs = axes.map(({ lo, hi, stride, wDilation }, k): readonly [number, number] => {
    if (!transposed) return [lo, hi + missing[k]! * stride];
    // A transposed convolution's padding is what is cut off the stamps.
    const around = wDilation * (w.shape[k + 2]! - 1);
    return [around - lo, around - hi - missing[k]!];
  });
  const near = missing.every((n, k) => Math.abs(n * axes[k]!.stride) <= 4);
  const fits = near && pairs.every(([lo, hi]) => lo >= 0 && hi >= 0);
  return fits ? `padding [${pairs.map(([lo, hi]) => `[${lo}, ${hi}]`).join(', ')}]` : undefined;
}
