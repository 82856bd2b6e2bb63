import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { CotangentError } from '../../graph/error.ts';

/**
 * A library that users install themselves, from where their project has it.
 *
 * @throws CotangentError `foreign/absent` where it is not installed.
 */
export async function loadModule(name: string, from: string | undefined): Promise<unknown> {
  const places = [from ?? `${process.cwd()}/`, import.meta.url];
  for (const place of places) {
    try {
      const path = createRequire(place).resolve(name);
      return await import(pathToFileURL(path).href);
    } catch (error) {
      if (!isAbsence(error, name)) throw error;
    }
  }
  throw new CotangentError({
    code: 'foreign/absent',
    summary: `${name} is not installed`,
    details: [`looked for from ${places[0]}`],
    fix: `npm i ${name}`,
  });
}

const isAbsence = (error: unknown, name: string): boolean =>
  error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND' && error.message.includes(name);
