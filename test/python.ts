import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Python that can `import torch`: `$PYTHON` or any python3 on the path. Undefined where there is none. */
export function pythonWithTorch(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'python3'));
  const candidates = [process.env.PYTHON, ...onPath].filter((path) => path !== undefined && existsSync(path));
  return candidates.find((path) => spawnSync(path!, ['-c', 'import torch'], { timeout: 60_000 }).status === 0);
}
