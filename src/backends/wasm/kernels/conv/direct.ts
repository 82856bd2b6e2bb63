import type { Kernel, KernelCode, Operand, Placement } from '../kernel.ts';
import { type AxisClass, axisClasses, combine } from './axis-classes.ts';
import { type Correlation, type OperandStrides, planeOf } from './correlation.ts';
import { type DirectWork, directLoops } from './direct-loops.ts';
import { Layout } from './layout.ts';
import { OffsetTables, offsetTable, type TableAxis } from './offset-table.ts';
import { plainResults, type Results } from './results.ts';
import { copyTaps, servesAsIs, tapsOf } from './subkernel.ts';
import { vectorOf } from './tile.ts';
import { tileHeight, tileWidth } from './tile-shape.ts';
import { phased, staysInside, viewInPlace, viewPadded, type WindowView } from './window-view.ts';

/** Where a kernel of this folder finds its operands in the placement. */
export type Operands = (at: Placement) => { readonly x: Operand; readonly w: Operand };

/**
 * Vectors of neighbouring positions times single weights: tiles of four output channels × eight positions, summed over
 * channels and taps in the order of w. Good where rows of y are long.
 */
export function directKernel(asked: Correlation, operands: Operands, results: Results = plainResults(asked)): Kernel {
  const problem = crowded(asked) ? inPanels(asked) : asked;
  const { dtype, channels, outputs, groups, axes } = problem;
  const { bytes, lanes } = vectorOf[dtype];
  const perAxis = axes.map(axisClasses);
  const layout = new Layout();
  const phases = perAxis.at(-1)![0]?.byP ?? 1;
  // Rows of a tile are at distances in its instructions, which cannot be negative.
  const forward = (problem.strides.x.axes.at(-2) ?? 0) >= 0;
  const inPlace = phases === 1 && forward && staysInside(problem, perAxis) && !crowded(problem);
  const { view, copy } = inPlace
    ? { view: viewInPlace(problem), copy: undefined }
    : viewPadded(problem, perAxis, { phases, byRow: true, layout });
  const tables = new OffsetTables();
  const works = combine(perAxis).map((classes): DirectWork => {
    const taps = tapsOf(classes);
    return {
      classes,
      taps,
      weights:
        taps === 0 || servesAsIs(problem, classes) ? undefined : layout.add(bytes * outputs * groups * channels * taps),
      table: taps > 1 && channels > 0 ? tables.add(offsetTable(0, tableAxes(problem, view, classes))) : undefined,
    };
  });
  const prepares = copy !== undefined || works.some(({ weights }) => weights !== undefined);
  const prepare = (code: KernelCode, at: Placement): void => {
    const { x, w } = operands(at);
    copy?.(code, x.address, at.scratch);
    for (const { classes, weights } of works)
      if (weights !== undefined) copyTaps(code, problem, classes, w.address, at.scratch + weights);
  };
  const compute = (code: KernelCode, at: Placement): void => {
    if (outputs === 0) return;
    const { x, w } = operands(at);
    const sums = Array.from({ length: 8 }, () => code.f.local('v128'));
    for (const work of works)
      directLoops(
        code,
        problem,
        view,
        work,
        sums,
        {
          x: view.scratch === undefined ? x.address : at.scratch + view.scratch,
          w: work.weights === undefined ? w.address : at.scratch + work.weights,
          table: at.table + (work.table ?? 0),
        },
        { results, placement: at },
      );
  };
  return {
    name: `correlation direct ${tileHeight(outputs)}×${lanes * tileWidth(tileHeight(outputs))}`,
    scratch: layout.bytes,
    ...tables.kept,
    phases: prepares ? [prepare, compute] : [compute],
  };
}

/** Whether channels lie so far apart that the lines of one position push each other out of the first cache. */
function crowded(problem: Correlation): boolean {
  const stride = planeOf(problem, 'x') * vectorOf[problem.dtype].bytes;
  let sets = 1;
  while (sets < 64 && stride % (4096 / sets) !== 0) sets *= 2;
  return problem.outputs >= 16 && problem.channels > sets * 4;
}

/** A long row of positions without windows as rows of 16: what the channels have there then lies together. */
function inPanels(problem: Correlation): Correlation {
  const [axis] = problem.axes;
  const plain = problem.axes.length === 1 && axis!.w === 1 && axis!.x === axis!.y && axis!.lo === 0;
  if (!plain || axis!.stride !== 1 || axis!.xDilation !== 1 || axis!.x % 16 !== 0) return problem;
  const count = axis!.x / 16;
  const cut = (strides: OperandStrides): OperandStrides => {
    const step = strides.axes[0]!;
    return { ...strides, axes: [16 * step, step] };
  };
  const { x, w, y } = problem.strides;
  return {
    ...problem,
    strides: { x: cut(x), w: cut(w), y: cut(y) },
    results: problem.results?.map(cut),
    axes: [
      { ...axis!, x: count, y: count },
      { ...axis!, x: 16, y: 16 },
    ],
  };
}

const tableAxes = (problem: Correlation, view: WindowView, classes: readonly AxisClass[]): TableAxis[] => {
  const { bytes } = vectorOf[problem.dtype];
  const last = classes.at(-1)!;
  return [
    { count: problem.channels, step: (c) => c * view.channel },
    ...classes.slice(0, -1).map(({ k, byK }, i) => ({ count: k.count, step: (j: number) => j * byK * view.rows[i]! })),
    { count: last.k.count, step: (j) => phased(last.q - view.origin.at(-1)! + j * last.byK, view, bytes) },
  ];
};
