import { InvalidArgumentError } from 'commander';
import { mostThreads } from '../backends/wasm/threads/control.ts';

/** Reads a whole number of at least `least`, or refuses the command line. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`Give a whole number of at least ${least}.`);
    return value;
  };

/** Reads a number above zero, or refuses the command line. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Give a number above 0.');
  return value;
}

/** Reads a code of masks: a whole number, or `#rrggbb`. */
export function maskCode(text: string): number {
  const colour = /^#([0-9a-f]{6})$/i.exec(text);
  if (colour !== null) return Number.parseInt(colour[1]!, 16);
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Give a grey value, a palette index or #rrggbb.');
  return Number(text);
}

/** Reads `auto` or a number of threads, or refuses the command line. */
export function threads(text: string): 'auto' | number {
  const value = Number(text);
  if (text === 'auto') return text;
  if (!/^\d+$/.test(text) || value < 1 || value > mostThreads)
    throw new InvalidArgumentError(`Give 'auto' or a whole number from 1 to ${mostThreads}.`);
  return value;
}

/** Reads `none`, `balanced` or a number per class, or refuses the command line. */
export function classWeights(text: string): 'none' | 'balanced' | number[] {
  if (text === 'none' || text === 'balanced') return text;
  const weights = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (weights.length < 2 || !weights.every((weight) => Number.isFinite(weight) && weight > 0))
    throw new InvalidArgumentError("Give 'none', 'balanced' or a number above 0 per class, with commas.");
  return weights;
}
