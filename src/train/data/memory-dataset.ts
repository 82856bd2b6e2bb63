import { CotangentError } from '../../graph/error.ts';
import { showType } from '../../graph/type.ts';
import type { Dataset, Sample } from './dataset.ts';

/**
 * A data set of arrays that the caller has: images `f32|f64[channels, height, width]`, masks `i32[height, width]`.
 *
 * @throws CotangentError `data/empty`, `data/image-type`, `data/mask-type`, `data/size`, `data/not-finite` (NaN or infinity in an
 * image), `data/mask-value`; each names the sample and the place.
 */
export function memoryDataset(
  samples: readonly Sample[],
  { classes, name = 'memory', classNames }: { classes: number; name?: string; classNames?: readonly string[] },
): Dataset {
  if (samples.length === 0) refuse('data/empty', 'there are no samples', 'give at least one image and mask.');
  const channels = samples[0]!.image.shape[0]!;
  for (const sample of samples) checkSample(sample, channels, classes);
  return {
    name,
    channels: channels as 1 | 3,
    classes,
    classNames: classNames ?? Array.from({ length: classes }, (_, k) => `class ${k}`),
    classMap: { kind: 'grey', codes: Array.from({ length: classes }, (_, k) => k) },
    samples,
  };
}

function checkSample({ name, image, mask }: Sample, channels: number, classes: number): void {
  const who = `sample '${name}'`;
  const [, height, width] = image.shape;
  if (image.shape.length !== 3 || image.shape[0] !== channels || ![1, 3].includes(channels))
    refuse(
      'data/image-type',
      `${who} has an image ${showType(image)}`,
      'give [channels, height, width] with 1 or 3 channels, the same in all.',
    );
  if (mask.shape.length !== 2 || mask.dtype !== 'i32')
    refuse('data/mask-type', `${who} has a mask ${showType(mask)}`, 'give i32[height, width].');
  if (mask.shape[0] !== height || mask.shape[1] !== width)
    refuse(
      'data/size',
      `${who}: image ${showType(image)}, mask ${showType(mask)}`,
      'give both the same height and width.',
    );
  const bad = image.data.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    const pixel = bad % (width! * height!);
    const at = `channel ${Math.floor(bad / (width! * height!))}, row ${Math.floor(pixel / width!)}, column ${pixel % width!}`;
    refuse(
      'data/not-finite',
      `${who} has ${image.data[bad]} in its image, at ${at}`,
      'replace values that are not finite before training.',
    );
  }
  const wrong = mask.data.findIndex((k) => k < 0 || k >= classes);
  if (wrong >= 0)
    refuse(
      'data/mask-value',
      `${who} has class ${mask.data[wrong]} at row ${Math.floor(wrong / width!)}, column ${wrong % width!}; classes are 0 to ${classes - 1}`,
      'correct the mask, or give more classes.',
    );
}

function refuse(code: string, summary: string, fix: string): never {
  throw new CotangentError({ code, summary, fix });
}
