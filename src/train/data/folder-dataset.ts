import { CotangentError } from '../../graph/error.ts';
import { type Codes, codesFromPng } from '../../io/png/codes-from-png.ts';
import { imageFromPng, naturalChannels } from '../../io/png/image-from-png.ts';
import { readPng } from '../../io/png/read-png.ts';
import { type ClassMap, classesOf, classNamesOf, inferClassMap } from './class-map.ts';
import type { Dataset } from './dataset.ts';
import { type PairFiles, pairFiles } from './pair-files.ts';

/** What is settled about a set before it is read, most often by a run that was trained before. */
export interface Prescribed {
  readonly channels?: 1 | 3 | undefined;
  readonly classMap?: ClassMap | undefined;
  /** The code in masks that is no class; used where no class map is prescribed. */
  readonly ignore?: number | undefined;
}

/**
 * The image/mask pairs of `DIR/images` and `DIR/masks`, read whole. Images are RGB if one of them is, else grey;
 * classes by {@link inferClassMap}, unless prescribed.
 *
 * @throws CotangentError `data/folder`, `data/empty`, `data/pair`, `data/size`, `data/mask-kind`, `data/mask-value`,
 * `data/mask-classes`, `png/…`, `io/read`; each names the file.
 */
export function folderDataset(dir: string, prescribed: Prescribed = {}): Dataset {
  const pairs = pairFiles(dir).map((file) => {
    const raster = readPng(file.image);
    const codes = codesFromPng(readPng(file.mask));
    refuseSize(file, raster, codes);
    return { ...file, raster, codes };
  });
  const channels =
    prescribed.channels ?? (pairs.some(({ raster }) => naturalChannels(raster) === 3) ? (3 as const) : (1 as const));
  const classMap =
    prescribed.classMap ??
    inferClassMap(
      pairs.map(({ codes }) => codes),
      prescribed.ignore,
    );
  return {
    name: dir,
    channels,
    classes: classMap.codes.length,
    classNames: classNamesOf(classMap),
    classMap,
    samples: pairs.map(({ stem, raster, codes }) => ({
      name: stem,
      image: imageFromPng(raster, channels),
      mask: classesOf(classMap, codes),
    })),
  };
}

function refuseSize(file: PairFiles, image: { width: number; height: number }, mask: Codes): void {
  if (image.width === mask.width && image.height === mask.height) return;
  throw new CotangentError({
    code: 'data/size',
    summary: 'an image and its mask differ in size',
    details: [
      `${file.image} is ${image.width}×${image.height} pixels`,
      `${file.mask} is ${mask.width}×${mask.height} pixels`,
    ],
    fix: 'give both the same width and height.',
  });
}
