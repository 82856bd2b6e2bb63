import type { Bound, Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';
import { linearMap } from './linear-map.ts';
import { copyStrip, type StripShape } from './strip-rows.ts';
import type { Matrix } from './toom-cook.ts';

/** How the tiles of a strip lie in its columns. */
export interface TileColumns {
  readonly phases: number;
  /** Columns from phase to phase, from tile to tile and from element to element of a tile. */
  readonly phase: number;
  readonly tile: number;
  readonly element: number;
  /** Tiles of one phase. */
  readonly tiles: number;
}

export interface StripTransform {
  readonly shape: StripShape;
  /** Address of the operand. */
  readonly operand: number;
  /** Bytes from a strip's entry in the table to those of this operand: bytes to its image, row, column. */
  readonly place: number;
  /** For columns and rows of a tile: what it has → points. */
  readonly down: Matrix;
  readonly across: Matrix;
  readonly columns: TileColumns;
  /** Groups of four channels; those beyond the last channel repeat it. */
  readonly groups: number;
  /** Bytes of the result from group to group, from tile to tile (and on to the next strip) and from product to product. */
  readonly groupStep: number;
  readonly tileStep: number;
  readonly productStep: number;
}

/** Code for all tiles of some strips → products, groups, tiles of 4 channels, in the order that the steps say. */
export function transformStrips(
  code: KernelCode,
  { shape, operand, place, down, across, columns, groups, groupStep, tileStep, productStep }: StripTransform,
  at: {
    /** Where the first strip stands in the table, and bytes from entry to entry. */
    readonly entry: Local;
    readonly entryStep: number;
    readonly strips: Local;
    /** Working memory for one strip. */
    readonly working: Local;
    readonly to: Local;
    /** The groups that are wanted, where those are not all. */
    readonly range?: { readonly from: Bound; readonly below: Bound };
  },
): void {
  const { f } = code;
  const { from, below } = at.range ?? { from: 0, below: groups };
  const images = f.locals('i32', 4);
  const [group, strip, entry, row, column, first, groupOut, out, rowOut, write, i, j, k] = f.locals('i32', 13);
  const rowBytes = 16 * shape.columns;
  const copy = (): void => {
    for (const [lane, image] of images.entries()) {
      const channel = f.local('i32');
      f.get(entry).access('i32.load', place).i32(operand).op('i32.add');
      f.get(group).i32(4).op('i32.mul').i32(lane).op('i32.add').tee(channel);
      f.i32(shape.channels - 1)
        .get(channel)
        .i32(shape.channels)
        .op('i32.lt_s')
        .op('select');
      f.i32(shape.channelStep).op('i32.mul').op('i32.add').set(image);
    }
    f.get(entry)
      .access('i32.load', place + 4)
      .set(row);
    f.get(entry)
      .access('i32.load', place + 8)
      .set(column);
    copyStrip(f, shape, { images, row, column }, at.working);
  };
  const transformColumns = (): void => {
    // Columns between the elements of a tile are nobody's where there is one phase.
    const step = columns.phases === 1 ? columns.element : 1;
    f.get(at.working).set(first);
    f.count(i, 0, shape.columns, step, () => {
      linearMap(code, down, {
        load: (r) => f.get(first).access('v128.load', r * rowBytes),
        store: (r, push) => {
          f.get(first);
          push();
          f.access('v128.store', r * rowBytes);
        },
      });
      f.get(first)
        .i32(16 * step)
        .op('i32.add')
        .set(first);
    });
  };
  const transformRows = (): void => {
    f.get(out).set(rowOut).get(at.working).set(first);
    f.count(i, 0, down.length, 1, () => {
      const [start, read] = f.locals('i32', 2);
      f.get(rowOut).set(write).get(first).set(start);
      f.count(j, 0, columns.phases, 1, () => {
        f.get(start).set(read);
        f.count(k, 0, columns.tiles, 1, () => {
          linearMap(code, across, {
            load: (c) => f.get(read).access('v128.load', 16 * c * columns.element),
            store: (product, push) => {
              f.get(write);
              push();
              f.access('v128.store', product * productStep);
            },
          });
          f.get(read)
            .i32(16 * columns.tile)
            .op('i32.add')
            .set(read);
          f.get(write).i32(tileStep).op('i32.add').set(write);
        });
        f.get(start)
          .i32(16 * columns.phase)
          .op('i32.add')
          .set(start);
      });
      f.get(first).i32(rowBytes).op('i32.add').set(first);
      f.get(rowOut)
        .i32(across.length * productStep)
        .op('i32.add')
        .set(rowOut);
    });
  };
  // Channel by channel, so that what lies together in memory is read together.
  f.push(from).i32(groupStep).op('i32.mul').get(at.to).op('i32.add').set(groupOut);
  f.count(group, from, below, 1, () => {
    f.get(at.entry).set(entry).get(groupOut).set(out);
    f.count(strip, 0, { local: at.strips }, 1, () => {
      copy();
      if (down.length > 1) transformColumns();
      transformRows();
      f.get(entry).i32(at.entryStep).op('i32.add').set(entry);
      f.get(out)
        .i32(tileStep * columns.phases * columns.tiles)
        .op('i32.add')
        .set(out);
    });
    f.get(groupOut).i32(groupStep).op('i32.add').set(groupOut);
  });
}
