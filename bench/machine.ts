import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the numbers belong to. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly platform: string;
  /** Programs that ran on average in the last minute, before the bench began. */
  readonly load: number;
}

export const machine = (): Machine => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  platform: `${process.platform} ${process.arch}`,
  load: loadavg()[0]!,
});
