import { sizeOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import { split } from '../split.ts';
import type { Correlation } from './correlation.ts';
import type { Operands } from './direct.ts';
import { Layout } from './layout.ts';
import { OffsetTables } from './offset-table.ts';
import { multiplyAdd } from './tile.ts';
import { even, tileHeight } from './tile-shape.ts';
import { viewPadded } from './window-view.ts';
import { patchTables, winogradClasses } from './winograd-patches.ts';
import { transformInput, transformOutput, transformWeights } from './winograd-transforms.ts';

/** Threads that have working memory of their own; others have nothing to do. */
const slots = 8;

/** Bytes that one thread works on at a time; they should stay in the second cache. */
const working = 200_000;

/**
 * Winograd's F(2×2, 3×3): 2×2 results of a 3×3 window by 16 multiplications in place of 36 (Lavin & Gray 2015). A vector
 * holds four tiles beside each other, together a patch of 2×8 results; channels are summed by sixteen matrix products over
 * a block of patches. Only halves are multiplied in, so that small dyadic numbers stay exact.
 *
 * For f32, one group, two axes with three taps each and neither stride nor `xDilation`; at least four pairs of channels.
 */
export function winogradKernel(problem: Correlation, operands: Operands): Kernel {
  const { batch, channels, outputs } = problem;
  const perAxis = winogradClasses(problem.axes);
  const layout = new Layout();
  const dilation = problem.axes[1]!.wDilation;
  const { view, copy } = viewPadded(problem, perAxis, { phases: dilation, byRow: true, layout });
  const patches =
    batch * sizeOf(perAxis.map((classes, i) => classes.reduce((n, { p }) => n + p.count / [2, 8][i]!, 0)));
  const limit = Math.max(2, Math.floor(working / (256 * (channels + outputs))));
  const block = 2 * even(Math.ceil(patches / 2), Math.max(1, Math.min(Math.floor(limit / 2), Math.ceil(patches / 16))));
  const offsets = new OffsetTables();
  const tables = patchTables(offsets, problem, view, perAxis, block);
  const weights = layout.add(64 * channels * outputs);
  // One more line between the sixteen products keeps them out of each other's cache sets.
  const [vStride, mStride] = [16 * channels * block + 64, 16 * outputs * block + 64];
  const slot = 16 * (vStride + mStride);
  const buffers = layout.add(slots * slot);
  const prepare = (code: KernelCode, at: Placement): void => {
    const { x, w } = operands(at);
    copy(code, x.address, at.scratch);
    transformWeights(code, problem, w.address, at.scratch + weights);
  };
  const compute = (code: KernelCode, at: Placement): void => {
    const { f } = code;
    const [v, m, i] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.get(code.thread)
      .i32(slots)
      .op('i32.lt_s')
      .when(() => {
        f.get(code.thread)
          .i32(slot)
          .op('i32.mul')
          .i32(at.scratch + buffers)
          .op('i32.add')
          .tee(v);
        f.i32(16 * vStride)
          .op('i32.add')
          .set(m);
        const threads = f.local('i32');
        f.get(code.threads).i32(slots).get(code.threads).i32(slots).op('i32.lt_s').op('select').set(threads);
        const { from, below } = split({ ...code, threads }, tables.padded / block);
        f.count(i, { local: from }, { local: below }, 1, () => {
          const first = f.local('i32');
          f.get(i)
            .i32(4 * block)
            .op('i32.mul')
            .i32(at.table + tables.x)
            .op('i32.add')
            .set(first);
          transformInput(code, {
            table: first,
            patches: block,
            channels,
            x: at.scratch + view.scratch!,
            channelStep: view.channel,
            rowStep: problem.axes[0]!.wDilation * view.rows[0]!,
            to: v,
            stride: vStride,
          });
          products(code, { channels, outputs, block, u: at.scratch + weights, v, vStride, m, mStride });
          transformOutput(code, {
            problem,
            table: first,
            tables,
            patches: block,
            from: m,
            stride: mStride,
            y: at.output.address,
          });
        });
      });
  };
  return { name: 'correlation Winograd 2×2', scratch: layout.bytes, ...offsets.kept, phases: [prepare, compute] };
}

interface Products {
  readonly channels: number;
  readonly outputs: number;
  readonly block: number;
  readonly u: number;
  readonly v: Local;
  readonly vStride: number;
  readonly m: Local;
  readonly mStride: number;
}

/** Sixteen times m[outputs, patches] = u[outputs, channels] · v[channels, patches]. */
function products(code: KernelCode, { channels, outputs, block, u, v, vStride, m, mStride }: Products): void {
  const { f } = code;
  const sums = Array.from({ length: 8 }, () => f.local('v128'));
  const [product, tile, column] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const [vProduct, mProduct, row, x, w, wEnd, y] = f.locals('i32', 7);
  const height = tileHeight(outputs);
  const wRow = 4 * channels;
  const piece = (R: number): void => {
    const used = sums.slice(0, R * 2);
    f.get(vProduct).set(x).get(mProduct).set(y);
    f.count(column, 0, block, 2, () => {
      for (const sum of used) f.f32x4(0).set(sum);
      f.get(row).tee(w).i32(wRow).op('i32.add').set(wEnd);
      multiplyAdd(code, {
        dtype: 'f32',
        rows: R,
        vectors: 2,
        x: [
          { pointer: x, offset: 0 },
          { pointer: x, offset: 16 },
        ],
        w,
        wRow,
        splat: true,
        walk: { xStep: 16 * block, wEnd: { local: wEnd } },
        sums: used,
      });
      for (const [k, sum] of used.entries())
        f.get(y)
          .get(sum)
          .access('v128.store', Math.floor(k / 2) * 16 * block + (k % 2) * 16);
      f.get(x).i32(32).op('i32.add').set(x).get(y).i32(32).op('i32.add').set(y);
    });
    f.get(row)
      .i32(R * wRow)
      .op('i32.add')
      .set(row);
    f.get(mProduct)
      .i32(R * 16 * block)
      .op('i32.add')
      .set(mProduct);
  };
  f.i32(u).set(row).get(v).set(vProduct);
  f.count(product, 0, 16, 1, () => {
    f.get(product).i32(mStride).op('i32.mul').get(m).op('i32.add').set(mProduct);
    f.count(tile, 0, Math.floor(outputs / height), 1, () => piece(height));
    if (outputs % height > 0) piece(outputs % height);
    f.get(vProduct).i32(vStride).op('i32.add').set(vProduct);
  });
}
