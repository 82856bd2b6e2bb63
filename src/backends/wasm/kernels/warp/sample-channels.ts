import type { Shape } from '../../../../graph/shape.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { SampleAxis } from '../../../../ops/warp/sample.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import { stridedCopy } from '../movement/strided-copy.ts';
import { transposeTile } from '../movement/transpose-tile.ts';
import { nest } from '../nest.ts';
import { loadSplat } from '../window/strided-load.ts';
import { type TapLayout, writeTaps } from './taps.ts';

/** What is sampled: positions, the plane and how many there are of it. */
interface Sampled {
  readonly layout: TapLayout;
  readonly axes: readonly SampleAxis[];
  readonly size: Shape;
  readonly channels: number;
}

/**
 * Sampling with channels as lanes: a copy of x has the channels of a place side by side, so that a tap is one load; squares
 * of positions and channels are turned before they are stored. Takes at least one vector of channels and of positions.
 */
export function sampleChannels({ layout, axes, size, channels }: Sampled): Kernel {
  const { width, batch, count, bytes } = layout;
  const lanes = 16 / bytes;
  const plane = sizeOf(size);
  const step = Math.ceil(channels / lanes) * 16;
  const image = (plane + 1) * step;
  const [tapPitch, weightPitch] = [layout.pitch, (layout.pitch * bytes) / 4];
  const rows = Math.ceil(layout.total / 64) * 64;
  const [multiply, add, fused] =
    bytes === 4
      ? (['f32x4.mul', 'f32x4.add', 'f32x4.relaxed_madd'] as const)
      : (['f64x2.mul', 'f64x2.add', 'f64x2.relaxed_madd'] as const);

  const prepare = (code: KernelCode, { inputs, scratch }: Placement): void => {
    writeTaps(code, layout, axes, size, [inputs.p!.address, scratch], { step, none: 'behind' });
    stridedCopy(
      code,
      bytes,
      [batch, plane, channels],
      { base: inputs.x!.address, offset: 0, strides: [channels * plane, 1, plane] },
      { base: scratch + rows, offset: 0, strides: [image / bytes, step / bytes, 1] },
    );
    // The place behind the plane, where what reads nothing reads zeros.
    nest(code, [{ size: batch, steps: [image] }], [scratch + rows + plane * step], ([p]) => {
      code.f.get(p!).i32(0).i32(step).fillMemory();
    });
  };

  const read = (code: KernelCode, { output, scratch }: Placement): void => {
    const { f, features } = code;
    const [next, channel, source, column] = f.locals('i32', 4);
    const [group, end, start, at, weight, target, last] = f.locals('i32', 7);
    const sum = f.local('v128');
    const vectors = Array.from({ length: lanes }, () => f.local('v128'));
    const free = Array.from({ length: lanes }, () => f.local('v128'));
    // Results are finished a cache line after the other: lines of different channels would drive each other out.
    const line = 4 * lanes;
    const loops = [
      { size: batch, steps: [image, channels * count * bytes, width * tapPitch, width * weightPitch, 0] },
      { size: Math.ceil(count / line), steps: [0, 0, 0, 0, line] },
    ];
    const bases = [scratch + rows, output.address, scratch, scratch + layout.weights, 0];
    nest(code, loops, bases, ([image, result, ats, weights, first]) => {
      f.get(first!).i32(line).op('i32.add').set(end);
      f.get(end).i32(count).get(end).i32(count).op('i32.lt_s').op('select').set(end);
      f.count(next, 0, channels, lanes, () => {
        // The last vector of channels overlaps the one before, as the last one of positions does.
        f.get(next).i32(channels - lanes);
        f.get(next)
          .i32(channels - lanes)
          .op('i32.lt_s')
          .op('select')
          .set(channel);
        f.get(channel).i32(bytes).op('i32.mul').get(image!).op('i32.add').set(source);
        f.get(channel)
          .i32(count * bytes)
          .op('i32.mul')
          .get(result!)
          .op('i32.add')
          .set(column);
        f.count(group, { local: first! }, { local: end }, lanes, () => {
          f.get(group).i32(count - lanes);
          f.get(group)
            .i32(count - lanes)
            .op('i32.lt_s')
            .op('select')
            .set(start);
          f.get(start).i32(4).op('i32.mul').get(ats!).op('i32.add').set(at);
          f.get(start).i32(bytes).op('i32.mul').get(weights!).op('i32.add').set(weight);
          f.get(start).i32(bytes).op('i32.mul').get(column).op('i32.add').set(target);
          f.get(at)
            .i32(4 * lanes)
            .op('i32.add')
            .set(last);
          // A loop of its own: in one long block V8 loads everything before it multiplies, for which registers do not do.
          f.loop(() => {
            for (let tap = 0; tap < width; tap++) {
              f.get(at)
                .access('i32.load', tap * tapPitch)
                .get(source)
                .op('i32.add');
              f.access('v128.load', 0);
              loadSplat(f, bytes, weight, tap * weightPitch);
              if (tap === 0) f.op(multiply);
              // Float64 sums stay those of the reference to the bit.
              else if (features.relaxed && bytes === 4) f.get(sum).op(fused);
              else f.op(multiply).get(sum).op(add);
              f.set(sum);
            }
            for (const [k, vector] of vectors.entries()) f.get(vectors[k + 1] ?? sum).set(vector);
            f.get(weight).i32(bytes).op('i32.add').set(weight);
            f.get(at).i32(4).op('i32.add').tee(at).get(last).op('i32.lt_u').branchIf(0);
          });
          transposeTile(f, bytes, vectors, free);
          for (const [k, vector] of vectors.entries())
            f.get(target)
              .get(vector)
              .access('v128.store', k * count * bytes);
        });
      });
    });
  };
  return { name: 'sample channels', scratch: rows + batch * image, phases: [prepare, read] };
}
