import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CotangentError } from '../graph/error.ts';

type Exports = { readonly [name: string]: unknown };

/**
 * Imports a user's file: JavaScript as it is, TypeScript where Node reads it itself (22.18 and later), or by tsx or esbuild
 * where they are installed beside the file.
 *
 * @throws CotangentError `module/file` where there is none, it cannot be read, or it throws.
 */
export async function loadModule(path: string): Promise<Exports> {
  const file = resolve(path);
  if (!existsSync(file)) refuse(`there is no file ${path}`, 'give the path of a file that there is.');
  try {
    return await importFile(file);
  } catch (error) {
    if (error instanceof CotangentError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return refuse(`${path} cannot be imported: ${message.split('\n')[0]}`, 'mend the file: node has to run it.', error);
  }
}

async function importFile(file: string): Promise<Exports> {
  try {
    return (await import(pathToFileURL(file).href)) as Exports;
  } catch (error) {
    if (!needsTranslation(error)) throw error;
  }
  const installed = createRequire(file);
  const tsx = resolveIn(installed, 'tsx/package.json');
  if (tsx !== undefined) {
    const { register } = (await import(tsxRegister(tsx))) as { register(): void };
    register();
    // Under its first name the failure of before would be remembered.
    return (await import(`${pathToFileURL(file).href}?translated`)) as Exports;
  }
  const esbuild = resolveIn(installed, 'esbuild');
  if (esbuild !== undefined) return importBundled(file, esbuild);
  return refuse(
    `${basename(file)} is TypeScript, which Node ${process.versions.node} does not read`,
    'use Node 22.18 or later, install tsx (npm install --save-dev tsx), or give a .js file.',
  );
}

/** Where tsx keeps `tsx/esm/api` for import: `require.resolve` would find the one for require. */
function tsxRegister(packageJson: string): string {
  const { exports } = JSON.parse(readFileSync(packageJson, 'utf8')) as {
    readonly exports: { readonly './esm/api': { readonly import: { readonly default: string } } };
  };
  return pathToFileURL(join(dirname(packageJson), exports['./esm/api'].import.default)).href;
}

/** All of the file's own modules in one, beside it, so that packages are found where it would find them. */
async function importBundled(file: string, esbuild: string): Promise<Exports> {
  const { build } = (await import(pathToFileURL(esbuild).href)) as { build(options: object): Promise<unknown> };
  const outfile = join(dirname(file), `.${basename(file)}.${randomUUID()}.mjs`);
  writeFileSync(outfile, '');
  try {
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
    });
    return (await import(pathToFileURL(outfile).href)) as Exports;
  } finally {
    rmSync(outfile, { force: true });
  }
}

/** Node refuses `.ts` by its extension, or types by syntax where they are only stripped from some files. */
const needsTranslation = (error: unknown): boolean =>
  ['ERR_UNKNOWN_FILE_EXTENSION', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'].includes(
    (error as { readonly code?: string } | null)?.code ?? '',
  );

function resolveIn(installed: NodeJS.Require, name: string): string | undefined {
  try {
    return installed.resolve(name);
  } catch {
    return undefined;
  }
}

function refuse(summary: string, fix: string, cause?: unknown): never {
  throw new CotangentError({ code: 'module/file', summary, fix }, { cause });
}
