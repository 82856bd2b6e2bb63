import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Dict } from '../../graph/op.ts';
import { showType, type Type } from '../../graph/type.ts';
import { refuse } from '../refuse.ts';
import type { ConvAttributes } from './conv.ts';
import { plural } from './plural.ts';
import { checkStep, checkWhole } from './step.ts';
import { windowCount } from './window-count.ts';

/** Inference of `conv`. */
export function convType({ x, w }: Dict<'x' | 'w', Type>, { axes, groups }: ConvAttributes): Type {
  if (!isFloat(x.dtype) || x.dtype !== w.dtype)
    fail('conv/dtype', `x is ${x.dtype}, w is ${w.dtype}`, 'cast both to f32, or both to f64.');
  const rank = axes.length + 2;
  if (axes.length === 0 || x.shape.length !== rank || w.shape.length !== rank)
    refuse(
      'conv/rank',
      { x: x.shape, w: w.shape, rank },
      'make x [batch, channels, spatial…] and w [outputs, channels / groups, spatial…].',
    );
  const [batch, channels, ...xs] = x.shape as readonly [number, number, ...number[]];
  const [outputs, inputs, ...ws] = w.shape as readonly [number, number, ...number[]];
  checkStep('groups', groups);
  const split = plural(groups, 'group');
  if (inputs * groups !== channels)
    refuse(
      'conv/channels',
      { read: inputs, groups: split, product: inputs * groups, channels },
      channels % groups === 0
        ? `make w ${showType({ dtype: w.dtype, shape: [outputs, channels / groups, ...ws] })}, or choose groups so that w.shape[1] × groups = ${channels}.`
        : `choose groups so that w.shape[1] × groups = ${channels}.`,
    );
  if (outputs % groups !== 0)
    refuse(
      'conv/groups',
      { outputs, groups: split },
      `make w.shape[0] a multiple of ${groups}, or choose other groups.`,
    );
  const spatial = axes.map(({ stride, lo, hi, xDilation, wDilation }, i) => {
    checkStep('stride', stride);
    checkStep('xDilation', xDilation);
    checkStep('wDilation', wDilation);
    checkWhole('lo', lo);
    checkWhole('hi', hi);
    const walk = { length: xs[i]!, window: ws[i]!, stride, lo, hi, xDilation, dilation: wDilation };
    return windowCount('conv/window', walk, i);
  });
  return { dtype: x.dtype, shape: [batch, outputs, ...spatial] };
}
