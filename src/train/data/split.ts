import { CotangentError } from '../../graph/error.ts';
import { random, randomOrder } from '../random.ts';
import type { Dataset, Sample } from './dataset.ts';

/** Which samples train and which are held back. */
export interface Split {
  readonly training: readonly Sample[];
  readonly validation: readonly Sample[];
}

/**
 * Holds samples back. `val` is a fraction below 1 (`0.2`), a number of samples (`4`), or names with commas (`18,19,20,21`; a name
 * that is written like a sample's is a name, not a number). Fractions and numbers draw by the seed.
 * A single sample, whatever `val`, is trained on and validated on.
 *
 * @throws CotangentError `data/val` when a name is unknown or nothing would be left to train or to validate.
 */
export function split({ samples, name }: Pick<Dataset, 'samples' | 'name'>, val: string, seed: number): Split {
  if (samples.length === 1) return { training: samples, validation: samples };
  const held = new Set(heldBack(samples, val, seed));
  const training = samples.filter((s) => !held.has(s.name));
  const validation = samples.filter((s) => held.has(s.name));
  if (training.length === 0 || validation.length === 0)
    refuse(
      `--val ${val} leaves ${training.length} of ${samples.length} samples of ${name} to train and ${validation.length} to validate`,
      `hold back between 1 and ${Math.max(1, samples.length - 1)} samples.`,
    );
  return { training, validation };
}

function heldBack(samples: readonly Sample[], val: string, seed: number): string[] {
  const known = new Set(samples.map((s) => s.name));
  const names = val.split(',').map((part) => part.trim().replace(/\.png$/i, ''));
  if (names.length > 1 || known.has(names[0]!)) {
    const unknown = names.filter((n) => !known.has(n));
    if (unknown.length > 0)
      refuse(
        `there are no samples called ${unknown.join(', ')}`,
        `use names like ${[...known].slice(0, 4).join(', ')}.`,
      );
    return names;
  }
  const amount = Number(val);
  if (val.trim() === '' || !Number.isFinite(amount) || amount <= 0 || (amount >= 1 && !Number.isInteger(amount)))
    refuse(`--val ${val} is no fraction, number or list of names`, 'write 0.2, 4, or names with commas.');
  const count = amount < 1 ? Math.max(1, Math.round(amount * samples.length)) : amount;
  const order = randomOrder(random(seed, 'validation'), samples.length);
  return order.slice(0, count).map((i) => samples[i]!.name);
}

function refuse(summary: string, fix: string): never {
  throw new CotangentError({ code: 'data/val', summary, fix });
}
