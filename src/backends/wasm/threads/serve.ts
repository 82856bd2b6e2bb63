/** Words by which a pool and one of its workers find each other, by their index. */
export interface Bell {
  /** Counts up when there is something to do: what a sleeping worker watches. */
  readonly rung: number;
  /** The program to run, 0 for none. */
  readonly program: number;
  /** How many messages were sent. */
  readonly sent: number;
}

/** What a pool tells a worker. */
export type Message =
  | { readonly kind: 'begin'; readonly words: Int32Array; readonly bell: Bell }
  | { readonly kind: 'enlist'; readonly program: number; readonly share: Share }
  | { readonly kind: 'dismiss'; readonly program: number };

/** One thread's part in a program. */
interface Share {
  readonly module: object;
  readonly memory: { readonly buffer: ArrayBufferLike };
  readonly thread: number;
  readonly threads: number;
  /** Where the word `failed` lies in memory, in bytes. */
  readonly failedAt: number;
  /** Its only word counts the workers that are ready to run the program. */
  readonly ready: Int32Array;
}

interface Port {
  onmessage: ((event: { readonly data: Message }) => void) | null;
}

/** What a worker's global scope has and the configured type libraries lack. */
type Instantiate = new (
  module: object,
  imports: object,
) => { readonly exports: { readonly [name: string]: (thread: number, threads: number) => number } };

/**
 * The whole of a worker: runs its share of a program whenever it is told to, and sleeps otherwise. `foreign` are the
 * functions of JavaScript that programs import.
 *
 * Its text is what workers are started from, so nothing from outside may be named here but globals and types.
 */
export function serve(port: Port, Instance: Instantiate, foreign: object): void {
  const programs = new Map<number, () => void>();
  let received = 0;
  let words: Int32Array = new Int32Array(0);
  let bell: Bell = { rung: 0, program: 0, sent: 0 };

  const enlist = (program: number, { module, memory, thread, threads, failedAt, ready }: Share): void => {
    const failed = new Int32Array(memory.buffer, failedAt, 1);
    const fallback = (step: number): void => {
      Atomics.compareExchange(failed, 0, 0, step + 1);
      throw new Error('an operator refused its values');
    };
    const { run, meet } = new Instance(module, { env: { memory, fallback, ...foreign } }).exports;
    programs.set(program, () => {
      try {
        run!(thread, threads);
      } catch {
        // The others come to the next meeting, see the word and leave, too.
        Atomics.compareExchange(failed, 0, 0, -1);
        meet!(thread, threads);
      }
    });
    Atomics.add(ready, 0, 1);
  };

  /** Returns only to receive a message. */
  const attend = (): void => {
    for (;;) {
      const rung = Atomics.load(words, bell.rung);
      const program = Atomics.exchange(words, bell.program, 0);
      if (program !== 0) programs.get(program)?.();
      else if (Atomics.load(words, bell.sent) !== received) return;
      else {
        // Some 100 µs of looking: the next step may be near, and waking up takes about as long.
        for (let i = 0; i < 100_000 && Atomics.load(words, bell.rung) === rung; i++);
        Atomics.wait(words, bell.rung, rung);
      }
    }
  };

  port.onmessage = ({ data }) => {
    received += 1;
    if (data.kind === 'begin') [words, bell] = [data.words, data.bell];
    else if (data.kind === 'enlist') enlist(data.program, data.share);
    else programs.delete(data.program);
    attend();
  };
}
