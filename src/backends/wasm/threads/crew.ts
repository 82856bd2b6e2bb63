import { CotangentError } from '../../../graph/error.ts';
import { lost } from './control.ts';
import type { Pace } from './pace.ts';
import { type Enlistment, pool, type SharedProgram } from './pool.ts';

/** What a program exports: one thread's run, where the threads meet, and every phase of every step by itself. */
export interface Exports {
  readonly [phase: `step${number}.${number}`]: (thread: number, threads: number) => void;
  run(thread: number, threads: number): number;
  meet(thread: number, threads: number): number;
}

interface Lease {
  enlistment: Enlistment | undefined;
}

const release = (lease: Lease): void => {
  if (lease.enlistment !== undefined) pool.dismiss(lease.enlistment);
  lease.enlistment = undefined;
};

/** Programs that nobody closed. */
const forgotten = new FinalizationRegistry<Lease>(release);

/** The threads of one program: this one and workers of the pool. */
export class Crew {
  readonly #program: SharedProgram;
  readonly #most: number;
  readonly #failed: Int32Array;
  readonly #lease: Lease;
  readonly #pace: Pace | undefined;
  #isLost = false;

  /** Calls for `threads - 1` workers; runs take place without them until they have come, and while `pace` finds that faster. */
  constructor(program: SharedProgram, threads: number, pace?: Pace) {
    this.#pace = pace;
    this.#program = program;
    this.#most = threads;
    this.#failed = new Int32Array(program.memory.buffer, program.failedAt, 1);
    this.#lease = { enlistment: pool.enlist(program, threads) };
    forgotten.register(this, this.#lease, this);
  }

  /** How many would run the program now. */
  get threads(): number {
    const { enlistment } = this.#lease;
    if (enlistment === undefined) return 1;
    if (pool.isOver(enlistment)) {
      this.#lease.enlistment = pool.enlist(this.#program, this.#most);
      return 1;
    }
    return pool.isReady(enlistment) ? this.#most : 1;
  }

  /**
   * Runs the program once, on all threads there are. Returns the word `failed` where another thread broke off.
   *
   * @throws CotangentError `run/thread-lost` when one ended in the middle: now and from then on.
   */
  run(program: Exports): number {
    if (this.#isLost) refuseLost();
    if (this.threads === 1) return program.run(0, 1);
    const together = this.#pace?.together ?? true;
    const from = performance.now();
    const failed = together ? this.#together(program) : program.run(0, 1);
    if (failed === lost) this.#giveUp();
    this.#pace?.note(together, performance.now() - from);
    return failed;
  }

  /** Lets the workers forget the program. */
  leave(): void {
    forgotten.unregister(this);
    release(this.#lease);
  }

  /** What the others would have written is missing, states may be half updated. */
  #giveUp(): never {
    this.#isLost = true;
    pool.abandon();
    refuseLost();
  }

  #together({ run, meet }: Exports): number {
    const threads = this.#most;
    Atomics.store(this.#failed, 0, 0);
    return pool.run(this.#lease.enlistment!, () => {
      try {
        return run(0, threads);
      } catch (error) {
        // The others come to the next meeting, see the word and leave, too.
        Atomics.compareExchange(this.#failed, 0, 0, -1);
        meet(0, threads);
        throw error;
      }
    });
  }
}

function refuseLost(): never {
  throw new CotangentError({
    code: 'run/thread-lost',
    summary: 'a thread ended in the middle of a run',
    details: ['parameters and states of this executable may be half updated'],
    fix: 'compile the graph again and write its parameters and states, e.g. from a checkpoint.',
  });
}
