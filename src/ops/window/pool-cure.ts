import type { Shape } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';
import type { ArgmaxWindowAttributes } from './argmax-window.ts';
import { extent } from './extent.ts';

/** With which option a maximum pool would have made another size: ceil mode, where that makes exactly this one. */
export function poolCure(
  { x, y }: { readonly x: Type; readonly y: Type },
  { axes }: ArgmaxWindowAttributes,
  wanted: Shape,
): string | undefined {
  const lead = x.shape.length - axes.length;
  const grows = axes.every(({ window, stride, lo, hi, dilation }, k) => {
    const left = (x.shape[lead + k]! + lo + hi - extent(window, dilation)) % stride;
    return wanted[lead + k]! - y.shape[lead + k]! === (left > 0 ? 1 : 0);
  });
  return grows ? 'ceil: true' : undefined;
}
