import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { split } from '../split.ts';
import { evens, inputPatch, odds, vectors } from './winograd-transforms.ts';

export interface TransposedInput {
  readonly table: Local;
  readonly patches: Local;
  readonly channels: number;
  /** Channels filled up to whole tiles; those beyond the last repeat it. */
  readonly wide: number;
  readonly x: number;
  readonly channelStep: number;
  readonly rowStep: number;
  readonly to: Local;
  readonly stride: number;
  /** Bytes from `to` to 1 KiB of working memory. */
  readonly between: number;
}

/** Tiles of x → v[16, tiles, channels]: transformed four channels at a time, then transposed. */
export function transformTransposed({ f }: KernelCode, t: TransposedInput): void {
  const [g, c, x, row, out, read, k, last] = f.locals('i32', 8);
  const patch = inputPatch(f, t.rowStep, 64);
  f.count(g, 0, { local: t.patches }, 1, () => {
    f.get(g).i32(4).op('i32.mul').get(t.table).op('i32.add').access('i32.load', 0).i32(t.x).op('i32.add').tee(x);
    f.i32(t.channelStep * (t.channels - 1))
      .op('i32.add')
      .set(last);
    f.get(g)
      .i32(16 * t.wide)
      .op('i32.mul')
      .get(t.to)
      .op('i32.add')
      .set(out);
    f.count(c, 0, t.wide, 4, () => {
      f.get(t.to).i32(t.between).op('i32.add').tee(read).set(row);
      f.count(k, 0, 4, 1, () => {
        patch(x, row);
        f.get(row).i32(16).op('i32.add').set(row);
        f.get(x).i32(t.channelStep).op('i32.add').get(last);
        f.get(x).get(last).op('i32.lt_u').op('select').set(x);
      });
      f.get(out).set(row);
      const [a, b, d, e] = vectors(f, 4) as [Local, Local, Local, Local];
      const [ab, de] = vectors(f, 2) as [Local, Local];
      f.count(k, 0, 16, 1, () => {
        for (const [i, vector] of [a, b, d, e].entries())
          f.get(read)
            .access('v128.load', 16 * i)
            .set(vector);
        for (const half of [0, 1]) {
          const low = [0, 1].flatMap((lane) => [0, 16].flatMap((side) => bytes(4 * (2 * half + lane) + side, 4)));
          f.get(a).get(b).shuffle(low).set(ab).get(d).get(e).shuffle(low).set(de);
          for (const lane of [0, 1]) {
            f.get(row)
              .get(ab)
              .get(de)
              .shuffle([...bytes(8 * lane, 8), ...bytes(16 + 8 * lane, 8)]);
            f.access('v128.store', (2 * half + lane) * 4 * t.wide);
          }
        }
        f.get(read).i32(64).op('i32.add').set(read).get(row).i32(t.stride).op('i32.add').set(row);
      });
      f.get(out).i32(16).op('i32.add').set(out);
    });
  });
}

const bytes = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

export interface CotangentTransform {
  readonly table: Local;
  /** Bytes from the table of x to that of w. */
  readonly tableOffset: number;
  readonly patches: Local;
  readonly block: number;
  readonly outputs: number;
  readonly ct: number;
  readonly outputStep: number;
  readonly rowStep: number;
  readonly to: Local;
  readonly stride: number;
}

/** Tiles ct of 2×2 → q[16, outputs, patches] = A ct Aᵀ with A (1 0 | 1 1 | 1 −1 | 0 −1). */
export function transformCotangent({ f }: KernelCode, t: CotangentTransform): void {
  const [g, o, from, to] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const [upper, lower] = [vectors(f, 4), vectors(f, 4)];
  f.count(g, 0, { local: t.patches }, 1, () => {
    f.get(g).i32(4).op('i32.mul').get(t.table).op('i32.add').access('i32.load', t.tableOffset);
    f.i32(t.ct).op('i32.add').set(from);
    f.get(g).i32(16).op('i32.mul').get(t.to).op('i32.add').set(to);
    f.count(o, 0, t.outputs, 1, () => {
      for (const [r, [even, sum, difference, odd]] of ([upper, lower] as [Local, Local, Local, Local][]).entries()) {
        for (const [indices, into] of [
          [evens, even],
          [odds, odd],
        ] as const) {
          f.get(from)
            .access('v128.load', r * t.rowStep)
            .get(from)
            .access('v128.load', r * t.rowStep + 16);
          f.shuffle(indices).set(into);
        }
        f.get(even).get(odd).op('f32x4.add').set(sum);
        f.get(even).get(odd).op('f32x4.sub').set(difference);
        f.get(odd).op('f32x4.neg').set(odd);
      }
      for (let j = 0; j < 4; j++) {
        const [a, b] = [upper[j]!, lower[j]!];
        f.get(to)
          .get(a)
          .access('v128.store', j * t.stride);
        f.get(to)
          .get(a)
          .get(b)
          .op('f32x4.add')
          .access('v128.store', (4 + j) * t.stride);
        f.get(to)
          .get(a)
          .get(b)
          .op('f32x4.sub')
          .access('v128.store', (8 + j) * t.stride);
        f.get(to)
          .get(b)
          .op('f32x4.neg')
          .access('v128.store', (12 + j) * t.stride);
      }
      f.get(from).i32(t.outputStep).op('i32.add').set(from);
      f.get(to)
        .i32(16 * t.block)
        .op('i32.add')
        .set(to);
    });
  });
}

export interface GradientEnd {
  readonly inputs: number;
  readonly outputs: number;
  readonly wide: number;
  readonly parts: number;
  readonly sums: number;
  readonly sumStride: number;
  readonly y: number;
}

/** Adds up the parts of s[16, outputs, inputs] in their order → y[inputs, outputs, 3, 3] = Gᵀ s G. */
export function finishGradient(code: KernelCode, t: GradientEnd): void {
  const { f } = code;
  const { from, below } = split(code, t.outputs);
  const [o, c, s, y] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const columns = Array.from({ length: 3 }, () => vectors(f, 4));
  const four = vectors(f, 4);
  const rows = vectors(f, 3);
  /** Gᵀ (1 ½ ½ 0 | 0 ½ −½ 0 | 0 ½ ½ 1) of four vectors. */
  const gather = ([a, b, d, e]: readonly Local[], to: readonly Local[]): void => {
    f.get(b!).f32x4(0.5).op('f32x4.mul').set(b!).get(d!).f32x4(0.5).op('f32x4.mul').set(d!);
    f.get(b!).get(d!).op('f32x4.sub').set(to[1]!);
    f.get(b!).get(d!).op('f32x4.add').tee(b!).get(a!).op('f32x4.add').set(to[0]!);
    f.get(b!).get(e!).op('f32x4.add').set(to[2]!);
  };
  const pairs = (lanes: number): void => {
    for (let j = 0; j < 4; j++) {
      for (let i = 0; i < 4; i++) {
        for (let part = 0; part < t.parts; part++) {
          f.get(s).access('v128.load', (16 * part + 4 * i + j) * t.sumStride);
          if (part > 0) f.op('f32x4.add');
        }
        f.set(four[i]!);
      }
      gather(
        four,
        columns.map((column) => column[j]!),
      );
    }
    for (const [i, column] of columns.entries()) {
      gather(column, rows);
      for (const [j, value] of rows.entries())
        for (let lane = 0; lane < lanes; lane++)
          f.get(y)
            .get(value)
            .laneAccess('v128.store32_lane', 36 * lane * t.outputs + 4 * (3 * i + j), lane);
    }
    f.get(s)
      .i32(16)
      .op('i32.add')
      .set(s)
      .get(y)
      .i32(4 * 36 * t.outputs)
      .op('i32.add')
      .set(y);
  };
  f.count(o, { local: from }, { local: below }, 1, () => {
    f.get(o)
      .i32(4 * t.wide)
      .op('i32.mul')
      .i32(t.sums)
      .op('i32.add')
      .set(s);
    f.get(o).i32(36).op('i32.mul').i32(t.y).op('i32.add').set(y);
    f.count(c, 0, Math.floor(t.inputs / 4), 1, () => pairs(4));
    if (t.inputs % 4 > 0) pairs(t.inputs % 4);
  });
}
