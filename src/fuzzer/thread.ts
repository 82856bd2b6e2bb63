import { converse } from '../io/converse.ts';
import { failureId } from './failure-id.ts';
import type { Lane } from './in-this-thread.ts';
import type { Job, JobResult } from './job.ts';
import type { Selection } from './selection.ts';

/**
 * A lane in a thread of its own, ready when returned. `flag[0]` other than 0 tells it to stop. A job that ends its thread
 * is refuted, and the next one gets a new thread.
 */
export async function startThread(selection: Selection, flag: Int32Array): Promise<Lane> {
  const start = () => converse<Job, JobResult>(new URL('./fuzz-worker.ts', import.meta.url), { selection, flag });
  let thread = await start();
  return {
    run: async (job) => {
      const began = performance.now();
      try {
        return await thread.ask(job);
      } catch (error) {
        thread = await start();
        return fallen(job, error as Error, (performance.now() - began) / 1000);
      }
    },
    close: () => thread.close(),
  };
}

/** What is known of a job whose thread is gone: which case it was is not. */
const fallen = ({ campaign, seed, path = '0' }: Job, error: Error, seconds: number): JobResult => ({
  campaign,
  cases: 1,
  compared: 0,
  counts: { proved: 0, refuted: 1, inconclusive: 0, missing: 0 },
  covers: {},
  seconds,
  found: [
    {
      id: failureId(campaign, seed, path),
      campaign,
      verdict: 'refuted',
      seed,
      path,
      place: 'a thread ended',
      case: `one of the cases with seed ${seed}`,
      summary: `a case ends its thread: ${error.message}`,
      details: (error.stack ?? '').split('\n').slice(1, 6),
      snippets: [],
    },
  ],
});
