import { type Correlation, resultsOf } from '../correlation.ts';
import { even } from '../tile-shape.ts';
import { type AxisTiling, tilesInStrip } from './correlation-tiling.ts';
import type { Panels } from './correlation-weights.ts';
import { type StripShape, stripBytes } from './strip-rows.ts';
import type { TileColumns } from './strip-transform.ts';
import { resultBytes } from './write-strip.ts';

/** Bytes that one thread works on at a time; they should stay in the second cache. */
const working = 300_000;

/** The results of one class of either axis: strips of tiles, and how the thread that computes a block lays it out. */
export interface CorrelationWork {
  readonly down: AxisTiling;
  readonly across: AxisTiling;
  readonly products: number;
  /** Combinations of the taps' phases. */
  readonly phases: number;
  /** Channels of a phase, filled up to whole vectors, and those of all phases that are summed. */
  readonly rows: number;
  readonly reduced: number;
  /** Groups of four outputs. */
  readonly groups: number;
  readonly panels: Panels;
  readonly shape: StripShape;
  readonly columns: TileColumns;
  /** Tiles of a strip, strips of a block, and strips in all. */
  readonly tiles: number;
  readonly block: number;
  readonly count: number;
  /**
   * For every strip: its rows and columns of results, bytes to the first in everything that goes with results, and, for
   * every phase, bytes to the image, row and column in x from `phasesAt` on.
   */
  readonly table: Int32Array;
  readonly entryBytes: number;
  readonly phasesAt: number;
  /** How many columns are left over where strips do not end at multiples of four. */
  readonly tails: readonly number[];
  /** Bytes of working memory, and where in it which part begins. */
  readonly bytes: number;
  readonly stripAt: number;
  readonly vAt: number;
  readonly mAt: number;
  readonly vRow: number;
  readonly vStep: number;
  readonly mStep: number;
}

export function correlationWork(problem: Correlation, down: AxisTiling, across: AxisTiling): CorrelationWork {
  const { batch, channels, outputs, axes, strides } = problem;
  const products = down.matrices.g.length * across.matrices.g.length;
  const phases = down.taps.phases * across.taps.phases;
  const rows = 4 * Math.ceil(channels / 4);
  const groups = Math.ceil(outputs / 4);
  const inStrip = tilesInStrip(across);
  const pieces = Math.ceil(across.tiles / inStrip);
  const tiles = inStrip * across.results.phases;
  const count = batch * down.results.phases * down.tiles * pieces;
  const limit = Math.floor(working / (4 * products * tiles * (phases * rows + 4 * groups)));
  const block = even(count, Math.max(1, Math.min(limit, Math.ceil(count / 8))));
  const shape: StripShape = {
    channels,
    channelStep: 4 * strides.x.channel,
    height: axes[0]!.x,
    width: axes[1]!.x,
    heightStep: 4 * strides.x.axes[0]!,
    rows: down.matrices.bt.length,
    rowsApart: down.apart,
    columns:
      1 +
      (across.results.phases - 1) * across.results.apart +
      (inStrip * across.m - across.m + across.matrices.bt.length - 1) * across.apart,
  };
  const { table, entry } = places(problem, down, across, inStrip);
  const stripAt = 0;
  const vAt =
    64 *
    Math.ceil(
      Math.max(
        stripBytes(shape.rows, shape.columns),
        resultBytes({
          ...{ down: down.matrices.at, across: across.matrices.at },
          ...{ phases: across.results.phases, tiles: inStrip },
        }),
      ) / 64,
    );
  const vRow = 4 * phases * rows;
  // One more line between the products keeps them out of each other's cache sets.
  const [vStep, mStep] = [vRow * tiles * block + 64, 16 * groups * tiles * block + 64];
  const mAt = vAt + vStep * products;
  const panelStep = 32 * phases * rows;
  return {
    ...{ down, across, products, phases, rows, groups, shape, tiles, block, count, table, stripAt, vAt, mAt },
    reduced: phases === 1 ? channels : phases * rows,
    panels: { panelStep, productStep: panelStep * Math.ceil(groups / 2) + 64 },
    columns: {
      phases: across.results.phases,
      phase: across.results.apart,
      tile: across.m * across.apart,
      element: across.apart,
      tiles: inStrip,
    },
    entryBytes: 4 * entry,
    phasesAt: 8 + 4 * resultsOf(problem).length,
    tails: [...new Set(table.filter((_, i) => i % entry === 1).map((columns) => columns % 4))].filter(
      (left) => left > 0,
    ),
    bytes: mAt + mStep * products,
    ...{ vRow, vStep, mStep },
  };
}

function places(
  problem: Correlation,
  down: AxisTiling,
  across: AxisTiling,
  inStrip: number,
): { readonly table: Int32Array; readonly entry: number } {
  const values: number[] = [];
  const ys = resultsOf(problem);
  const { batch, strides } = problem;
  const { x } = strides;
  const row = (tiling: AxisTiling, phase: number, tile: number): { result: number; left: number; from: number } => {
    const { one, results, m, apart } = tiling;
    const index = phase + results.phases * m * tile;
    return {
      result: one.p.first + one.p.step * index,
      left: Math.max(0, one.p.count - index),
      from: one.q + phase * results.apart + m * tile * apart,
    };
  };
  for (let image = 0; image < batch; image++)
    for (let tile = 0; tile < down.tiles; tile++)
      for (let phase = 0; phase < down.results.phases; phase++)
        for (let piece = 0; piece < across.tiles; piece += inStrip) {
          const [v, h] = [row(down, phase, tile), row(across, 0, piece)];
          values.push(
            Math.min(down.m, Math.ceil(v.left / down.results.phases)),
            Math.min(inStrip * across.m * across.results.phases, h.left),
            ...ys.map((y) => 4 * (image * y.outer + v.result * y.axes[0]! + h.result * y.axes[1]!)),
          );
          for (let a = 0; a < down.taps.phases; a++)
            for (let b = 0; b < across.taps.phases; b++)
              values.push(4 * image * x.outer, v.from + a * down.taps.apart, h.from + b * across.taps.apart);
        }
  return { table: Int32Array.from(values), entry: 2 + ys.length + 3 * down.taps.phases * across.taps.phases };
}
