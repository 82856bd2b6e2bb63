import type { Kernel, KernelCode, Placement } from '../../kernel.ts';
import type { Correlation } from '../correlation.ts';
import type { Operands } from '../direct.ts';
import { Layout } from '../layout.ts';
import { OffsetTables } from '../offset-table.ts';
import { finishGradient } from './finish-gradient.ts';
import { placed } from './gradient-places.ts';
import { type AxisTiling, tilings } from './gradient-tiling.ts';
import { gradientWork } from './gradient-work.ts';
import { roundingOf } from './rounding.ts';
import { sumTiles } from './sum-tiles.ts';

/**
 * Gradients by small windows, where w is the large gradient by the results: Toom and Cook's algorithms with a few results
 * along each axis and tiles of w, of at most `most` products along each axis. Sums run over tiles, so both operands are
 * laid out with channels as lanes. For f32, one group, two axes, dense rows of w.
 */
export function winogradGradient(problem: Correlation, operands: Operands, most: number): Kernel {
  const { batch, outputs, axes, strides } = problem;
  const [down, across] = axes.map((axis) => tilings(axis, most)!) as [AxisTiling[], AxisTiling[]];
  const layout = new Layout();
  const tables = new OffsetTables();
  const works = down.flatMap((d) => across.map((a) => placed(gradientWork(problem, d, a), problem, layout, tables)));
  const accumulate = (code: KernelCode, at: Placement): void => {
    const { x, w } = operands(at);
    for (const work of works)
      sumTiles(code, work, { x: x.address, w: w.address, table: at.table, scratch: at.scratch });
  };
  const finish = (code: KernelCode, at: Placement): void => {
    const { outer, channel, axes: steps } = strides.y;
    for (const work of works)
      finishGradient(code, {
        inputs: batch,
        outputs,
        wide: work.inputs,
        parts: work.parts,
        partStep: work.partStep,
        sumStep: work.sumStep,
        sums: at.scratch + work.sums,
        down: work.down.matrices.at,
        across: work.across.matrices.at,
        y: at.output.address + 4 * (work.down.set.first * steps[0]! + work.across.set.first * steps[1]!),
        inputStep: 4 * outer,
        outputStep: 4 * channel,
        rowStep: 4 * work.down.set.step * steps[0]!,
        columnStep: 4 * work.across.set.step * steps[1]!,
        working: at.scratch + work.finish,
      });
  };
  const { down: d, across: a } = works[0]!;
  const bounds = works.map(({ down, across, strips, tiles }) => roundingOf(down, across, strips * tiles) ?? 0);
  const rounding = Math.max(...bounds);
  return {
    ...(rounding > 0 ? { rounding } : {}),
    name: `correlation Winograd gradient ${d.set.count}×${a.set.count}, ${d.taps}×${a.taps}`,
    scratch: layout.bytes,
    ...tables.kept,
    phases: [accumulate, finish],
  };
}
