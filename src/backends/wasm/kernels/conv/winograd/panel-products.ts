import type { Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';
import { multiplyAdd } from '../tile.ts';
import { even } from '../tile-shape.ts';
import type { Panels } from './correlation-weights.ts';

export interface PanelProducts {
  readonly products: number;
  readonly tiles: number;
  /** Rows of the panels that count. */
  readonly rows: number;
  /** Groups of four outputs. */
  readonly groups: number;
  readonly panels: Panels;
  /** Bytes of v[product, tiles, rows] from product to product and from tile to tile. */
  readonly vStep: number;
  readonly vRow: number;
  /** Bytes of m[product, groups, tiles, 4 outputs] from product to product. */
  readonly mStep: number;
}

/** Code for m[tiles, outputs] = v[tiles, rows] · panels[rows, outputs], for every product. */
export function multiplyPanels(
  code: KernelCode,
  t: PanelProducts,
  at: { readonly panels: number; readonly v: Local; readonly m: Local },
): void {
  const { f } = code;
  // Twelve sums, two vectors and a factor are all the registers that V8 has on x64; without fusing there is a product too.
  const height = even(t.tiles, code.features.relaxed ? 6 : 4);
  const sums = Array.from({ length: 2 * height }, () => f.local('v128'));
  const [product, panel, tile, x, w, wEnd, v, y, row, uProduct, u, mProduct, m] = f.locals('i32', 13);
  const across = (vectors: number): void => {
    const piece = (rows: number): void => {
      const used = sums.slice(0, rows * vectors);
      for (const sum of used) f.f32x4(0).set(sum);
      f.get(u)
        .set(x)
        .get(row)
        .tee(w)
        .i32(4 * t.rows)
        .op('i32.add')
        .set(wEnd);
      multiplyAdd(code, {
        dtype: 'f32',
        rows,
        vectors,
        x: Array.from({ length: vectors }, (_, i) => ({ pointer: x, offset: 16 * i })),
        w,
        wRow: t.vRow,
        splat: true,
        walk: { xStep: 32, wEnd: { local: wEnd } },
        sums: used,
      });
      for (const [k, sum] of used.entries())
        f.get(y)
          .get(sum)
          .access('v128.store', (k % vectors) * 16 * t.tiles + Math.floor(k / vectors) * 16);
      f.get(y)
        .i32(16 * rows)
        .op('i32.add')
        .set(y)
        .get(row)
        .i32(rows * t.vRow)
        .op('i32.add')
        .set(row);
    };
    f.get(v).set(row).get(m).set(y);
    f.count(tile, 0, Math.floor(t.tiles / height), 1, () => piece(height));
    if (t.tiles % height > 0) piece(t.tiles % height);
    f.get(u).i32(t.panels.panelStep).op('i32.add').set(u);
    f.get(m)
      .i32(vectors * 16 * t.tiles)
      .op('i32.add')
      .set(m);
  };
  f.i32(at.panels).set(uProduct).get(at.v).set(v).get(at.m).set(mProduct);
  f.count(product, 0, t.products, 1, () => {
    f.get(uProduct).set(u).get(mProduct).set(m);
    f.count(panel, 0, Math.floor(t.groups / 2), 1, () => across(2));
    if (t.groups % 2 > 0) across(1);
    f.get(uProduct).i32(t.panels.productStep).op('i32.add').set(uProduct);
    f.get(v).i32(t.vStep).op('i32.add').set(v);
    f.get(mProduct).i32(t.mStep).op('i32.add').set(mProduct);
  });
}
