import type { Correlation } from '../correlation.ts';
import { type AxisTiling, tilesInStrip } from './gradient-tiling.ts';
import { type StripShape, stripBytes } from './strip-rows.ts';
import type { StripTransform } from './strip-transform.ts';

/** Bytes of a strip's entry in the table. */
export const entryBytes = 24;

/** How one operand's strips are read and transformed, but for its address and how much room the result has. */
type OperandStrips = Omit<StripTransform, 'operand' | 'place' | 'groups' | 'groupStep' | 'tileStep' | 'productStep'>;

/** One set of results of both axes: its strips, and what becomes of the operands there. */
export interface GradientWork {
  readonly down: AxisTiling;
  readonly across: AxisTiling;
  /** Along both axes together. */
  readonly products: number;
  readonly strips: number;
  /** Tiles of a strip. */
  readonly tiles: number;
  /** For each strip, of x and then of w: bytes to the image, row, column. */
  readonly table: Int32Array;
  readonly x: OperandStrips;
  readonly w: OperandStrips;
  /** Bytes of working memory for a strip of either. */
  readonly stripBytes: number;
}

/** What one set of results takes. `images` are the channels of the correlation. */
export function gradientWork(
  { batch: inputs, channels: images, outputs, strides, axes }: Correlation,
  down: AxisTiling,
  across: AxisTiling,
): GradientWork {
  const [height, width] = axes as [(typeof axes)[number], (typeof axes)[number]];
  const tilesAcross = tilesInStrip(across);
  const operand = (of: 'x' | 'w'): OperandStrips => {
    const { outer, axes: steps } = strides[of];
    const [rows, columns] = [down.set[of], across.set[of]];
    const elements = { x: (t: AxisTiling) => t.set.count + t.taps - 1, w: (t: AxisTiling) => t.taps }[of];
    const last = (across.set.phases - 1) * columns.phase;
    const shape: StripShape = {
      channels: of === 'x' ? inputs : outputs,
      channelStep: 4 * outer,
      height: height[of],
      width: width[of],
      heightStep: 4 * steps[0]!,
      rows: elements(down),
      rowsApart: rows.step,
      columns: last + ((tilesAcross - 1) * across.taps + elements(across) - 1) * columns.step + 1,
    };
    return {
      shape,
      down: of === 'x' ? down.matrices.bt : down.matrices.g,
      across: of === 'x' ? across.matrices.bt : across.matrices.g,
      columns: {
        phases: across.set.phases,
        phase: columns.phase,
        tile: across.taps * columns.step,
        element: columns.step,
        tiles: tilesAcross,
      },
    };
  };
  const [x, w] = [operand('x'), operand('w')];
  const points = { down: down.matrices.bt.length, across: across.matrices.bt.length };
  const entries: number[] = [];
  for (let image = 0; image < images; image++)
    for (let phase = 0; phase < down.set.phases; phase++)
      for (let row = 0; row < down.tiles; row++)
        for (let tile = 0; tile < across.tiles; tile += tilesAcross)
          for (const of of ['x', 'w'] as const)
            entries.push(
              4 * image * strides[of].channel,
              down.set[of].first + phase * down.set[of].phase + row * down.taps * down.set[of].step,
              across.set[of].first + tile * across.taps * across.set[of].step,
            );
  const highest = Math.max(points.down, x.shape.rows, w.shape.rows);
  return {
    down,
    across,
    products: points.down * points.across,
    strips: entries.length / 6,
    tiles: across.set.phases * tilesAcross,
    table: Int32Array.from(entries),
    x,
    w,
    stripBytes: stripBytes(highest, Math.max(x.shape.columns, w.shape.columns)),
  };
}
