import { CotangentError } from '../../graph/error.ts';

/** @throws CotangentError `optimizer/options`, always. */
export function refuseOption(optimizer: string, name: string, value: unknown, demand: string): never {
  throw new CotangentError({
    code: 'optimizer/options',
    summary: `${optimizer}: ${name} is ${value}`,
    fix: `give ${demand}.`,
  });
}
