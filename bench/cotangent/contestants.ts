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
  return nodes.flatMap((node, k) =>
    backends.flatMap((backend) =>
      (backend === 'reference' ? [1] : threads).map((count): Contestant => {
        const name = backend === 'reference' ? backend : `${backend} ${count}t`;
        return {
          name: nodes.length === 1 ? name : `${name} node${k + 1}`,
          launch: { command: node, args: [script, '--backend', backend, '--threads', String(count)] },
          role: 'cotangent',
          excuse: (workload) =>
            backend === 'reference' && tooMuch.includes(workload) ? 'would take minutes' : undefined,
        };
      }),
    ),
  );
}
