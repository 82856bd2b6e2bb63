import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder with its bytes in hexadecimal, for comparing before and after. */
export function folderContents(dir: string): { readonly [path: string]: string } {
  const files = readdirSync(dir, { withFileTypes: true, recursive: true }).filter((e) => e.isFile());
  return Object.fromEntries(
    files
      .map((e) => join(e.parentPath, e.name))
      .sort()
      .map((path) => [path, readFileSync(path).toString('hex')]),
  );
}
