import { sizeOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { type AxisClass, axisClasses, combine } from './axis-classes.ts';
import type { Correlation } from './correlation.ts';
import type { Operands } from './direct.ts';
import { addDotTables, type DotTables } from './dot-tables.ts';
import { Layout } from './layout.ts';
import { OffsetTables } from './offset-table.ts';
import { copyTapRows, servesAsIs } from './subkernel.ts';
import { multiplyAdd, vectorOf } from './tile.ts';
import { dotWidth, tileHeight } from './tile-shape.ts';
import { staysInside, viewInPlace, viewPadded, type WindowView } from './window-view.ts';

/** Steps between two visits of a tile: what they read stays in the first cache while all tiles pass over it. */
const chunkSteps = 128;

/** One class made ready. */
interface Work extends DotTables {
  readonly classes: readonly AxisClass[];
  /** Vectors of taps, over all channels. */
  readonly steps: number;
  /** Scratch offset of the taps of this class, each row filled up with zeros to whole vectors; undefined: w as it is. */
  readonly weights: number | undefined;
  readonly columns: number;
  /** Results that a tile takes together. */
  readonly width: number;
  /** Scratch offset of unfinished sums, where tiles are visited more than once. */
  readonly sums: number;
}

/**
 * Dot products of rows of x with rows of w: tiles of four output channels × two results, each sum spread over a vector's
 * lanes until the end. Good where w is large and y small, as in the gradient by the weights.
 */
export function dotKernel(problem: Correlation, operands: Operands): Kernel {
  const { dtype, batch, channels, outputs, groups, axes } = problem;
  const { lanes } = vectorOf[dtype];
  const perAxis = axes.map(axisClasses);
  const layout = new Layout();
  const phases = perAxis.at(-1)![0]?.byK ?? 1;
  const wholeRows = perAxis.at(-1)!.every(({ k }) => k.count % lanes === 0);
  const { view, copy } =
    phases === 1 && wholeRows && staysInside(problem, perAxis)
      ? { view: viewInPlace(problem), copy: undefined }
      : viewPadded(problem, perAxis, { phases, byRow: false, layout });
  const height = tileHeight(outputs);
  const tables = new OffsetTables();
  const works = combine(perAxis).map((classes): Work => {
    const vectors = Math.ceil(classes.at(-1)!.k.count / lanes);
    const steps = channels * sizeOf(classes.slice(0, -1).map(({ k }) => k.count)) * vectors;
    const columns = batch * sizeOf(classes.map(({ p }) => p.count));
    const width = dotWidth(height, columns);
    const padded = Math.ceil(columns / width) * width;
    return {
      classes,
      steps,
      weights:
        steps === 0 || (servesAsIs(problem, classes) && wholeRows)
          ? undefined
          : layout.add(16 * outputs * groups * steps),
      ...addDotTables(tables, problem, view, { classes, steps, padded }),
      columns,
      width,
      sums: steps > chunkSteps ? layout.add(16 * padded * Math.ceil(outputs / height) * height * groups) : 0,
    };
  });
  const prepares = copy !== undefined || works.some(({ weights }) => weights !== undefined);
  const prepare = (code: KernelCode, at: Placement): void => {
    const { x, w } = operands(at);
    copy?.(code, x.address, at.scratch);
    for (const work of works)
      if (work.weights !== undefined) copyTapRows(code, problem, work.classes, w.address, at.scratch + work.weights);
  };
  const compute = (code: KernelCode, at: Placement): void => {
    const { x, w } = operands(at);
    const sums = Array.from({ length: 8 }, () => code.f.local('v128'));
    for (const work of works)
      emit(code, problem, view, work, sums, {
        x: view.scratch === undefined ? x.address : at.scratch + view.scratch,
        w: work.weights === undefined ? w.address : at.scratch + work.weights,
        y: at.output.address,
        scratch: at.scratch,
        table: at.table,
      });
  };
  return {
    name: `correlation dot ${height}×${works[0]?.width ?? 1}`,
    scratch: layout.bytes,
    ...tables.kept,
    phases: prepares ? [prepare, compute] : [compute],
  };
}

interface Addresses {
  readonly x: number;
  readonly w: number;
  readonly y: number;
  readonly scratch: number;
  readonly table: number;
}

/** The loops of one class: chunks of steps, output channels, results. */
function emit(
  code: KernelCode,
  problem: Correlation,
  view: WindowView,
  { steps, stepTable, xTable, yTable, columns, width, sums: unfinished }: Work,
  sums: readonly Local[],
  at: Addresses,
): void {
  const { f } = code;
  const { dtype, channels, outputs, groups } = problem;
  const plane = vectorOf[dtype].bytes * problem.strides.y.channel;
  const height = tileHeight(outputs);
  const blocks = Math.ceil(columns / width);
  const wRow = 16 * steps;
  const chunks = Math.max(1, Math.ceil(steps / chunkSteps));
  const chunk = Math.ceil(steps / chunks);
  const [from, wOutput, yOutput, sumsOutput] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const [w, walk, end, y] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const xs = Array.from({ length: width }, () => f.local('i32'));

  const tile = (R: number): void =>
    nest(
      code,
      [
        {
          size: groups,
          steps: [0, channels * view.channel, outputs * plane, outputs * wRow, blocks * 16 * height * width],
        },
        { size: blocks, steps: [4 * width, 0, 0, 0, 16 * height * width] },
      ],
      [at.table + xTable, at.x, at.y, at.w, at.scratch + unfinished],
      (pointers) => {
        const [column, x, yGroup, wGroup, place] = pointers as [Local, Local, Local, Local, Local];
        const used = sums.slice(0, R * width);
        for (const [v, pointer] of xs.entries())
          f.get(column)
            .access('i32.load', 4 * v)
            .get(x)
            .op('i32.add')
            .set(pointer);
        for (const sum of used) f.f32x4(0).set(sum);
        const kept = f.local('i32');
        if (chunks > 1) {
          f.get(place).get(sumsOutput).op('i32.add').set(kept);
          f.get(from).when(() => {
            for (const [i, sum] of used.entries())
              f.get(kept)
                .access('v128.load', 16 * i)
                .set(sum);
          });
        }
        if (steps > 0) {
          f.get(wGroup).get(wOutput).op('i32.add').get(from).i32(16).op('i32.mul').op('i32.add').set(w);
          f.get(from)
            .i32(4)
            .op('i32.mul')
            .i32(at.table + stepTable)
            .op('i32.add')
            .set(walk);
          multiplyAdd(code, {
            dtype,
            rows: R,
            vectors: width,
            x: xs.map((pointer) => ({ pointer, offset: 0 })),
            w,
            wRow,
            splat: false,
            walk: { table: walk, end: chunks === 1 ? at.table + stepTable + 4 * steps : { local: end } },
            sums: used,
          });
        }
        const finish = (): void => {
          for (let v = 0; v < width; v++) {
            f.get(column).access('i32.load', yTable - xTable + 4 * v);
            f.get(yGroup).op('i32.add').get(yOutput).op('i32.add').set(y);
            for (let r = 0; r < R; r++) storeSum(code, dtype, y, r * plane, used[r * width + v]!);
          }
        };
        if (chunks === 1) finish();
        else {
          f.get(from)
            .i32(chunk * (chunks - 1))
            .op('i32.lt_s')
            .when(() => {
              for (const [i, sum] of used.entries())
                f.get(kept)
                  .get(sum)
                  .access('v128.store', 16 * i);
            });
          f.get(from)
            .i32(chunk * (chunks - 1))
            .op('i32.ge_s')
            .when(finish);
        }
      },
    );

  f.count(from, 0, Math.max(1, steps), Math.max(1, chunk), () => {
    f.get(from).i32(chunk).op('i32.add').tee(end).i32(steps);
    f.get(end).i32(steps).op('i32.lt_s').op('select');
    f.i32(4)
      .op('i32.mul')
      .i32(at.table + stepTable)
      .op('i32.add')
      .set(end);
    f.i32(0).set(wOutput).i32(0).set(yOutput).i32(0).set(sumsOutput);
    const piece = (R: number): void => {
      tile(R);
      f.get(wOutput)
        .i32(R * wRow)
        .op('i32.add')
        .set(wOutput);
      f.get(yOutput)
        .i32(R * plane)
        .op('i32.add')
        .set(yOutput);
      f.get(sumsOutput)
        .i32(16 * height * width * blocks * groups)
        .op('i32.add')
        .set(sumsOutput);
    };
    f.count(f.local('i32'), 0, Math.floor(outputs / height), 1, () => piece(height));
    if (outputs % height > 0) piece(outputs % height);
  });
}

/** Adds up the lanes of a vector, always in the same order, and writes the sum. */
function storeSum({ f }: KernelCode, dtype: Correlation['dtype'], y: Local, distance: number, value: Local): void {
  f.get(y);
  // Distances in instructions are never negative.
  if (distance < 0) f.i32(distance).op('i32.add');
  const offset = Math.max(0, distance);
  if (dtype === 'f64') {
    f.get(value).lane('f64x2.extract_lane', 0).get(value).lane('f64x2.extract_lane', 1);
    f.op('f64.add').access('f64.store', offset);
    return;
  }
  const half = f.local('v128');
  f.get(value).get(value).get(value);
  f.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]).op('f32x4.add').tee(half);
  f.lane('f32x4.extract_lane', 0).get(half).lane('f32x4.extract_lane', 1);
  f.op('f32.add').access('f32.store', offset);
}
