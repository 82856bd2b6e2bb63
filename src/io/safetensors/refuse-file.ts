import { CotangentError } from '../../graph/error.ts';

/** Throws `safetensors/<code>` about a file. */
export function refuseFile(path: string, code: string, detail: string, fix: string): never {
  throw new CotangentError({
    code: `safetensors/${code}`,
    summary: `${path} is not a sound safetensors file`,
    details: [detail],
    fix,
  });
}
