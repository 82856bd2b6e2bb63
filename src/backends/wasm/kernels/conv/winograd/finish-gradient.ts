import type { Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';
import { split } from '../../split.ts';
import { linearMap } from './linear-map.ts';
import type { Matrix } from './toom-cook.ts';

export interface GradientEnd {
  readonly inputs: number;
  readonly outputs: number;
  /** Inputs that a row of sums has room for. */
  readonly wide: number;
  /** Bytes from product to product. */
  readonly sumStep: number;
  /** Sums that were made apart, and bytes from each to the next. */
  readonly parts: number;
  readonly partStep: number;
  readonly sums: number;
  /** Points → results, along either axis. */
  readonly down: Matrix;
  readonly across: Matrix;
  /** Address of the first result, and bytes from one to the next. */
  readonly y: number;
  readonly inputStep: number;
  readonly outputStep: number;
  readonly rowStep: number;
  readonly columnStep: number;
  /** Address of working memory, as much as `finishBytes` says. */
  readonly working: number;
}

const each = 576;

/** Bytes of working memory for so many outputs: up to six rows of results, of six products, for each. */
export const finishBytes = (outputs: number): number => each * outputs;

/** Code that adds up the parts of sums[down, across, outputs, inputs], in their order, and turns them into results. */
export function finishGradient(code: KernelCode, t: GradientEnd): void {
  const { f } = code;
  const across = t.across[0]!.length;
  const { from, below } = split(code, t.outputs);
  const [output, input, working, s, y, i, read, write, row] = f.locals('i32', 9);
  const group = (lanes: number): void => {
    f.get(s).set(read).get(working).set(write);
    const line = 16 * across;
    f.count(i, 0, across, 1, () => {
      linearMap(code, t.down, {
        load: (k) => {
          for (let part = 0; part < t.parts; part++) {
            f.get(read).access('v128.load', part * t.partStep + k * across * t.sumStep);
            if (part > 0) f.op('f32x4.add');
          }
        },
        store: (k, push) => {
          f.get(write);
          push();
          f.access('v128.store', k * line);
        },
      });
      f.get(read).i32(t.sumStep).op('i32.add').set(read).get(write).i32(16).op('i32.add').set(write);
    });
    // Offsets cannot be negative: where results lie backwards, the pointer is moved to the lowest.
    const offset = (lane: number, column: number): number => lane * t.inputStep + column * t.columnStep;
    const lowest = Math.min(0, offset(lanes - 1, 0)) + Math.min(0, offset(0, t.across.length - 1));
    f.get(working).set(read).get(y).i32(lowest).op('i32.add').set(row);
    f.count(i, 0, t.down.length, 1, () => {
      const value = f.local('v128');
      linearMap(code, t.across, {
        load: (k) => f.get(read).access('v128.load', 16 * k),
        store: (k, push) => {
          push();
          f.set(value);
          for (let lane = 0; lane < lanes; lane++)
            f.get(row)
              .get(value)
              .laneAccess('v128.store32_lane', offset(lane, k) - lowest, lane);
        },
      });
      f.get(read).i32(line).op('i32.add').set(read).get(row).i32(t.rowStep).op('i32.add').set(row);
    });
    f.get(s).i32(16).op('i32.add').set(s);
    f.get(y)
      .i32(4 * t.inputStep)
      .op('i32.add')
      .set(y);
  };
  const to = (base: number, step: number, index: Local, into: Local): void => {
    f.get(index).i32(step).op('i32.mul').i32(base).op('i32.add').set(into);
  };
  to(t.working, each, from, working);
  f.count(output, { local: from }, { local: below }, 1, () => {
    to(t.sums, 4 * t.wide, output, s);
    to(t.y, t.outputStep, output, y);
    f.count(input, 0, Math.floor(t.inputs / 4), 1, () => group(4));
    if (t.inputs % 4 > 0) group(t.inputs % 4);
  });
}
