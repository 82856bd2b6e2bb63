import { CotangentError } from '../graph/error.ts';

/**
 * fast-check is a peer dependency: everything of the command line that draws no cases works without it.
 *
 * @throws CotangentError `fuzz/fast-check` where it is not installed.
 */
export async function needFastCheck<M>(load: () => Promise<M>): Promise<M> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    if (!cause.message.includes('fast-check')) throw cause;
    throw new CotangentError(
      { code: 'fuzz/fast-check', summary: 'fast-check is not installed', fix: 'npm i -D fast-check' },
      { cause },
    );
  }
}
