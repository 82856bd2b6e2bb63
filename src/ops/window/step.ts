import { fail } from '../../graph/error.ts';

/** Refuses anything but a whole number of at least 1. */
export function checkStep(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    fail('window/step', `${name} is ${String(value)}`, `make ${name} a whole number of at least 1.`);
}

/** Refuses anything but a whole number; paddings may be negative. */
export function checkWhole(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value))
    fail('window/whole', `${name} is ${String(value)}`, `make ${name} a whole number of elements.`);
}
