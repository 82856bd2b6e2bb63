import type { Campaign } from '../check/fuzz/campaign.ts';
import { campaignsFor } from './campaigns-for.ts';
import { inThisThread, type Lane } from './in-this-thread.ts';
import type { Selection } from './selection.ts';
import { startThread } from './thread.ts';

/** What runs a selection’s campaigns. */
export interface Crew {
  readonly campaigns: readonly Campaign[];
  readonly lanes: readonly Lane[];
  /** Ends what is under way after the present case. */
  stop(): void;
  stopped(): boolean;
  close(): Promise<void>;
}

/** Makes the campaigns and starts the threads. A foreign library stays in this thread, whatever their number. */
export async function crewFor(selection: Selection, threads: number): Promise<Crew> {
  const campaigns = await campaignsFor(selection);
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const stopped = (): boolean => Atomics.load(flag, 0) !== 0;
  const alone = threads <= 1 || selection.target !== undefined;
  const lanes = alone
    ? [inThisThread(campaigns, stopped)]
    : await Promise.all(Array.from({ length: threads }, () => startThread(selection, flag)));
  return {
    campaigns,
    lanes,
    stop: () => void Atomics.store(flag, 0, 1),
    stopped,
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}
