import type { Shape } from '../../../../graph/shape.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { SampleAxis } from '../../../../ops/warp/sample.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import { stridedCopy } from '../movement/strided-copy.ts';
import { split } from '../split.ts';
import { loadSplat } from '../window/strided-load.ts';
import { type TapLayout, writeTaps } from './taps.ts';

/** What is spread: positions, the plane and how many there are of it. */
interface Spread {
  readonly layout: TapLayout;
  readonly axes: readonly SampleAxis[];
  readonly size: Shape;
  readonly channels: number;
}

/** Pieces of work that keep several threads busy. */
const enough = 4;

/**
 * Spreading with channels as lanes: values and sums lie in groups of channels, those of a place side by side, so that a
 * tap is added in a few instructions. A thread takes whole groups, whose sums it adds up in the order of the positions.
 */
export function splatChannels({ layout, axes, size, channels }: Spread): Kernel {
  const { width, batch, count, bytes } = layout;
  const lanes = 16 / bytes;
  const plane = sizeOf(size);
  const vectors = Math.ceil(channels / lanes);
  const together = [4, 3, 2].find((n) => vectors % n === 0 && (batch * vectors) / n >= enough) ?? 1;
  const groups = vectors / together;
  const step = together * 16;
  const group = step / bytes;
  const image = (plane + 1) * step;
  const [tapPitch, weightPitch] = [layout.pitch, (layout.pitch * bytes) / 4];
  const values = Math.ceil(layout.total / 64) * 64;
  const sums = values + batch * groups * count * step;
  const [multiply, add, fused] =
    bytes === 4
      ? (['f32x4.mul', 'f32x4.add', 'f32x4.relaxed_madd'] as const)
      : (['f64x2.mul', 'f64x2.add', 'f64x2.relaxed_madd'] as const);

  /** Copies between row-major channels of `length` elements and groups whose images are `pitch` elements apart. */
  const regroup = (
    code: KernelCode,
    length: number,
    pitch: number,
    [plain, grouped]: readonly [number, number],
    to: 'groups' | 'plain',
  ): void => {
    const whole = Math.floor(channels / group);
    const copy = (first: number, count: number, wide: number): void => {
      const apart = {
        base: plain,
        offset: first * group * length,
        strides: [channels * length, group * length, length, 1],
      };
      const near = { base: grouped, offset: first * pitch, strides: [groups * pitch, pitch, 1, group] };
      const shape = [batch, count, wide, length];
      const turned = <T>([a, b, c, d]: readonly T[]): T[] => [a!, b!, d!, c!];
      if (to === 'plain') stridedCopy(code, bytes, shape, near, apart);
      else
        stridedCopy(
          code,
          bytes,
          turned(shape),
          { ...apart, strides: turned(apart.strides) },
          { ...near, strides: turned(near.strides) },
        );
    };
    copy(0, whole, group);
    if (channels % group > 0) copy(whole, 1, channels % group);
  };
  // Lanes without a channel hold zeros: what numbers happen to be there could be slow to calculate with.
  const clear = (code: KernelCode, { scratch }: Placement): void => {
    const { f, thread } = code;
    f.get(thread)
      .op('i32.eqz')
      .when(() => {
        f.i32(scratch + values)
          .i32(0)
          .i32(sums - values)
          .fillMemory();
      });
  };
  const prepare = (code: KernelCode, { inputs, scratch }: Placement): void => {
    writeTaps(code, layout, axes, size, [inputs.p!.address, scratch], { step, none: 'behind' });
    regroup(code, count, count * group, [inputs.x!.address, scratch + values], 'groups');
  };
  const spread = (code: KernelCode, { scratch }: Placement): void => {
    const { f, features } = code;
    const [unit, entry, from, end, sum] = f.locals('i32', 5);
    const [at, weight, place] = f.locals('i32', 3);
    const held = Array.from({ length: together }, () => f.local('v128'));
    const factor = f.local('v128');
    const share = split(code, batch * groups);
    f.count(unit, { local: share.from }, { local: share.below }, 1, () => {
      const begin = (index: number, size: number, base: number): void =>
        void f
          .get(index as typeof unit)
          .i32(size)
          .op('i32.mul')
          .i32(base)
          .op('i32.add');
      f.get(unit).i32(groups).op('i32.div_u').set(entry);
      begin(entry, width * tapPitch, scratch);
      f.set(at);
      begin(entry, width * weightPitch, scratch + layout.weights);
      f.set(weight);
      begin(unit, count * step, scratch + values);
      f.tee(from)
        .i32(count * step)
        .op('i32.add')
        .set(end);
      begin(unit, image, scratch + sums);
      f.tee(sum).i32(0).i32(image).fillMemory();
      f.loop(() => {
        held.forEach((value, k) => {
          f.get(from)
            .access('v128.load', k * 16)
            .set(value);
        });
        for (let tap = 0; tap < width; tap++) {
          f.get(at)
            .access('i32.load', tap * tapPitch)
            .get(sum)
            .op('i32.add')
            .set(place);
          loadSplat(f, bytes, weight, tap * weightPitch).set(factor);
          held.forEach((value, k) => {
            f.get(place).get(value).get(factor);
            // Float64 sums stay those of the reference to the bit.
            if (features.relaxed && bytes === 4)
              f.get(place)
                .access('v128.load', k * 16)
                .op(fused);
            else
              f.op(multiply)
                .get(place)
                .access('v128.load', k * 16)
                .op(add);
            f.access('v128.store', k * 16);
          });
        }
        f.get(at).i32(4).op('i32.add').set(at).get(weight).i32(bytes).op('i32.add').set(weight);
        f.get(from).i32(step).op('i32.add').tee(from).get(end).op('i32.lt_u').branchIf(0);
      });
    });
  };
  const gather = (code: KernelCode, { output, scratch }: Placement): void =>
    regroup(code, plane, image / bytes, [output.address, scratch + sums], 'plain');
  return {
    name: 'splat channels',
    scratch: sums + batch * groups * image,
    phases: [...(channels % lanes > 0 ? [clear] : []), prepare, spread, gather],
  };
}
