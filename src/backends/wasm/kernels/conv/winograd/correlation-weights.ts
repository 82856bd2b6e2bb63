import type { Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';
import { split } from '../../split.ts';
import type { Correlation } from '../correlation.ts';
import type { AxisTiling } from './correlation-tiling.ts';
import { linearMap } from './linear-map.ts';

/** Where transformed weights lie: panels[product, outputs / 8, rows, 8 outputs], one row for each channel and phase. */
export interface Panels {
  /** Bytes from product to product, and from panel to panel. */
  readonly productStep: number;
  readonly panelStep: number;
}

interface TransformedWeights {
  readonly down: AxisTiling;
  readonly across: AxisTiling;
  readonly panels: Panels;
  /** Rows of a phase: its channels, and some that nobody reads. */
  readonly rows: number;
}

/** Bytes of working memory. */
export const weightBytes: number = 36 * 16;

/** Code for w → panels, four outputs at a time. */
export function transformWeights(
  code: KernelCode,
  { outputs, channels, strides: { w: strides } }: Correlation,
  { down, across, panels: { productStep, panelStep }, rows }: TransformedWeights,
  at: { readonly w: number; readonly panels: number; readonly working: Local },
): void {
  const { f } = code;
  const { working } = at;
  const [group, row, from, to, i, read, write] = f.locals('i32', 7);
  const lanes = f.locals('i32', 4);
  const columns = across.r * 16;
  const taps = (tiling: AxisTiling, phase: number, step: number): (number | undefined)[] =>
    Array.from({ length: tiling.r }, (_, j) => {
      const k = phase + j * tiling.taps.phases;
      return k < tiling.one.k.count ? 4 * step * (tiling.one.k.first + k * tiling.one.k.step) : undefined;
    });
  const phases = Array.from({ length: down.taps.phases * across.taps.phases }, (_, phase) => {
    const y = taps(down, Math.floor(phase / across.taps.phases), strides.axes[0]!);
    const x = taps(across, phase % across.taps.phases, strides.axes[1]!);
    return y.flatMap((a) => x.map((b) => (a === undefined || b === undefined ? undefined : a + b)));
  });
  // Offsets cannot be negative: the pointers begin that much earlier.
  const lowest = Math.min(0, ...phases.flat().filter((offset) => offset !== undefined));
  const one = (offsets: readonly (number | undefined)[]): void => {
    for (let j = 0; j < across.r; j++)
      linearMap(code, down.matrices.g, {
        load: (k) => {
          const offset = offsets[k * across.r + j];
          if (offset === undefined) f.f32x4(0);
          else {
            for (const lane of [...lanes].reverse()) f.get(lane);
            f.access('v128.load32_zero', offset - lowest);
            for (let lane = 1; lane < 4; lane++) f.laneAccess('v128.load32_lane', offset - lowest, lane);
          }
        },
        store: (k, push) => {
          f.get(working);
          push();
          f.access('v128.store', k * columns + 16 * j);
        },
      });
    f.get(working).set(read).get(to).set(write);
    f.count(i, 0, down.matrices.g.length, 1, () => {
      linearMap(code, across.matrices.g, {
        load: (k) => void f.get(read).access('v128.load', 16 * k),
        store: (k, push) => {
          f.get(write);
          push();
          f.access('v128.store', k * productStep);
        },
      });
      f.get(read).i32(columns).op('i32.add').set(read);
      f.get(write)
        .i32(across.matrices.g.length * productStep)
        .op('i32.add')
        .set(write);
    });
    f.get(to).i32(32).op('i32.add').set(to);
  };
  const groups = Math.ceil(outputs / 4);
  const mine = split(code, groups * channels);
  f.count(row, { local: mine.from }, { local: mine.below }, 1, () => {
    const [channel, output] = f.locals('i32', 2);
    f.get(row).i32(channels).op('i32.div_u').set(group);
    f.get(row).i32(channels).op('i32.rem_u').set(channel);
    f.get(channel)
      .i32(4 * strides.channel)
      .op('i32.mul')
      .i32(at.w + lowest)
      .op('i32.add')
      .set(from);
    for (const [k, lane] of lanes.entries()) {
      // Lanes beyond the last output repeat it.
      f.get(group).i32(4).op('i32.mul').i32(k).op('i32.add').tee(output);
      f.i32(outputs - 1)
        .get(output)
        .i32(outputs)
        .op('i32.lt_s')
        .op('select');
      f.i32(4 * strides.outer)
        .op('i32.mul')
        .get(from)
        .op('i32.add')
        .set(lane);
    }
    f.get(group).i32(1).op('i32.shr_u').i32(panelStep).op('i32.mul');
    f.get(group).i32(1).op('i32.and').i32(16).op('i32.mul').op('i32.add');
    f.get(channel).i32(32).op('i32.mul').op('i32.add').i32(at.panels).op('i32.add').set(to);
    for (const offsets of phases) {
      one(offsets);
      f.get(to)
        .i32(32 * (rows - 1))
        .op('i32.add')
        .set(to);
    }
  });
}
