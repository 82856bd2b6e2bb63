import type { Type } from '../../../../graph/type.ts';
import type { ArgmaxWindowAttributes } from '../../../../ops/window/argmax-window.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import { fill } from '../movement/fill.ts';
import { nest } from '../nest.ts';
import { windowGeometry } from './window-geometry.ts';

/**
 * The transpose of max pooling whose windows are pairs along the last axis and lie side by side: every place asks whether
 * its window chose it, whole vectors at a time. Undefined for other windows.
 */
export function spreadPairs(x: Type, y: Type, { axes }: ArgmaxWindowAttributes, batch: number): Kernel | undefined {
  if (batch !== y.shape.length - axes.length || x.shape.length !== y.shape.length || x.dtype === 'i32')
    return undefined;
  const { planes, xPlane, yPlane, xs, ys, xStrides, yStrides, outer, last } = windowGeometry(y, x, axes);
  const bytes = x.dtype === 'f64' ? 8 : 4;
  const lanes = 16 / bytes;
  const [columns, length] = [ys.at(-1)!, xs.at(-1)!];
  const sideBySide = axes.every(
    ({ window, stride, lo, dilation }, k) =>
      window === stride && lo === 0 && dilation === 1 && ys[k]! * stride <= xs[k]!,
  );
  if (!sideBySide || last.window !== 2 || columns < lanes) return undefined;
  const rows = outer.reduce(
    (list, { window }, k) => list.flatMap((row) => Array.from({ length: window }, (_, i) => row + i * xStrides[k]!)),
    [0],
  );
  if (rows.length > 8) return undefined;
  const whole = columns * 2 === length && outer.every(({ stride }, k) => ys[k]! * stride === xs[k]!);

  const run = (code: KernelCode, { inputs, output }: Placement): void => {
    const { f } = code;
    const [column, value, at, even, odd] = [
      f.local('i32'),
      f.local('v128'),
      f.local('v128'),
      f.local('v128'),
      f.local('v128'),
    ];
    const [start, place, address] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const loops = [
      { size: planes, steps: [yPlane * bytes, yPlane * 4, xPlane * bytes, 0] },
      ...outer.map(({ stride }, k) => ({
        size: ys[k]!,
        steps: [yStrides[k]! * bytes, yStrides[k]! * 4, stride * xStrides[k]! * bytes, stride * xStrides[k]!],
      })),
    ];
    // 64-bit elements compare their position twice.
    const pairs = Array.from({ length: 4 }, (_, i) => 2 * Math.floor((i * lanes) / 4));
    const chosen = (tap: number): void => {
      f.get(value)
        .get(at)
        .get(place)
        .op('i32x4.splat')
        .i32Lanes(pairs.map((lane) => lane + tap))
        .op('i32x4.add');
      f.op('i32x4.eq').op('v128.and');
    };
    nest(code, loops, [inputs.x!.address, inputs.at!.address, output.address, 0], ([source, ats, result, flat]) => {
      f.count(column, 0, columns, lanes, () => {
        // The last vector overlaps the one before it.
        f.get(column)
          .i32(columns - lanes)
          .get(column)
          .i32(columns - lanes)
          .op('i32.lt_s')
          .op('select')
          .set(start);
        f.get(start).i32(bytes).op('i32.mul').get(source!).op('i32.add').access('v128.load', 0).set(value);
        f.get(start).i32(4).op('i32.mul').get(ats!).op('i32.add');
        if (bytes === 4) f.access('v128.load', 0).set(at);
        else
          f.access('v128.load64_zero', 0)
            .tee(at)
            .get(at)
            .shuffle([0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7])
            .set(at);
        f.get(start).i32(2).op('i32.mul').get(flat!).op('i32.add').set(place);
        f.get(start)
          .i32(2 * bytes)
          .op('i32.mul')
          .get(result!)
          .op('i32.add')
          .set(address);
        for (const row of rows) {
          chosen(row);
          f.set(even);
          chosen(row + 1);
          f.set(odd);
          const pick = (from: number): number[] =>
            Array.from({ length: 16 }, (_, i) => {
              const lane = Math.floor(i / bytes);
              return (lane % 2) * 16 + (from + Math.floor(lane / 2)) * bytes + (i % bytes);
            });
          f.get(address)
            .get(even)
            .get(odd)
            .shuffle(pick(0))
            .access('v128.store', row * bytes);
          f.get(address)
            .get(even)
            .get(odd)
            .shuffle(pick(lanes / 2))
            .access('v128.store', row * bytes + 16);
        }
      });
    });
  };
  const zero = (code: KernelCode, { output }: Placement): void =>
    fill(code, y.dtype, 0, output.address, planes * xPlane * bytes);
  return { name: 'unpool pairs', phases: whole ? [run] : [zero, run] };
}
