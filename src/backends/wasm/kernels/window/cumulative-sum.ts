import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { CumulativeSumAttributes } from '../../../../ops/reduce/cumulative-sum.ts';
import type { KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { overlapping } from './weighted-sum.ts';

/** Running sums, of float32 too in float64 as the reference has them; two lines at a time where they lie side by side. */
export const cumulativeSumKernel: KernelFor = ({ type, attributes }) => {
  const { axis, reverse } = attributes as CumulativeSumAttributes;
  const { dtype, shape } = type;
  const bytes = bytesPerElement[dtype];
  const size = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const paired = inner >= 2 && dtype !== 'i32';
  const pitch = inner * bytes * (reverse ? -1 : 1);
  const begin = reverse ? (size - 1) * inner * bytes : 0;

  const run = (code: KernelCode, { inputs, output }: Placement): void => {
    if (sizeOf(shape) === 0) return;
    const { f } = code;
    const [start, counter, p, q] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    const total = f.local(paired ? 'v128' : dtype === 'i32' ? 'i32' : 'f64');
    const add = (): void => {
      if (paired) {
        if (dtype === 'f32') f.get(p).access('v128.load64_zero', 0).op('f64x2.promote_low_f32x4');
        else f.get(p).access('v128.load', 0);
        f.get(total).op('f64x2.add').set(total).get(q).get(total);
        if (dtype === 'f32') f.op('f32x4.demote_f64x2_zero').laneAccess('v128.store64_lane', 0, 0);
        else f.access('v128.store', 0);
      } else if (dtype === 'i32') {
        f.get(p).access('i32.load', 0).get(total).op('i32.add').set(total);
        f.get(q).get(total).access('i32.store', 0);
      } else {
        f.get(p).access(dtype === 'f32' ? 'f32.load' : 'f64.load', 0);
        if (dtype === 'f32') f.op('f64.promote_f32');
        f.get(total).op('f64.add').set(total).get(q).get(total);
        if (dtype === 'f32') f.op('f32.demote_f64').access('f32.store', 0);
        else f.access('f64.store', 0);
      }
    };
    const line = { size: sizeOf(shape.slice(0, axis)), steps: [size * inner * bytes, size * inner * bytes] };
    nest(code, [line], [inputs.x!.address + begin, output.address + begin], ([from, to]) => {
      const lines = (): void => {
        f.get(start).i32(bytes).op('i32.mul').get(from!).op('i32.add').set(p);
        f.get(start).i32(bytes).op('i32.mul').get(to!).op('i32.add').set(q);
        if (paired) f.i32x4(0);
        else if (dtype === 'i32') f.i32(0);
        else f.f64(0);
        f.set(total);
        f.count(counter, 0, size, 1, () => {
          add();
          f.get(p).i32(pitch).op('i32.add').set(p).get(q).i32(pitch).op('i32.add').set(q);
        });
      };
      if (paired) overlapping(code, inner, 2, start, lines);
      else f.count(start, 0, inner, 1, lines);
    });
  };
  return { name: 'cumulativeSum', phases: [run] };
};
