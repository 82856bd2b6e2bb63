import type { Local } from '../../encode/wasm-function.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import { split } from '../split.ts';
import type { Correlation } from './correlation.ts';
import type { Operands } from './direct.ts';
import { Layout } from './layout.ts';
import { OffsetTables } from './offset-table.ts';
import { multiplyAdd } from './tile.ts';
import { even, tileHeight } from './tile-shape.ts';
import { type ViewAndCopy, viewInPlace, viewPadded } from './window-view.ts';
import { finishGradient, transformCotangent, transformTransposed } from './winograd-gradient-transforms.ts';
import { patchOffsets, winogradClasses } from './winograd-patches.ts';

/** Bytes that are worked on at a time; they should stay in the second cache. */
const working = 300_000;

/** Parts that the patches are cut into, each with sums of its own: their number does not depend on how many threads share them. */
const mostParts = 6;
const mostSums = 2_000_000;

/**
 * The counterpart of Winograd's F(2×2, 3×3) for the gradient by a 3×3 window, where w is the large gradient by the results:
 * its transposition, F(3×3, 2×2), with the same transform of x. Sums run over tiles, so x's transform is laid out with
 * channels as lanes. For f32, one group, two axes with three results each; `stride` is the window's dilation.
 */
export function winogradGradientKernel(problem: Correlation, operands: Operands): Kernel {
  // Rows of a result are x's batch here, as the weights' input channels; w's channels are the images.
  const { batch: inputs, channels: images, outputs, axes } = problem;
  const layout = new Layout();
  const dilation = axes[1]!.stride;
  const spread = winogradClasses(axes.map((axis) => ({ ...axis, y: axis.w, wDilation: axis.stride })));
  const { view: xView, copy: copyX } = viewPadded(problem, spread, { phases: dilation, byRow: false, layout });
  const flat = winogradClasses(axes.map((axis) => ({ ...axis, y: axis.w, wDilation: axis.stride, lo: 0 }))).map(
    (list) => list.map((one) => ({ ...one, k: { first: 0, step: 1, count: 1 } })),
  );
  const asInput: Correlation = {
    ...problem,
    batch: outputs,
    axes: axes.map((axis) => ({ ...axis, x: axis.w })),
    strides: { ...problem.strides, x: problem.strides.w },
  };
  const fits = axes.every(({ w, stride }, i) => stride === 1 && w % [2, 8][i]! === 0);
  const ct: ViewAndCopy = fits
    ? { view: viewInPlace(asInput), copy: () => {} }
    : viewPadded(asInput, flat, { phases: dilation, byRow: false, layout });

  const tables = new OffsetTables();
  const xOffsets = patchOffsets(xView, spread, images, xView.channel);
  const patches = xOffsets.length;
  const xTable = tables.add(xOffsets);
  const ctTable = tables.add(patchOffsets(ct.view, flat, images, ct.view.channel));

  const wide = 8 * Math.ceil(inputs / 8);
  const sumStride = 4 * outputs * wide;
  const limit = Math.max(8, Math.floor(working / (256 * (wide + outputs))));
  const most = Math.max(1, Math.min(mostParts, Math.floor(mostSums / (16 * sumStride))));
  const parts = Math.min(most, Math.ceil(patches / 4));
  const share = Math.ceil(patches / parts);
  const block = even(share, limit);
  const [vStride, qStride] = [16 * wide * block + 64, 16 * outputs * block + 64];
  const buffer = 16 * (vStride + qStride) + 1024;
  const buffers = layout.add(parts * buffer);
  const sums = layout.add(parts * 16 * sumStride);

  const prepare = (code: KernelCode, at: Placement): void => {
    const { x, w } = operands(at);
    copyX(code, x.address, at.scratch);
    ct.copy(code, w.address, at.scratch);
  };
  const accumulate = (code: KernelCode, at: Placement): void => {
    const { f } = code;
    const { w } = operands(at);
    const [part, v, q, s, from, below, count, place] = f.locals('i32', 8);
    const mine = split(code, parts);
    f.count(part, { local: mine.from }, { local: mine.below }, 1, () => {
      f.get(part)
        .i32(16 * sumStride)
        .op('i32.mul')
        .i32(at.scratch + sums)
        .op('i32.add')
        .set(s);
      f.count(place, 0, 16 * sumStride, 16, () => f.get(s).get(place).op('i32.add').f32x4(0).access('v128.store', 0));
      f.get(part)
        .i32(buffer)
        .op('i32.mul')
        .i32(at.scratch + buffers)
        .op('i32.add')
        .tee(v);
      f.i32(16 * vStride)
        .op('i32.add')
        .set(q);
      f.get(part).i32(patches).op('i32.mul').i32(parts).op('i32.div_u').set(from);
      f.get(part).i32(1).op('i32.add').i32(patches).op('i32.mul').i32(parts).op('i32.div_u').set(below);
      f.count(from, { local: from }, { local: below }, block, () => {
        f.get(below).get(from).op('i32.sub').tee(count).i32(block);
        f.get(count).i32(block).op('i32.lt_s').op('select').set(count);
        f.get(from)
          .i32(4)
          .op('i32.mul')
          .i32(at.table + xTable)
          .op('i32.add')
          .set(place);
        transformTransposed(code, {
          table: place,
          patches: count,
          channels: inputs,
          wide,
          x: at.scratch + xView.scratch!,
          channelStep: xView.batch,
          rowStep: dilationOf(problem) * xView.rows[0]!,
          to: v,
          stride: vStride,
          between: 16 * (vStride + qStride),
        });
        transformCotangent(code, {
          table: place,
          tableOffset: ctTable - xTable,
          patches: count,
          block,
          outputs,
          ct: ct.view.scratch === undefined ? w.address : at.scratch + ct.view.scratch,
          outputStep: ct.view.batch,
          rowStep: dilationOf(problem) * ct.view.rows[0]!,
          to: q,
          stride: qStride,
        });
        products(code, { outputs, wide, block, count, v, vStride, q, qStride, s, sumStride });
      });
    });
  };
  const finish = (code: KernelCode, at: Placement): void =>
    finishGradient(code, { inputs, outputs, wide, parts, sums: at.scratch + sums, sumStride, y: at.output.address });
  return {
    name: 'correlation Winograd gradient 3×3',
    scratch: layout.bytes,
    ...tables.kept,
    phases: [prepare, accumulate, finish],
  };
}

const dilationOf = ({ axes }: Correlation): number => axes[0]!.stride;

interface Products {
  readonly outputs: number;
  /** Input channels, filled up to whole tiles. */
  readonly wide: number;
  readonly block: number;
  /** Patches in this block. */
  readonly count: Local;
  readonly v: Local;
  readonly vStride: number;
  readonly q: Local;
  readonly qStride: number;
  readonly s: Local;
  readonly sumStride: number;
}

/** Sixteen times s[outputs, inputs] += q[outputs, tiles] · v[tiles, inputs]. */
function products(code: KernelCode, t: Products): void {
  const { f } = code;
  const sums = Array.from({ length: 8 }, () => f.local('v128'));
  const [product, tile, column, v, q, s, x, w, wEnd, row, y] = f.locals('i32', 11);
  const height = tileHeight(t.outputs);
  const wRow = 16 * t.block;
  const piece = (R: number): void => {
    const used = sums.slice(0, R * 2);
    const place = (k: number): number => Math.floor(k / 2) * 4 * t.wide + (k % 2) * 16;
    f.get(v).set(x).get(s).set(y);
    f.count(column, 0, t.wide, 8, () => {
      for (const [k, sum] of used.entries()) f.get(y).access('v128.load', place(k)).set(sum);
      f.get(row).tee(w).get(t.count).i32(16).op('i32.mul').op('i32.add').set(wEnd);
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
        walk: { xStep: 4 * t.wide, wEnd: { local: wEnd } },
        sums: used,
      });
      for (const [k, sum] of used.entries()) f.get(y).get(sum).access('v128.store', place(k));
      f.get(x).i32(32).op('i32.add').set(x).get(y).i32(32).op('i32.add').set(y);
    });
    f.get(row)
      .i32(R * wRow)
      .op('i32.add')
      .set(row);
    f.get(s)
      .i32(R * 4 * t.wide)
      .op('i32.add')
      .set(s);
  };
  f.get(t.v).set(v).get(t.q).set(q).get(t.s).set(s);
  f.count(product, 0, 16, 1, () => {
    f.get(q).set(row);
    f.count(tile, 0, Math.floor(t.outputs / height), 1, () => piece(height));
    if (t.outputs % height > 0) piece(t.outputs % height);
    f.get(v).i32(t.vStride).op('i32.add').set(v);
    f.get(q).i32(t.qStride).op('i32.add').set(q);
  });
}
