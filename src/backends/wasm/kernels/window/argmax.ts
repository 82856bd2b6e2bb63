import { stridesOf } from '../../../../graph/shape.ts';
import type { ArgmaxAttributes } from '../../../../ops/reduce/argmax.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, KernelFor, Placement } from '../kernel.ts';
import { copyAxes } from '../movement/strided-axes.ts';
import { nest } from '../nest.ts';
import { beats } from './beats.ts';
import { type LaneBytes, loadSplat } from './strided-load.ts';
import { overlapping } from './weighted-sum.ts';

/** Positions of maxima over axes; where the last axis stays, its elements are the lanes. */
export const argmaxKernel: KernelFor = ({ type, attributes }, { x }) => {
  const { axes, ties } = attributes as ArgmaxAttributes;
  const { dtype, shape } = x!;
  const bytes: LaneBytes = dtype === 'f64' ? 8 : 4;
  const lanes = 16 / bytes;
  const strides = stridesOf(shape);
  const pick = <T>(list: readonly T[], reduced: boolean): T[] => list.filter((_, k) => axes.includes(k) === reduced);
  const kept = copyAxes(
    type.shape,
    { offset: 0, strides: pick(strides, false) },
    { offset: 0, strides: stridesOf(type.shape) },
  );
  // The running position counts along with the reduced axes.
  const reducedShape = pick(shape, true);
  const reduced = copyAxes(
    reducedShape,
    { offset: 0, strides: pick(strides, true) },
    { offset: 0, strides: stridesOf(reducedShape) },
  );
  const last = kept.at(-1);
  const inner = last?.from === 1 && last.size >= lanes ? last : undefined;
  const outer = inner === undefined ? kept : kept.slice(0, -1);

  const run = (code: KernelCode, { inputs, output }: Placement): void => {
    const { f } = code;
    if (type.shape.includes(0)) return;
    const [best, at, next, mask] = [f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128')];
    const [start, source, target, position] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    const load = (): void => {
      if (inner === undefined) loadSplat(f, bytes, source, 0);
      else f.get(source).access('v128.load', 0);
    };
    const reduce = (k: number): void => {
      const axis = reduced[k];
      if (axis === undefined) {
        load();
        f.set(next);
        beats(f, dtype, next, best, ties);
        f.set(mask).get(next).get(best).get(mask).op('v128.bitselect').set(best);
        f.get(position).op('i32x4.splat').get(at).get(mask).op('v128.bitselect').set(at);
        f.get(position).i32(1).op('i32.add').set(position);
        return;
      }
      const counter = f.local('i32');
      f.count(counter, 0, axis.size, 1, () => {
        reduce(k + 1);
        f.get(source)
          .i32(axis.from * bytes)
          .op('i32.add')
          .set(source);
      });
      f.get(source)
        .i32(axis.size * axis.from * bytes)
        .op('i32.sub')
        .set(source);
    };
    const loops = outer.map(({ size, from, to }) => ({ size, steps: [from * bytes, to * 4] }));
    nest(code, loops, [inputs.x!.address, output.address], ([p, q]: readonly Local[]) => {
      const several = (): void => {
        f.get(start).i32(bytes).op('i32.mul').get(p!).op('i32.add').set(source);
        f.get(start).i32(4).op('i32.mul').get(q!).op('i32.add').set(target);
        load();
        f.set(best).i32x4(0).set(at).i32(0).set(position);
        reduce(0);
        f.get(target).get(at);
        if (inner === undefined) f.laneAccess('v128.store32_lane', 0, 0);
        else if (bytes === 4) f.access('v128.store', 0);
        else
          f.get(at).shuffle([0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3]).laneAccess('v128.store64_lane', 0, 0);
      };
      if (inner !== undefined) overlapping(code, inner.size, lanes, start, several);
      else {
        f.i32(0).set(start);
        several();
      }
    });
  };
  return { name: 'argmax', phases: [run] };
};
