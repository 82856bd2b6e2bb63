import { fail } from '../../graph/error.ts';

/**
 * Refuses, at run time, a position that is neither −1 nor inside; checked on every element, so kept small.
 *
 * @throws CotangentError `gather/position` naming the element of `at` and its value.
 */
export function checkPosition(position: number, size: number, element: number): void {
  if (position < -1 || position >= size) refuse(position, size, element);
}

const refuse = (position: number, size: number, element: number): never =>
  fail(
    'gather/position',
    `at holds ${position} (its element ${element}, flat), but there are only ${size} positions`,
    `use positions from 0 to ${size - 1}, or −1 for none.`,
  );
