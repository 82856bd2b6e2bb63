import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { i32 } from '../../graph/type.ts';
import type { CodeKind, Codes } from '../../io/png/codes-from-png.ts';
import type { Rgb } from '../../io/png/raster.ts';

/**
 * Which code in a mask file is which class: class k is written as `codes[k]`. Stored with a run, so that prediction writes and
 * scores masks by the rule they were trained with.
 */
export interface ClassMap {
  readonly kind: CodeKind;
  readonly codes: readonly number[];
  /** The code of pixels that are no class: they neither train nor count in scores. */
  readonly ignore?: number | undefined;
  /** The palette of palette masks, for writing them again. */
  readonly palette?: readonly Rgb[];
}

/** What stands in a mask for pixels that are no class. */
export const ignoredClass = -1;

/** Grey masks of at most this many classes whose values are 0, 1, 2, … are read as class ids. */
const mostIds = 64;

/**
 * The rule for a whole set of masks:
 *
 * - palette masks: the class is the palette index, 0 to the highest that occurs;
 * - grey masks with all values below 64, at most twice as many as distinct ones (0, 1, 2, 4): the value is the class;
 * - other grey masks: the distinct values in ascending order are classes 0, 1, … (0 and 255 are 0 and 1);
 * - colour masks: the distinct colours in ascending order of 0xRRGGBB.
 *
 * The code to ignore, where given, is left out before.
 *
 * @throws CotangentError `data/mask-kind` when kinds are mixed, `data/mask-classes` when there are more than 256 classes or only one.
 */
export function inferClassMap(masks: readonly Codes[], ignore?: number): ClassMap {
  const first = masks[0]!;
  const seen = new Set<number>();
  for (const mask of masks) {
    refuseOtherKind(first.kind, first.path, mask);
    // A code seldom differs from its left neighbour's: skip those for speed.
    let last = -1;
    for (const code of mask.codes)
      if (code !== last) {
        last = code;
        seen.add(code);
      }
    if (seen.size > 256) refuseMany(mask);
  }
  if (ignore !== undefined) seen.delete(ignore);
  const distinct = [...seen].sort((a, b) => a - b);
  const highest = distinct.at(-1) ?? 0;
  const asIds =
    first.kind === 'palette' || (first.kind === 'grey' && highest < mostIds && highest < 2 * distinct.length);
  const codes = asIds ? Array.from({ length: highest + 1 }, (_, k) => k) : distinct;
  if (codes.length < 2)
    throw new CotangentError({
      code: 'data/mask-classes',
      summary: `all masks hold one value only${codes.length === 0 ? '' : `: ${showCode(first.kind, codes[0]!)}`}`,
      details: [`${masks.length} masks, the first is ${first.path}`],
      fix: 'give masks with at least two classes.',
    });
  return {
    kind: first.kind,
    codes,
    ...(ignore === undefined ? {} : { ignore }),
    ...(first.palette === undefined ? {} : { palette: first.palette }),
  };
}

/**
 * A mask as class ids, `i32[height, width]`; {@link ignoredClass} where the file holds the code to ignore.
 *
 * @throws CotangentError `data/mask-value` naming the file, the pixel and the values that are known.
 */
export function classesOf(map: ClassMap, mask: Codes): NdArray {
  refuseOtherKind(map.kind, 'the training set', mask);
  const classOf = new Map(map.codes.map((code, k) => [code, k]));
  if (map.ignore !== undefined) classOf.set(map.ignore, ignoredClass);
  const classes = array(i32(mask.height, mask.width));
  for (let i = 0; i < mask.codes.length; i++) {
    const k = classOf.get(mask.codes[i]!);
    if (k === undefined) refuseValue(map, mask, i);
    classes.data[i] = k;
  }
  return classes;
}

/** `class 1 (255)`: how classes of masks without names are called. */
export const classNamesOf = ({ kind, codes }: ClassMap): string[] =>
  codes.map((code, k) => (kind === 'palette' || code === k ? `class ${k}` : `class ${k} (${showCode(kind, code)})`));

const showCode = (kind: CodeKind, code: number): string =>
  kind === 'rgb' ? `#${code.toString(16).padStart(6, '0')}` : `${code}`;

function refuseValue(map: ClassMap, mask: Codes, at: number): never {
  const known = map.codes.map((code) => showCode(map.kind, code));
  throw new CotangentError({
    code: 'data/mask-value',
    summary: `${mask.path} holds a value that is no class: ${showCode(map.kind, mask.codes[at]!)}`,
    details: [
      `at row ${Math.floor(at / mask.width)}, column ${at % mask.width}`,
      `the ${known.length} classes are ${known.slice(0, 16).join(', ')}${known.length > 16 ? ', …' : ''}`,
    ],
    fix: 'correct the mask, or train with more classes.',
  });
}

function refuseOtherKind(kind: CodeKind, of: string, mask: Codes): void {
  if (mask.kind !== kind)
    throw new CotangentError({
      code: 'data/mask-kind',
      summary: `${mask.path} is a ${mask.kind} mask, ${of} has ${kind} masks`,
      fix: 'save all masks of a set in one form: palette, grey or RGB.',
    });
}

function refuseMany(mask: Codes): never {
  throw new CotangentError({
    code: 'data/mask-classes',
    summary: `the masks hold more than 256 different ${mask.kind === 'rgb' ? 'colours' : 'values'}`,
    details: [`counted up to ${mask.path}`],
    fix: 'save masks without anti-aliasing or lossy compression, one value per class.',
  });
}
