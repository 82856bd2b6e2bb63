import { sizeOf } from '../../../../graph/shape.ts';
import type { SampleAttributes } from '../../../../ops/warp/sample.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Kernel, KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { loadSplat } from '../window/strided-load.ts';
import { overlapping } from '../window/weighted-sum.ts';
import { sampleChannels } from './sample-channels.ts';
import { tapLayout, writeTaps } from './taps.ts';

/** What every position reads is found once; then, channel by channel, several positions at a time. */
export const sampleKernel: KernelFor = ({ attributes }, { x, p }): Kernel => {
  const { axes } = attributes as SampleAttributes;
  const size = x!.shape.slice(2);
  const channels = x!.shape[1]!;
  const plane = sizeOf(size);
  const layout = tapLayout(p!, axes);
  const { width, batch, count, bytes, pitch } = layout;
  const lanes = 16 / bytes;
  if (batch * plane > 0 && channels >= lanes && count >= lanes) return sampleChannels({ layout, axes, size, channels });
  const [multiply, add] = bytes === 4 ? (['f32x4.mul', 'f32x4.add'] as const) : (['f64x2.mul', 'f64x2.add'] as const);

  const taps = (code: KernelCode, { inputs, scratch }: Placement): void =>
    writeTaps(code, layout, axes, size, [inputs.p!.address, scratch], { step: bytes, none: 'negative' });
  const read = (code: KernelCode, { inputs, output, scratch }: Placement): void => {
    if (batch * channels * count === 0) return;
    const { f } = code;
    const [start, at, weight, target, sum, value] = [
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('i32'),
      f.local('v128'),
      f.local('v128'),
    ];
    const address = (source: Local, lane: number, tap: number): void => {
      f.get(at)
        .access('i32.load', tap * pitch + lane * 4)
        .get(source)
        .op('i32.add');
    };
    const one = (source: Local, tap: number, several: boolean): void => {
      if (several) {
        for (let lane = lanes - 1; lane >= 0; lane--) address(source, lane, tap);
        f.access(bytes === 4 ? 'v128.load32_zero' : 'v128.load64_zero', 0);
        for (let lane = 1; lane < lanes; lane++)
          f.laneAccess(bytes === 4 ? 'v128.load32_lane' : 'v128.load64_lane', 0, lane);
        f.get(weight).access('v128.load', tap * pitch * (bytes / 4));
      } else {
        address(source, 0, tap);
        f.access(bytes === 4 ? 'v128.load32_splat' : 'v128.load64_splat', 0);
        loadSplat(f, bytes, weight, tap * pitch * (bytes / 4));
      }
      // A place before the plane means none: what was read there is dropped, whatever it was.
      f.op(multiply).set(value).get(value);
      f.get(at).access(
        several && bytes === 4 ? 'v128.load' : several ? 'v128.load64_zero' : 'v128.load32_splat',
        tap * pitch,
      );
      if (several && bytes === 8) {
        const pair = f.local('v128');
        f.tee(pair).get(pair).shuffle([0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7]);
      }
      f.i32x4(0).op('i32x4.ge_s').op('v128.and');
    };
    const loops = [
      {
        size: batch,
        steps: [channels * plane * bytes, channels * count * bytes, width * pitch, width * pitch * (bytes / 4)],
      },
      { size: channels, steps: [plane * bytes, count * bytes, 0, 0] },
    ];
    const bases = [inputs.x!.address, output.address, scratch, scratch + layout.weights];
    nest(code, loops, bases, ([source, result, ats, weights]) => {
      const body = (several: boolean): void => {
        f.get(start).i32(4).op('i32.mul').get(ats!).op('i32.add').set(at);
        f.get(start).i32(bytes).op('i32.mul').get(weights!).op('i32.add').set(weight);
        f.get(start).i32(bytes).op('i32.mul').get(result!).op('i32.add').set(target);
        for (let tap = 0; tap < width; tap++) {
          one(source!, tap, several);
          if (tap > 0) f.get(sum).op(add);
          f.set(sum);
        }
        f.get(target).get(sum);
        if (several) f.access('v128.store', 0);
        else f.laneAccess(bytes === 4 ? 'v128.store32_lane' : 'v128.store64_lane', 0, 0);
      };
      if (count >= lanes) overlapping(code, count, lanes, start, () => body(true));
      else f.count(start, 0, count, 1, () => body(false));
    });
  };
  return { name: 'sample', scratch: layout.total, phases: [taps, read] };
};
