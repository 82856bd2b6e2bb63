import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CotangentError } from '../../graph/error.ts';
import { reasonOf } from '../../io/read-bytes.ts';

/** An image file and its mask file. */
export interface PairFiles {
  readonly stem: string;
  readonly image: string;
  readonly mask: string;
}

const imageFolders = ['images', 'image', 'imgs', 'img'];
const maskFolders = ['masks', 'mask', 'labels', 'label', 'annotations'];

/**
 * The pairs of a folder: `DIR/images/NAME.png` with `DIR/masks/NAME.png`, sorted by name. The folders may also be called
 * image, imgs, img, and mask, labels, label, annotations.
 *
 * @throws CotangentError `data/folder`, `data/empty`, or `data/pair` naming what lacks its counterpart.
 */
export function pairFiles(dir: string): PairFiles[] {
  const folders = entriesOf(dir).filter((e) => !e.isFile());
  const images = findFolder(dir, folders, imageFolders);
  const masks = findFolder(dir, folders, maskFolders);
  return matchFiles(images, masks);
}

/** Pairs of two named folders, by equal stems. */
export function matchFiles(images: string, masks: string): PairFiles[] {
  const left = pngFiles(images);
  const right = new Map(pngFiles(masks).map((name) => [stemOf(name), name]));
  const lonely = left.filter((name) => !right.has(stemOf(name)));
  const stems = new Set(left.map(stemOf));
  const spare = [...right.values()].filter((name) => !stems.has(stemOf(name)));
  if (lonely.length + spare.length > 0)
    throw new CotangentError({
      code: 'data/pair',
      summary: `${lonely.length + spare.length} files have no counterpart`,
      details: [...listed('images without mask', images, lonely), ...listed('masks without image', masks, spare)],
      fix: `give ${images} and ${masks} files of the same names.`,
    });
  return left.map((name) => ({
    stem: stemOf(name),
    image: join(images, name),
    mask: join(masks, right.get(stemOf(name))!),
  }));
}

/**
 * Names of the PNG files in a folder, sorted by code unit so that order is the same everywhere.
 *
 * @throws CotangentError `data/folder`, or `data/empty` when there are none.
 */
export function pngFiles(folder: string): string[] {
  const names = entriesOf(folder)
    .filter((e) => !e.isDirectory() && /\.png$/i.test(e.name) && !e.name.startsWith('.'))
    .map((e) => e.name);
  if (names.length === 0)
    throw new CotangentError({
      code: 'data/empty',
      summary: `${folder} holds no PNG files`,
      fix: 'put images (*.png) there, or name another folder.',
    });
  return names.sort();
}

/** `a.b.PNG` → `a.b`. */
export const stemOf = (name: string): string => name.replace(/\.png$/i, '');

function findFolder(dir: string, folders: readonly Dirent[], names: readonly string[]): string {
  const found = names.find((name) => folders.some((e) => e.name === name));
  if (found === undefined)
    throw new CotangentError({
      code: 'data/folder',
      summary: `${dir} has no folder '${names[0]}'`,
      details: [`it has ${folders.map((e) => `${e.name}/`).join(', ') || 'no folders'}`],
      fix: `make ${dir}/images and ${dir}/masks with PNG files of the same names (also accepted: ${names.join(', ')}).`,
    });
  return join(dir, found);
}

function entriesOf(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (cause) {
    throw new CotangentError(
      {
        code: 'data/folder',
        summary: `cannot list ${dir}`,
        details: [reasonOf(cause)],
        fix: 'name an existing folder that you may read.',
      },
      { cause },
    );
  }
}

const listed = (what: string, folder: string, names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [`${what} in ${folder}: ${names.slice(0, 8).join(', ')}${names.length > 8 ? `, … (${names.length})` : ''}`];
