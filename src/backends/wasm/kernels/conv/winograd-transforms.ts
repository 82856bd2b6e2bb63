import type { Local, WasmFunction } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { split } from '../split.ts';
import { type Correlation, planeOf } from './correlation.ts';
import type { PatchTables } from './winograd-patches.ts';

// With rows of Bᵀ (1 0 −1 0 | 0 1 1 0 | 0 −1 1 0 | 0 1 0 −1), G (1 0 0 | ½ ½ ½ | ½ −½ ½ | 0 0 1) and
// Aᵀ (1 1 1 0 | 0 1 −1 −1): y = Aᵀ[(G w Gᵀ) ⊙ (Bᵀ x B)]A for one tile.

type Vectors = readonly [Local, Local, Local, Local];

/** New vector locals. */
export const vectors = (f: WasmFunction, count: number): Local[] =>
  Array.from({ length: count }, () => f.local('v128'));
const four = (f: WasmFunction): Vectors => vectors(f, 4) as [Local, Local, Local, Local];

/** G of three numbers, on the vectors' lanes alike. */
function spread(f: WasmFunction, [a, b, c]: readonly Local[], to: readonly Local[]): void {
  const half = f.local('v128');
  f.get(a!).set(to[0]!).get(c!).set(to[3]!);
  f.get(a!).get(c!).op('f32x4.add').f32x4(0.5).op('f32x4.mul').set(half);
  f.get(b!).f32x4(0.5).op('f32x4.mul').set(to[2]!);
  f.get(half).get(to[2]!).op('f32x4.add').set(to[1]!);
  f.get(half).get(to[2]!).op('f32x4.sub').set(to[2]!);
}

/** w[outputs, channels, 3, 3], wherever it lies → u[16, outputs · channels], four pairs of channels at a time. */
export function transformWeights(code: KernelCode, problem: Correlation, w: number, to: number): void {
  const { f } = code;
  const { outputs, channels, strides } = problem;
  const { outer, channel, axes } = strides.w;
  const [down, across] = axes as [number, number];
  const pairs = outputs * channels;
  const { from, below } = split(code, Math.ceil(pairs / 4));
  const [i, read, write] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const lanes = [0, 1, 2, 3].map(() => f.local('i32'));
  // Offsets of loads cannot be negative: counted from the tap that lies first.
  const first = 8 * (Math.min(0, down) + Math.min(0, across));
  const tapAt = (tap: number): number => 4 * (Math.floor(tap / 3) * down + (tap % 3) * across) - first;
  const rows = [0, 1, 2].map(() => vectors(f, 3));
  const wide = [0, 1, 2].map(() => four(f));
  const column = four(f);
  f.count(i, { local: from }, { local: below }, 1, () => {
    // The last four overlap those before, so that nothing behind the end is written.
    f.get(i)
      .i32(4)
      .op('i32.mul')
      .tee(read)
      .i32(pairs - 4);
    f.get(read)
      .i32(pairs - 4)
      .op('i32.lt_s')
      .op('select')
      .tee(read);
    f.i32(4).op('i32.mul').i32(to).op('i32.add').set(write);
    for (const [lane, pointer] of lanes.entries()) {
      f.get(read)
        .i32(lane)
        .op('i32.add')
        .tee(pointer)
        .i32(channels)
        .op('i32.div_u')
        .i32(4 * outer)
        .op('i32.mul');
      f.get(pointer)
        .i32(channels)
        .op('i32.rem_u')
        .i32(4 * channel)
        .op('i32.mul')
        .op('i32.add')
        .i32(w + first)
        .op('i32.add')
        .set(pointer);
    }
    for (let tap = 0; tap < 9; tap++) {
      for (const pointer of [...lanes].reverse()) f.get(pointer);
      f.access('v128.load32_zero', tapAt(tap));
      for (let lane = 1; lane < 4; lane++) f.laneAccess('v128.load32_lane', tapAt(tap), lane);
      f.set(rows[Math.floor(tap / 3)]![tap % 3]!);
    }
    for (const [k, row] of rows.entries()) spread(f, row, wide[k]!);
    for (let j = 0; j < 4; j++) {
      spread(
        f,
        wide.map((row) => row[j]!),
        column,
      );
      for (const [k, value] of column.entries())
        f.get(write)
          .get(value)
          .access('v128.store', (4 * k + j) * 4 * pairs);
    }
  });
}

/** Bytes of every second element of two vectors. */
export const evens: readonly number[] = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
export const odds: readonly number[] = evens.map((index) => index + 4);

export interface InputTransform {
  /** Pointer into the table of places in x. */
  readonly table: Local;
  readonly patches: number;
  readonly channels: number;
  readonly x: number;
  readonly channelStep: number;
  readonly rowStep: number;
  readonly to: Local;
  /** Bytes from one of the sixteen products' operands to the next. */
  readonly stride: number;
}

/** Code for one patch of one channel: Bᵀ x B of its four tiles, as sixteen vectors `stride` bytes apart. */
export function inputPatch(f: WasmFunction, rowStep: number, stride: number): (x: Local, to: Local) => void {
  const [zeroth, first, second, third] = [four(f), four(f), four(f), four(f)];
  const [even, odd, even2, odd2] = four(f);
  return (x, to) => {
    const row = (k: number, h: Vectors): void => {
      const pick = (at: number, indices: readonly number[], into: Local): void => {
        f.get(x).access('v128.load', k * rowStep + at);
        f.get(x).access('v128.load', k * rowStep + at + 16);
        f.shuffle(indices).set(into);
      };
      pick(0, evens, even);
      pick(0, odds, odd);
      pick(8, evens, even2);
      pick(8, odds, odd2);
      f.get(even).get(even2).op('f32x4.sub').set(h[0]);
      f.get(odd).get(even2).op('f32x4.add').set(h[1]);
      f.get(even2).get(odd).op('f32x4.sub').set(h[2]);
      f.get(odd).get(odd2).op('f32x4.sub').set(h[3]);
    };
    const put = (k: number, a: Vectors, b: Vectors, op: 'f32x4.add' | 'f32x4.sub'): void => {
      for (let j = 0; j < 4; j++) {
        f.get(to).get(a[j]!).get(b[j]!).op(op);
        f.access('v128.store', (4 * k + j) * stride);
      }
    };
    row(0, zeroth);
    row(2, second);
    put(0, zeroth, second, 'f32x4.sub');
    row(1, first);
    put(1, first, second, 'f32x4.add');
    put(2, second, first, 'f32x4.sub');
    row(3, third);
    put(3, first, third, 'f32x4.sub');
  };
}

/** Tiles of x → v[16, channels, patches]. */
export function transformInput({ f }: KernelCode, t: InputTransform): void {
  const [g, c, x, to] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const emit = inputPatch(f, t.rowStep, t.stride);
  f.count(g, 0, t.patches, 1, () => {
    f.get(g).i32(4).op('i32.mul').get(t.table).op('i32.add').access('i32.load', 0).i32(t.x).op('i32.add').set(x);
    f.get(g).i32(16).op('i32.mul').get(t.to).op('i32.add').set(to);
    f.count(c, 0, t.channels, 1, () => {
      emit(x, to);
      f.get(x).i32(t.channelStep).op('i32.add').set(x);
      f.get(to)
        .i32(16 * t.patches)
        .op('i32.add')
        .set(to);
    });
  });
}

export interface OutputTransform {
  readonly problem: Correlation;
  readonly table: Local;
  readonly tables: PatchTables;
  readonly patches: number;
  readonly from: Local;
  readonly stride: number;
  readonly y: number;
}

/** m[16, outputs, patches] → results. */
export function transformOutput({ f }: KernelCode, t: OutputTransform): void {
  const { axes, outputs } = t.problem;
  const [down, across] = [axes[0]!, axes[1]!];
  const plane = 4 * planeOf(t.problem, 'y');
  const rowStep = down.wDilation * across.y * 4;
  const [g, o, from, y, place] = [0, 0, 0, 0, 0].map(() => f.local('i32')) as [Local, Local, Local, Local, Local];
  const [rows, columns] = [f.local('i32'), f.local('i32')];
  const [upper, lower] = [four(f), four(f)];
  const [a, b, left, right] = four(f);
  // Where patches fit, or end, within y at all is known here.
  const whole = down.y % (2 * down.wDilation) === 0 && across.y % (8 * across.wDilation) === 0;
  f.count(g, 0, t.patches, 1, () => {
    f.get(g).i32(4).op('i32.mul').get(t.table).op('i32.add').set(place);
    f.get(place)
      .access('i32.load', t.tables.y - t.tables.x)
      .i32(t.y)
      .op('i32.add')
      .set(y);
    f.get(place)
      .access('i32.load', t.tables.rows - t.tables.x)
      .set(rows);
    f.get(place)
      .access('i32.load', t.tables.columns - t.tables.x)
      .set(columns);
    f.get(g).i32(16).op('i32.mul').get(t.from).op('i32.add').set(from);
    f.count(o, 0, outputs, 1, () => {
      for (let j = 0; j < 4; j++) {
        const load = (k: number): void => {
          f.get(from).access('v128.load', (4 * k + j) * t.stride);
        };
        load(1);
        f.set(a);
        load(2);
        f.set(b);
        load(0);
        f.get(a).op('f32x4.add').get(b).op('f32x4.add').set(upper[j]!);
        f.get(a).get(b).op('f32x4.sub');
        load(3);
        f.op('f32x4.sub').set(lower[j]!);
      }
      for (const [r, s] of [upper, lower].entries()) {
        f.get(s[0]).get(s[1]).op('f32x4.add').get(s[2]).op('f32x4.add').set(a);
        f.get(s[1]).get(s[2]).op('f32x4.sub').get(s[3]).op('f32x4.sub').set(b);
        f.get(a).get(b).shuffle([0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23]).set(left);
        f.get(a).get(b).shuffle([8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31]).set(right);
        const lanes = (checked: boolean): void => {
          for (const [h, half] of [left, right].entries())
            for (let lane = 0; lane < 4; lane++) {
              const one = (): void => {
                const at = r * rowStep + (4 * h + lane) * across.wDilation * 4;
                f.get(y).get(half).laneAccess('v128.store32_lane', at, lane);
              };
              if (checked)
                f.get(columns)
                  .i32(4 * h + lane)
                  .op('i32.gt_s')
                  .when(one);
              else one();
            }
        };
        const all = (): void => {
          if (across.wDilation > 1) lanes(false);
          else
            f.get(y)
              .get(left)
              .access('v128.store', r * rowStep)
              .get(y)
              .get(right)
              .access('v128.store', r * rowStep + 16);
        };
        if (whole) all();
        else
          f.get(rows)
            .i32(r)
            .op('i32.gt_s')
            .when(() => {
              f.get(columns).i32(8).op('i32.ge_s').when(all);
              f.get(columns)
                .i32(8)
                .op('i32.lt_s')
                .when(() => lanes(true));
            });
      }
      f.get(y).i32(plane).op('i32.add').set(y);
      f.get(from)
        .i32(16 * t.patches)
        .op('i32.add')
        .set(from);
    });
  });
}
