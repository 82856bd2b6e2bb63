import type { Picture } from '../../io/png/encode-png.ts';
import { sideBySide } from '../panels/side-by-side.ts';
import { stacked } from '../panels/stacked.ts';
import { tinted } from '../panels/tinted.ts';
import { type BatchPlan, drawWindow } from './batch.ts';
import { cutWindow } from './cut-window.ts';
import type { Sample } from './dataset.ts';

/** Windows per row, each with its mask beside it. */
const perRow = 4;

/** The first windows that training would see, each beside itself with its mask in colour. */
export function windowSheet(samples: readonly Sample[], plan: BatchPlan, count: number): Picture {
  const panels = Array.from({ length: count }, (_, k) => {
    const { sample, window } = drawWindow(samples, plan, 0, k);
    const { image, mask } = cutWindow(sample, window);
    return [tinted(image), tinted(image, mask)];
  });
  const rows = Array.from({ length: Math.ceil(count / perRow) }, (_, r) => panels.slice(r * perRow, (r + 1) * perRow));
  const size = { height: plan.crop, width: plan.crop, most: 192 };
  return stacked(rows.map((row) => sideBySide(row.flat(), size)));
}
