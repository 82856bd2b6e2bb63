import { type Random, randomInteger } from '../random.ts';
import type { Augmentation } from './augment.ts';
import type { Sample } from './dataset.ts';
import { randomWindow, type Window } from './window.ts';

/** How many pixels each sample has of each class. */
type Census = readonly Int32Array[];

/**
 * A window around a pixel of a class: the class is drawn first, each that occurs in the samples alike, then a sample that has it, then one
 * of its pixels there, then where in the window that pixel lies. Classes that occur nowhere are never drawn.
 */
export function balancedWindow(
  samples: readonly Sample[],
  { crop, flip, turn }: Pick<Augmentation, 'flip' | 'turn'> & { readonly crop: number },
  draw: Random,
): { sample: Sample; window: Window } {
  const census = censusOf(samples);
  const present = Array.from({ length: census[0]!.length }, (_, k) => k).filter((k) => census.some((c) => c[k]! > 0));
  if (present.length === 0) {
    const sample = samples[randomInteger(draw, samples.length)]!;
    return { sample, window: randomWindow(draw, sample.mask.shape[0]!, sample.mask.shape[1]!, crop, { flip, turn }) };
  }
  const chosen = present[randomInteger(draw, present.length)]!;
  const having = samples.map((_, i) => i).filter((i) => census[i]![chosen]! > 0);
  const index = having[randomInteger(draw, having.length)]!;
  const sample = samples[index]!;
  const [height, width] = [sample.mask.shape[0]!, sample.mask.shape[1]!];
  const pixel = nthOf(sample.mask.data, chosen, randomInteger(draw, census[index]![chosen]!));
  const plain = randomWindow(draw, height, width, crop, { flip, turn });
  const around = (at: number, length: number, centred: number): number =>
    length <= crop ? centred : Math.min(length - crop, Math.max(0, at - randomInteger(draw, crop)));
  const top = around(Math.floor(pixel / width), height, plain.top);
  return { sample, window: { ...plain, top, left: around(pixel % width, width, plain.left) } };
}

const censuses = new WeakMap<readonly Sample[], Census>();

/** Counted once for a list of samples. */
function censusOf(samples: readonly Sample[]): Census {
  let census = censuses.get(samples);
  if (census === undefined) {
    let classes = 1;
    for (const { mask } of samples) for (const k of mask.data) if (k >= classes) classes = k + 1;
    census = samples.map(({ mask }) => {
      const counts = new Int32Array(classes);
      for (const k of mask.data) if (k >= 0) counts[k]! += 1;
      return counts;
    });
    censuses.set(samples, census);
  }
  return census;
}

/** Where `value` comes for the n-th time, from 0. */
function nthOf(data: ArrayLike<number>, value: number, n: number): number {
  let left = n;
  for (let i = 0; ; i++) if (data[i] === value && left-- === 0) return i;
}
