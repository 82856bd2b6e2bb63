import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contestant } from '../contestant.ts';

/** What takes the reference backend minutes at full size. */
const tooMuch = ['W2', 'W3', 'W4', 'W5', 'W8', 'W11', 'W12-1024'];

interface Choice {
  /** Names of backends. */
  readonly backends: readonly string[];
  /** Numbers of threads, for backends that have any. */
  readonly threads: readonly number[];
  /** Programs that are Node. */
  readonly nodes: readonly string[];
}

/** Cotangent by each backend, number of threads and Node. */
export function cotangentContestants({ backends, threads, nodes }: Choice): readonly Contestant[] {
  const script = fileURLToPath(new URL('../.built/bench/cotangent/child.js', import.meta.url));
  return nodes.flatMap((node) => {
    const version = nodes.length === 1 ? '' : ` ${versionOf(node)}`;
    return backends.flatMap((backend) =>
      (backend === 'reference' ? [1] : threads).map((count): Contestant => {
        const name = backend === 'reference' ? backend : `${backend} ${count}t`;
        return {
          name: `${name}${version}`,
          family: `${backend}${version}`,
          ...(backend === 'reference' ? {} : { threads: count }),
          launch: { command: node, args: [script, '--backend', backend, '--threads', String(count)] },
          role: 'cotangent',
          excuse: (workload) =>
            backend === 'reference' && tooMuch.includes(workload) ? 'would take minutes' : undefined,
        };
      }),
    );
  });
}

/** `v24.9`; the program's path where it does not tell. */
function versionOf(node: string): string {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return stdout?.trim().split('.').slice(0, 2).join('.') || node;
}
