import { InvalidArgumentError } from 'commander';

const units: { readonly [unit: string]: number } = { '': 1, s: 1, m: 60, min: 60, h: 3600 };

/** Reads `90`, `90s`, `10m`, `1.5h` as seconds, or refuses the command line. */
export function duration(text: string): number {
  const parts = /^(\d+(?:\.\d+)?)(s|m|min|h|)$/.exec(text.trim());
  const seconds = parts === null ? 0 : Number(parts[1]) * units[parts[2]!]!;
  if (!(seconds > 0)) throw new InvalidArgumentError('Give a time such as 45s, 10m or 1h.');
  return seconds;
}
