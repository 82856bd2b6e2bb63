import { stridesOf } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import type { ArgmaxWindowAttributes } from '../../../../ops/window/argmax-window.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, Strides } from '../kernel.ts';
import { copyAxes } from '../movement/strided-axes.ts';
import { nest } from '../nest.ts';
import { beats } from './beats.ts';
import { type LaneBytes, loadSplat, loadStrided } from './strided-load.ts';
import { windowGeometry } from './window-geometry.ts';

/** Windows of up to this many taps stand in the code tap by tap, where no tap can be outside. */
const unrolled = 16;

/** Up to so many columns at an end of the rows stand in the code one by one. */
const shortEdge = 4;

/** Where the maxima go: as flat positions in the plane, −1 for none, or as values, 0 for none. */
export interface Target {
  readonly wanted: 'position' | 'value';
  readonly address: number;
}

/**
 * The maximum of every window over the last axes of x: several windows of a row at a time, those that reach over its ends
 * one by one, with the same instructions.
 */
export function windowMaxima(
  code: KernelCode,
  {
    x,
    y,
    strides,
    attributes: { axes, ties },
  }: { x: Type; y: Type; strides: Strides; attributes: ArgmaxWindowAttributes },
  from: number,
  targets: readonly Target[],
): void {
  const { f } = code;
  const bytes: LaneBytes = x.dtype === 'f64' ? 8 : 4;
  const lanes = 16 / bytes;
  const positions = targets.some(({ wanted }) => wanted === 'position');
  const outBytes = ({ wanted }: Target): number => (wanted === 'position' ? 4 : bytes);
  const geometry = windowGeometry(x, y, axes);
  const { xs, xStrides, yStrides, outer, last, first } = geometry;
  const wide = geometry.end - first - ((geometry.end - first) % lanes);
  const few = axes.reduce((product, { window }) => product * window, 1) <= unrolled;
  // 64-bit elements have their position twice, so that masks fit both.
  const perLane = (step: number): number[] => Array.from({ length: 4 }, (_, i) => Math.floor((i * lanes) / 4) * step);

  const [best, at, next, mask] = [f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128')];
  const [column, address, inside] = f.locals('i32', 3);
  const lead = x.shape.slice(0, x.shape.length - axes.length);
  const planes = copyAxes(
    lead,
    { offset: 0, strides: (strides ?? stridesOf(x.shape)).slice(0, lead.length) },
    { offset: 0, strides: stridesOf(y.shape).slice(0, lead.length) },
  );
  const loops = [
    ...planes.map(({ size, from, to }) => ({
      size,
      steps: [from * bytes, ...outer.map(() => 0), ...targets.map((target) => to * outBytes(target))],
    })),
    ...outer.map(({ stride }, k) => ({
      size: geometry.ys[k]!,
      steps: [
        ...[0, ...outer.map((_, j) => (j === k ? stride : 0))],
        ...targets.map((target) => yStrides[k]! * outBytes(target)),
      ],
    })),
  ];
  const bases = [from, ...outer.map(({ lo }) => -lo), ...targets.map(({ address }) => address)];
  nest(code, loops, bases, ([plane, ...rest]) => {
    const [begins, results] = [rest.slice(0, outer.length), rest.slice(outer.length)];
    if (few && !geometry.within) {
      f.i32(1);
      begins.forEach((begin, k) => {
        const { window, dilation } = outer[k]!;
        f.get(begin)
          .i32(Math.max(0, xs[k]! - (window - 1) * dilation))
          .op('i32.lt_u')
          .op('i32.and');
      });
      f.set(inside);
    }
    const short = (several: boolean, fixed?: number): void => {
      if (geometry.within) allInside(plane!, begins, several, fixed);
      else {
        f.get(inside).when(() => allInside(plane!, begins, several, fixed));
        f.get(inside)
          .op('i32.eqz')
          .when(() => clipped(plane!, begins, several));
      }
    };
    const put = (several: boolean): void => {
      for (const [k, target] of targets.entries()) store(target, results[k]!, several);
    };
    const edges = (from: number, below: number): void => {
      if (few && below - from <= shortEdge)
        for (let k = from; k < below; k++) {
          f.i32(k).set(column);
          short(false, k);
          put(false);
        }
      else
        f.count(column, from, below, 1, () => {
          clipped(plane!, begins, false);
          put(false);
        });
    };
    edges(0, first);
    f.count(column, first, first + wide, lanes, () => {
      if (few) short(true);
      else clipped(plane!, begins, true);
      put(true);
    });
    edges(first + wide, geometry.ys.at(-1)!);
  });

  /**
   * Every tap in the code, at a fixed distance from the first one: of several columns, which have all, or of the fixed one,
   * those that are inside the row.
   */
  function allInside(plane: Local, begins: readonly Local[], several: boolean, fixed: number = 0): void {
    const start = fixed * last.stride - last.lo;
    const along = Array.from({ length: last.window }, (_, i) => i * last.dilation).filter(
      (tap) => several || (start + tap >= 0 && start + tap < xs.at(-1)!),
    );
    const [nearest = 0] = along;
    if (along.length === 0) {
      f.i32x4(-1).set(at).i32x4(0).set(best);
      return;
    }
    const place = f.local('i32');
    if (several) f.get(column).i32(last.stride).op('i32.mul').i32(last.lo).op('i32.sub');
    else f.i32(start + nearest);
    begins.forEach((begin, k) => {
      f.get(begin).i32(xStrides[k]!).op('i32.mul').op('i32.add');
    });
    f.tee(place).i32(bytes).op('i32.mul').get(plane).op('i32.add').set(address);
    const rows = outer.reduce(
      (list, { window, dilation }, k) =>
        list.flatMap((tap) => Array.from({ length: window }, (_, i) => tap + i * dilation * xStrides[k]!)),
      [0],
    );
    const taps = rows.flatMap((row) => along.map((tap) => row + tap - nearest));
    for (const [i, tap] of taps.entries()) {
      if (several) loadStrided(f, bytes, address, tap * bytes, last.stride);
      else loadSplat(f, bytes, address, tap * bytes);
      if (i === 0) {
        f.set(best).i32x4(0).set(at);
        continue;
      }
      f.set(next);
      beats(f, x.dtype, next, best, ties);
      f.set(mask).get(next).get(best).get(mask).op('v128.bitselect').set(best);
      if (positions) f.i32x4(tap).get(at).get(mask).op('v128.bitselect').set(at);
    }
    if (positions) f.get(at).get(place).op('i32x4.splat').op('i32x4.add').set(at);
    if (positions && several) f.get(at).i32Lanes(perLane(last.stride)).op('i32x4.add').set(at);
  }

  /** Taps in loops, each looked at whether it is inside. */
  function clipped(plane: Local, begins: readonly Local[], several: boolean): void {
    const begin = f.local('i32');
    f.i32x4(-1).set(at).i32x4(0).set(best);
    f.get(column).i32(last.stride).op('i32.mul').i32(last.lo).op('i32.sub').set(begin);
    const tap = (k: number, row: Local): void => {
      const axis = axes[k]!;
      const [count, position, place] = [f.local('i32'), f.local('i32'), f.local('i32')];
      f.count(count, 0, axis.window, 1, () => {
        f.get(count)
          .i32(axis.dilation)
          .op('i32.mul')
          .get(begins[k] ?? begin)
          .op('i32.add')
          .tee(position);
        f.i32(xs[k]!).op('i32.lt_u');
        f.when(() => {
          f.get(position).i32(xStrides[k]!).op('i32.mul').get(row).op('i32.add').set(place);
          if (k + 1 < axes.length) tap(k + 1, place);
          else take(plane, place, several);
        });
      });
    };
    f.i32(0).set(address);
    const zero = f.local('i32');
    f.i32(0).set(zero);
    tap(0, zero);
  }

  function take(plane: Local, place: Local, several: boolean): void {
    f.get(place).i32(bytes).op('i32.mul').get(plane).op('i32.add').set(address);
    if (several) loadStrided(f, bytes, address, 0, last.stride);
    else loadSplat(f, bytes, address, 0);
    f.set(next);
    beats(f, x.dtype, next, best, ties);
    // The first tap inside is always taken.
    f.get(at).i32x4(0).op('i32x4.lt_s').op('v128.or').set(mask);
    f.get(next).get(best).get(mask).op('v128.bitselect').set(best);
    f.get(place).op('i32x4.splat');
    if (several) f.i32Lanes(perLane(last.stride)).op('i32x4.add');
    f.get(at).get(mask).op('v128.bitselect').set(at);
  }

  function store(target: Target, result: Local, several: boolean): void {
    const size = outBytes(target);
    const position = target.wanted === 'position';
    f.get(column).i32(size).op('i32.mul').get(result).op('i32.add');
    f.get(position ? at : best);
    // Of positions in pairs, one each.
    if (position && bytes === 8) f.get(at).shuffle([0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3]);
    const written = several ? lanes * size : size;
    if (written === 16) f.access('v128.store', 0);
    else f.laneAccess(written === 8 ? 'v128.store64_lane' : 'v128.store32_lane', 0, 0);
  }
}
