import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import { typed } from '../../ops/typed.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { checkedRates } from './checked-rates.ts';
import { convUnit } from './conv-unit.ts';
import { dilatedCoverage } from './dilated-coverage.ts';
import type { Kept } from './kept.ts';
import type { BlockNorm } from './normalisation.ts';

export interface HybridDilatedOptions {
  readonly in: number;
  readonly out: number;
  /** Dilations of the convolutions, one after the other; default [1, 2, 5]. */
  readonly rates?: readonly number[];
  /** Default 3. */
  readonly kernel?: number;
  readonly norm?: BlockNorm;
  /** What to do with rates that leave holes; default `'error'`. */
  readonly holes?: 'error' | 'allow';
  readonly dtype?: FloatDType;
}

/** What it does: [N, in, H, W] → [N, out, H, W]. */
export type HybridDilated<O extends HybridDilatedOptions> = Kept<O, O['in'], O['out']>;

/**
 * Dilated convolutions one after the other whose rates together leave no hole, each with ReLU (operators.md 58, the first
 * cure for gridding): parameters `stages.0`, ….
 *
 * @throws CotangentError `block/holes` for rates that leave inputs unread, with the nearest that do not; `block/rates`.
 */
export function hybridDilated<const O extends HybridDilatedOptions>(
  options: Known<O, HybridDilatedOptions>,
): Layer<HybridDilated<O>> {
  const {
    in: from,
    out,
    rates = [1, 2, 5],
    kernel = 3,
    norm = 'none',
    holes = 'error',
    dtype = 'f32',
  }: HybridDilatedOptions = options;
  const coverage = dilatedCoverage(kernel, checkedRates('hybridDilated', rates));
  if (coverage.holes > 0 && holes === 'error')
    throw new CotangentError({
      code: 'block/holes',
      summary: `hybridDilated: rates [${rates}] leave ${coverage.holes} of ${coverage.hits.length} inputs along an axis unread`,
      fix: `use rates [${coverage.dense}], or allow it by holes: 'allow'.`,
    });
  const stages = rates.map((dilation, k) => convUnit({ in: k === 0 ? from : out, out, kernel, dilation, norm, dtype }));
  return layer({ stages }, ({ stages }) =>
    typed<HybridDilated<O>>((x: Image) => stages.reduce((y, stage) => stage(y), x)),
  );
}
