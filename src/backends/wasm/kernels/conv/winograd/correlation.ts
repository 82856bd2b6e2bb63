import type { Local } from '../../../encode/wasm-function.ts';
import type { Kernel, KernelCode, Placement } from '../../kernel.ts';
import { split } from '../../split.ts';
import { type Correlation, resultsOf } from '../correlation.ts';
import type { Operands } from '../direct.ts';
import { Layout } from '../layout.ts';
import { OffsetTables } from '../offset-table.ts';
import { plainResults, type Results } from '../results.ts';
import { type AxisTiling, tilings } from './correlation-tiling.ts';
import { transformWeights, weightBytes } from './correlation-weights.ts';
import { type CorrelationWork, correlationWork } from './correlation-work.ts';
import { multiplyPanels } from './panel-products.ts';
import { roundingOf } from './rounding.ts';
import { transformStrips } from './strip-transform.ts';
import { type StripResults, writeStrip } from './write-strip.ts';

/** Threads that have working memory of their own; others have nothing to do. */
const slots = 8;

/**
 * Toom and Cook's algorithms with small windows and tiles of a few results, of at most `most` products along each axis:
 * strip by strip, x is copied with four channels as lanes and transformed; channels are summed by one matrix product for
 * every pair of points; and strips of results are transformed back. For f32, one group, two axes.
 */
export function winogradCorrelation(
  problem: Correlation,
  operands: Operands,
  most: number,
  results: Results = plainResults(problem),
): Kernel {
  const { axes } = problem;
  const [down, across] = axes.map((axis) => tilings(axis, most)!) as [AxisTiling[], AxisTiling[]];
  const layout = new Layout();
  const tables = new OffsetTables();
  const works = down
    .flatMap((d) => across.map((a) => correlationWork(problem, d, a)))
    .map((work) => ({
      ...work,
      tableAt: tables.add(work.table),
      panelsAt: layout.add(work.products * work.panels.productStep),
    }));
  const slot = Math.max(weightBytes, ...works.map(({ bytes }) => bytes));
  const workingAt = layout.add(slots * slot);
  const spread =
    (phase: (code: KernelCode, at: Placement, working: Local) => void) => (code: KernelCode, at: Placement) => {
      const { f, thread } = code;
      const [threads, working] = f.locals('i32', 2);
      f.get(thread)
        .i32(slots)
        .op('i32.lt_s')
        .when(() => {
          f.get(code.threads).i32(slots).get(code.threads).i32(slots).op('i32.lt_s').op('select').set(threads);
          f.get(thread)
            .i32(slot)
            .op('i32.mul')
            .i32(at.scratch + workingAt)
            .op('i32.add')
            .set(working);
          phase({ ...code, threads }, at, working);
        });
    };
  const prepare = (code: KernelCode, at: Placement, working: Local): void => {
    for (const work of works)
      transformWeights(code, problem, work, { w: operands(at).w.address, panels: at.scratch + work.panelsAt, working });
  };
  const compute = (code: KernelCode, at: Placement, working: Local): void => {
    for (const work of works)
      blocks(
        code,
        problem,
        work,
        working,
        {
          x: operands(at).x.address,
          ys: resultsOf(problem).map((_, k) => results.origin(k, at)),
          table: at.table + work.tableAt,
          panels: at.scratch + work.panelsAt,
        },
        (value, spot) => results.store(code, at, value, spot),
      );
  };
  const { down: d, across: a } = works.reduce((one, other) => (other.products > one.products ? other : one));
  const bounds = works.map(({ down, across, reduced }) => roundingOf(down, across, reduced));
  const rounding = bounds.every((bound) => bound === undefined)
    ? {}
    : { rounding: Math.max(...bounds.map((b) => b ?? 0)) };
  return {
    ...rounding,
    name: `correlation Winograd ${d.m}×${a.m}, ${d.r}×${a.r}`,
    scratch: layout.bytes,
    ...tables.kept,
    phases: [spread(prepare), spread(compute)],
  };
}

function blocks(
  code: KernelCode,
  problem: Correlation,
  work: CorrelationWork,
  working: Local,
  at: { readonly x: number; readonly ys: readonly number[]; readonly table: number; readonly panels: number },
  store: StripResults['store'],
): void {
  const { f } = code;
  const { down, across, block, count, entryBytes, phases } = work;
  const [index, entry, first, end, strips, v, m, strip, to, mHere, rows, columns] = f.locals('i32', 12);
  const ys = f.locals('i32', at.ys.length);
  const mine = split(code, Math.ceil(count / block));
  f.get(working).i32(work.stripAt).op('i32.add').set(strip);
  f.get(working).i32(work.vAt).op('i32.add').set(v);
  f.get(working).i32(work.mAt).op('i32.add').set(m);
  f.count(index, { local: mine.from }, { local: mine.below }, 1, () => {
    f.get(index)
      .i32(block * entryBytes)
      .op('i32.mul')
      .i32(at.table)
      .op('i32.add')
      .tee(first);
    f.i32(block * entryBytes)
      .op('i32.add')
      .tee(end)
      .i32(at.table + count * entryBytes);
    f.get(end)
      .i32(at.table + count * entryBytes)
      .op('i32.lt_u')
      .op('select')
      .set(end);
    f.get(end).get(first).op('i32.sub').i32(entryBytes).op('i32.div_u').set(strips);
    for (let phase = 0; phase < phases; phase++) {
      f.get(v)
        .i32(phase * 4 * work.rows)
        .op('i32.add')
        .set(to);
      transformStrips(
        code,
        {
          shape: work.shape,
          operand: at.x,
          place: work.phasesAt + 12 * phase,
          down: down.matrices.bt,
          across: across.matrices.bt,
          columns: work.columns,
          groups: work.rows / 4,
          groupStep: 16,
          tileStep: work.vRow,
          productStep: work.vStep,
        },
        { entry: first, entryStep: entryBytes, strips, working: strip, to },
      );
    }
    multiplyPanels(
      code,
      { ...work, tiles: work.tiles * block, rows: work.reduced, groups: work.groups },
      { panels: at.panels, v, m },
    );
    f.get(m).set(mHere);
    f.count(entry, { local: first }, { local: end }, entryBytes, () => {
      f.get(entry).access('i32.load', 0).set(rows);
      f.get(entry).access('i32.load', 4).set(columns);
      for (const [k, y] of ys.entries()) {
        f.get(entry).access('i32.load', 8 + 4 * k);
        if (at.ys[k] !== 0) f.i32(at.ys[k]!).op('i32.add');
        f.set(y);
      }
      writeStrip(
        code,
        {
          down: down.matrices.at,
          across: across.matrices.at,
          phases: work.columns.phases,
          tiles: work.columns.tiles,
          outputs: problem.outputs,
          mStep: work.mStep,
          groupStep: 16 * work.tiles * block,
          results: resultsOf(problem).map(({ channel, axes }) => ({
            outputStep: 4 * channel,
            rowStep: 4 * axes[0]! * down.one.p.step * down.results.phases,
            columnStep: 4 * axes[1]! * across.one.p.step,
          })),
          tails: work.tails,
          store,
        },
        { m: mHere, working: strip, ys, rows, columns },
      );
      f.get(mHere)
        .i32(16 * work.tiles)
        .op('i32.add')
        .set(mHere);
    });
  });
}
