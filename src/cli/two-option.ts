import { InvalidArgumentError } from 'commander';

/** Reads a whole number of at least `least` for rows and columns alike, or two: `3`, `3,2` or `3x2`; or refuses the command line. */
export const two =
  (least: number) =>
  (text: string): number | readonly [rows: number, columns: number] => {
    const parts = text.split(/[,x×]/);
    const [rows = 0, columns] = parts.map(Number);
    const fits = parts.every((part) => /^\d+$/.test(part)) && parts.length <= 2;
    if (!fits || rows < least || (columns !== undefined && columns < least))
      throw new InvalidArgumentError(`Give a whole number of at least ${least}, or rows and columns: 3,2.`);
    return columns === undefined ? rows : [rows, columns];
  };
