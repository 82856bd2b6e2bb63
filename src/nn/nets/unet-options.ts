import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';

/** What a U-Net is made of; plain JSON. */
export interface UNetOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first stage, doubled from level to level; default 16. */
  readonly width?: number;
  /** How often the images are halved; default 3. */
  readonly depth?: number;
  /** How a level's features join what comes up from below; default `concat`. */
  readonly skip?: 'concat' | 'sum';
  /**
   * What happens where they differ in size, because halving an odd size loses a pixel: refuse (`error`, the default), cut
   * the larger one at its high end (`crop`, the scores are then smaller than the images), or fill up the smaller one
   * with zeros there (`pad`).
   */
  readonly fit?: 'error' | 'crop' | 'pad';
  /**
   * How features are enlarged: by a transposed convolution (the default), resized (`nearest`, `linear`) and then convolved,
   * or convolved to four times the channels that are then shuffled into place (`sub-pixel`).
   */
  readonly up?: 'transposed' | 'nearest' | 'linear' | 'sub-pixel';
  /**
   * Normalisation before each ReLU: none (the default), or of groups of channels. Batch normalisation is not among
   * them, since in prediction it needs statistics that are not parameters.
   */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const schema = v.strictObject({
  inChannels: count,
  classes: count,
  width: v.optional(count, 16),
  depth: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(16)), 3),
  skip: v.optional(v.picklist(['concat', 'sum']), 'concat'),
  fit: v.optional(v.picklist(['error', 'crop', 'pad']), 'error'),
  up: v.optional(v.picklist(['transposed', 'nearest', 'linear', 'sub-pixel']), 'transposed'),
  norm: v.optional(v.picklist(['none', 'group']), 'none'),
  dtype: v.optional(v.picklist(['f32', 'f64']), 'f32'),
});

/**
 * The options written out, defaults filled in.
 *
 * @throws CotangentError `unet/options` for unknown names and values that make no net.
 */
export function unetOptions(options: UNetOptions): Required<UNetOptions> {
  const result = v.safeParse(schema, options);
  if (result.success) return result.output;
  throw new CotangentError({
    code: 'unet/options',
    summary: `${result.issues.length === 1 ? 'an option does' : 'some options do'} not make a U-Net`,
    details: result.issues.map((issue) => `${v.getDotPath(issue) ?? 'options'}: ${issue.message}`),
    fix: "give whole channels, classes and width from 1, depth from 0 to 16, and skip 'concat' or 'sum', fit 'error', 'crop' or 'pad', up 'transposed', 'nearest', 'linear' or 'sub-pixel', norm 'none' or 'group', dtype 'f32' or 'f64'.",
  });
}
