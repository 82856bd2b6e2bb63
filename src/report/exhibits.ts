import type { Html } from './html.ts';
import { type Curve, linePlot } from './line-plot.ts';
import { type PagePicture, pictures } from './pictures.ts';
import { plots } from './plots.ts';
import { type Table, table } from './table.ts';

/** What was measured, in the forms that a page can show. */
export interface Exhibits {
  readonly tables?: readonly Table[];
  readonly curves?: readonly Curve[];
  readonly pictures?: readonly PagePicture[];
}

/** Tables, then plots, then pictures, as content of a section. */
export async function exhibits({ tables = [], curves = [], pictures: shown = [] }: Exhibits): Promise<readonly Html[]> {
  return [
    ...tables.map(table),
    ...(curves.length === 0 ? [] : [plots(await Promise.all(curves.map(linePlot)))]),
    ...(shown.length === 0 ? [] : [pictures(shown)]),
  ];
}
