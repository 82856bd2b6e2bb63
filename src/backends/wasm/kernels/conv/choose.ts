import { sizeOf } from '../../../../graph/shape.ts';
import type { Kernel } from '../kernel.ts';
import type { Correlation } from './correlation.ts';
import { directKernel, type Operands } from './direct.ts';
import { dotKernel } from './dot.ts';
import { vectorOf } from './tile.ts';

/** The kernel that takes least time by a count of its multiplications of vectors. */
export function choose(problem: Correlation, operands: Operands): Kernel {
  const { axes, dtype } = problem;
  const { lanes } = vectorOf[dtype];
  const vectors = (length: number, dilation: number): number => Math.ceil(length / dilation / lanes) * dilation;
  const { y, w, xDilation } = axes.at(-1)!;
  const outer = sizeOf(axes.slice(0, -1).map((axis) => axis.y * axis.w));
  const direct = outer * vectors(y, xDilation) * w;
  const dot = outer * y * (vectors(w, xDilation) + 0.1);
  return dot < direct ? dotKernel(problem, operands) : directKernel(problem, operands);
}
