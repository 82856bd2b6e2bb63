import { Random } from '../check/random.ts';
import type { Job } from './job.ts';
import type { CampaignTally } from './tally.ts';

/** How long to go on. */
export interface Limits {
  /** Everything drawn follows from it. */
  readonly seed: number;
  /** So many cases of every campaign; any number unless given. */
  readonly runs?: number;
}

/** A campaign that is refuted at known places so often gets no more cases. */
const oftenEnough = 3;

/** Chunks grow to this size. */
const largestChunk = 64;

/**
 * Hands out jobs, round robin: kinds of campaigns get equal time, and so do the campaigns of a kind. Seeds of chunks follow
 * from the session’s seed, the campaign’s name and the chunk’s number, whatever else is run.
 */
export class Plan {
  readonly #tallies: readonly CampaignTally[];
  readonly #limits: Limits;
  readonly #chunks = new Map<string, { count: number; underWay: number }>();
  readonly #shares: ReadonlyMap<string, number>;

  constructor(tallies: readonly CampaignTally[], limits: Limits) {
    this.#tallies = tallies;
    this.#limits = limits;
    const shares = new Map<string, number>();
    for (const { name, kind } of tallies) {
      shares.set(kind, (shares.get(kind) ?? 0) + 1);
      this.#chunks.set(name, { count: 0, underWay: 0 });
    }
    this.#shares = shares;
  }

  /** The next job; undefined when all is done or under way. */
  next(): Job | undefined {
    let chosen: CampaignTally | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const tally of this.#tallies) {
      if (!this.#isOpen(tally)) continue;
      const ahead = this.#spent(tally);
      if (ahead < least) [chosen, least] = [tally, ahead];
    }
    return chosen && this.#jobOf(chosen);
  }

  /** To be called with every job that has ended. */
  ended({ campaign, runs }: Job): void {
    this.#chunks.get(campaign)!.underWay -= runs;
  }

  #isOpen({ name, cases, again }: CampaignTally): boolean {
    const { underWay } = this.#chunks.get(name)!;
    const { runs = Number.POSITIVE_INFINITY } = this.#limits;
    return cases + underWay < runs && again < oftenEnough;
  }

  /** What is under way counts as it were long, so that every campaign is begun before any is gone on with. */
  #spent({ name, kind, seconds }: CampaignTally): number {
    const { count, underWay } = this.#chunks.get(name)!;
    const begun = count === 0 ? -1 : 0;
    return begun + (seconds + (underWay > 0 ? 1 : 0)) * this.#shares.get(kind)!;
  }

  #jobOf({ name, cases, found }: CampaignTally): Job {
    const chunk = this.#chunks.get(name)!;
    const { seed, runs: most = Number.POSITIVE_INFINITY } = this.#limits;
    const runs = Math.min(largestChunk, 4 << Math.min(chunk.count, 4), most - cases - chunk.underWay);
    const random = new Random(seed, name);
    const job: Job = {
      campaign: name,
      seed: random.integer(chunk.count, 0, 2 ** 31 - 1),
      runs,
      wanted: (['missing', 'inconclusive'] as const).filter((verdict) => !found.some((one) => one.verdict === verdict)),
      seconds: Number.isFinite(most) ? 10 : 1,
    };
    chunk.count++;
    chunk.underWay += runs;
    return job;
  }
}
