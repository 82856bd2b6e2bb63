import type { Campaign } from '../check/fuzz/campaign.ts';
import type { Job, JobResult } from './job.ts';
import { runJob } from './run-job.ts';

/** Does jobs, one at a time. */
export interface Lane {
  run(job: Job): Promise<JobResult>;
  close(): Promise<void>;
}

/** A lane without a thread of its own: for foreign libraries, which are loaded once, and for one thread. */
export function inThisThread(campaigns: readonly Campaign[], stopped: () => boolean): Lane {
  const byName = new Map(campaigns.map((campaign) => [campaign.name, campaign]));
  return {
    run: async (job) => {
      const result = await runJob(byName.get(job.campaign)!, job, stopped);
      // Lets signals and timers come through: cases of our own wait for nothing.
      await new Promise((resolve) => setImmediate(resolve));
      return result;
    },
    close: async () => {},
  };
}
