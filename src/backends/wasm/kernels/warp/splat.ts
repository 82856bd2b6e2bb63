import { sizeOf } from '../../../../graph/shape.ts';
import type { SplatAttributes } from '../../../../ops/warp/splat.ts';
import type { Kernel, KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { splatChannels } from './splat-channels.ts';
import { tapLayout, writeTaps } from './taps.ts';

/** What every position writes to is found once; then values are added, channel by channel and in order. */
export const splatKernel: KernelFor = ({ attributes, type }, { x, p }): Kernel => {
  const { axes, size } = attributes as SplatAttributes;
  const channels = x!.shape[1]!;
  const plane = sizeOf(size);
  const layout = tapLayout(p!, axes);
  const { width, batch, count, bytes, pitch } = layout;
  if (batch * plane * count > 0 && channels * bytes >= 16) return splatChannels({ layout, axes, size, channels });
  const [load, multiply, add, store] =
    bytes === 4
      ? (['f32.load', 'f32.mul', 'f32.add', 'f32.store'] as const)
      : (['f64.load', 'f64.mul', 'f64.add', 'f64.store'] as const);

  const taps = (code: KernelCode, { inputs, scratch }: Placement): void =>
    writeTaps(code, layout, axes, size, [inputs.p!.address, scratch], { step: bytes, none: 'negative' });
  const spread = (code: KernelCode, { inputs, output, scratch }: Placement): void => {
    if (sizeOf(type.shape) === 0) return;
    const { f } = code;
    const [from, at, weight, end, place, value] = [
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local(bytes === 4 ? 'f32' : 'f64'),
    ];
    const loops = [
      {
        size: batch,
        steps: [channels * count * bytes, channels * plane * bytes, width * pitch, width * pitch * (bytes / 4)],
      },
      { size: channels, steps: [count * bytes, plane * bytes, 0, 0] },
    ];
    const bases = [inputs.x!.address, output.address, scratch, scratch + layout.weights];
    nest(code, loops, bases, ([source, result, ats, weights]) => {
      f.get(result!)
        .i32(0)
        .i32(plane * bytes)
        .fillMemory();
      if (count === 0) return;
      f.get(source!).set(from).get(ats!).set(at).get(weights!).set(weight);
      f.get(source!)
        .i32(count * bytes)
        .op('i32.add')
        .set(end);
      f.loop(() => {
        f.get(from).access(load, 0).set(value);
        for (let tap = 0; tap < width; tap++) {
          f.get(at)
            .access('i32.load', tap * pitch)
            .tee(place)
            .i32(0)
            .op('i32.ge_s');
          f.when(() => {
            f.get(place).get(result!).op('i32.add').tee(place);
            f.get(place).access(load, 0);
            f.get(value)
              .get(weight)
              .access(load, tap * pitch * (bytes / 4))
              .op(multiply)
              .op(add)
              .access(store, 0);
          });
        }
        f.get(at).i32(4).op('i32.add').set(at);
        f.get(weight).i32(bytes).op('i32.add').set(weight);
        f.get(from).i32(bytes).op('i32.add').tee(from).get(end).op('i32.lt_u').branchIf(0);
      });
    });
  };
  return { name: 'splat', scratch: layout.total, phases: [taps, spread] };
};
