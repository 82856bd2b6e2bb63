import { CotangentError } from '../graph/error.ts';

/** fast-check is a peer dependency: everything else of the command line works without it. */
export async function loadFuzzer(): Promise<typeof import('../fuzzer/index.ts')> {
  try {
    return await import('../fuzzer/index.ts');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    if (!cause.message.includes('fast-check')) throw cause;
    throw new CotangentError(
      { code: 'fuzz/fast-check', summary: 'fast-check is not installed', fix: 'npm i -D fast-check' },
      { cause },
    );
  }
}
