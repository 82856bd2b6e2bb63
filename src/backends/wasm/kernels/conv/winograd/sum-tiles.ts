import type { Bound, Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';
import { split } from '../../split.ts';
import { type PlacedWork, slots } from './gradient-places.ts';
import { entryBytes } from './gradient-work.ts';
import { transformStrips } from './strip-transform.ts';
import { multiplyTiles } from './tile-products.ts';

/** Addresses of the operands, the kernel's table and scratch memory. */
interface Addresses {
  readonly x: number;
  readonly w: number;
  readonly table: number;
  readonly scratch: number;
}

/** Code for the sums of every part, block by block: strips through the transforms, then the products. */
export function sumTiles(code: KernelCode, work: PlacedWork, at: Addresses): void {
  const { f, thread } = code;
  const [part, buffer] = f.locals('i32', 2);
  if (work.parts > 1) {
    const mine = split(code, work.parts);
    f.get(mine.from).set(buffer);
    f.count(part, { local: mine.from }, { local: mine.below }, 1, () =>
      sumPart(code, work, at, { part, buffer, range: { from: 0, below: work.wGroups } }),
    );
    return;
  }
  const threads = f.local('i32');
  f.get(code.threads).i32(slots).get(code.threads).i32(slots).op('i32.lt_s').op('select').set(threads);
  f.get(thread)
    .i32(slots)
    .op('i32.lt_s')
    .when(() => {
      const { from, below } = split({ ...code, threads }, work.wGroups);
      f.get(from)
        .get(below)
        .op('i32.lt_s')
        .when(() =>
          sumPart(code, work, at, { part, buffer: thread, range: { from: { local: from }, below: { local: below } } }),
        );
    });
}

/** One part, for some groups of outputs. */
function sumPart(
  code: KernelCode,
  work: PlacedWork,
  at: Addresses,
  {
    part,
    buffer,
    range,
  }: { readonly part: Local; readonly buffer: Local; readonly range: { readonly from: Bound; readonly below: Bound } },
): void {
  const { f } = code;
  const [strip, x, w, sums, from, below, first, strips, entry, tiles, fresh] = f.locals('i32', 11);
  const times = (index: Local, step: number, base: number, into: Local): void => {
    f.get(index).i32(step).op('i32.mul').i32(base).op('i32.add').set(into);
  };
  times(buffer, work.buffer, at.scratch + work.buffers, strip);
  f.get(strip).i32(work.xAt).op('i32.add').set(x).get(strip).i32(work.wAt).op('i32.add').set(w);
  times(part, work.partStep, at.scratch + work.sums, sums);
  f.get(part).i32(work.strips).op('i32.mul').i32(work.parts).op('i32.div_u').set(from);
  f.get(part).i32(1).op('i32.add').i32(work.strips).op('i32.mul').i32(work.parts).op('i32.div_u').set(below);
  f.i32(1).set(fresh);
  f.count(first, { local: from }, { local: below }, work.block, () => {
    f.get(below).get(first).op('i32.sub').tee(strips).i32(work.block);
    f.get(strips).i32(work.block).op('i32.lt_s').op('select').set(strips);
    times(first, entryBytes, at.table + work.tableAt, entry);
    const steps = { groupStep: work.groupStep, tileStep: 16 };
    const here = { entry, entryStep: entryBytes, strips, working: strip };
    transformStrips(
      code,
      { ...work.x, ...steps, operand: at.x, place: 0, groups: work.xGroups, productStep: work.xStep },
      { ...here, to: x },
    );
    transformStrips(
      code,
      { ...work.w, ...steps, operand: at.w, place: entryBytes / 2, groups: work.wGroups, productStep: work.wStep },
      { ...here, to: w, range },
    );
    f.get(strips).i32(work.tiles).op('i32.mul').set(tiles);
    multiplyTiles(code, work, { x, w, sums, tiles, range, fresh });
    f.i32(0).set(fresh);
  });
}
