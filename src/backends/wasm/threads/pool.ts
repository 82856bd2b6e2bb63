import type { WebAssemblyMemory } from '../web-assembly.ts';
import type { Bell, Message } from './serve.ts';
import { spawn, type WorkerHandle } from './spawn.ts';

/** A program that threads can share: compiled, with its memory. */
export interface SharedProgram {
  readonly module: object;
  readonly memory: WebAssemblyMemory;
  /** Where the word `failed` lies, in bytes. */
  readonly failedAt: number;
}

/** A program's place in the pool. */
export interface Enlistment {
  readonly program: number;
  readonly bytes: number;
  readonly workers: readonly Hired[];
  readonly ready: Int32Array;
}

interface Hired {
  readonly handle: WorkerHandle;
  readonly words: Int32Array;
}

const bell: Bell = { rung: 0, program: 1, sent: 2 };

/** How long workers outlive the last program, in ms: one more may follow, and starting a worker takes 10 to 30 ms. */
const lingering = 1000;

/** Workers let go of a dismissed program's memory when their own garbage is next collected, which may take long. */
const litterLimit = { programs: 64, bytes: 2 ** 27 };

/** Worker threads that serve all programs of this thread. They sleep while nothing runs and never keep a process alive. */
class Pool {
  #workers: Hired[] = [];
  #programs = 0;
  #open = 0;
  #litter = { programs: 0, bytes: 0 };
  #busy = false;
  #ending: ReturnType<typeof setTimeout> | undefined;

  /** Makes workers ready for a program on `threads` threads, this one among them; returns before they are. */
  enlist({ module, memory, failedAt }: SharedProgram, threads: number): Enlistment | undefined {
    clearTimeout(this.#ending);
    while (this.#workers.length < threads - 1) {
      const handle = spawn(() => this.#lose(handle));
      if (handle === undefined) return undefined;
      const hired: Hired = { handle, words: new Int32Array(new SharedArrayBuffer(64)) };
      this.#workers.push(hired);
      send(hired, { kind: 'begin', words: hired.words, bell });
    }
    this.#programs += 1;
    this.#open += 1;
    const workers = this.#workers.slice(0, threads - 1);
    const ready = new Int32Array(new SharedArrayBuffer(4));
    for (const [i, worker] of workers.entries())
      send(worker, {
        kind: 'enlist',
        program: this.#programs,
        share: { module, memory, thread: i + 1, threads, failedAt, ready },
      });
    return { program: this.#programs, bytes: memory.buffer.byteLength, workers, ready };
  }

  /** Whether the workers of this program were let go since. */
  isOver({ workers }: Enlistment): boolean {
    return workers.some((worker) => !this.#workers.includes(worker));
  }

  /** Whether all could begin now; not inside another run, whose workers wait for this very thread. */
  isReady({ ready, workers }: Enlistment): boolean {
    return !this.#busy && Atomics.load(ready, 0) === workers.length;
  }

  /** Has the workers run their shares while `first` runs the share of this thread. */
  run<T>({ program, workers }: Enlistment, first: () => T): T {
    this.#busy = true;
    for (const { words } of workers) {
      Atomics.store(words, bell.program, program);
      ring(words);
    }
    try {
      return first();
    } finally {
      this.#busy = false;
    }
  }

  /** Forgets a program; the last one's end ends the workers. */
  dismiss(enlistment: Enlistment): void {
    if (this.isOver(enlistment)) return;
    const { program, bytes, workers } = enlistment;
    for (const worker of workers) send(worker, { kind: 'dismiss', program });
    this.#open -= 1;
    this.#litter = { programs: this.#litter.programs + 1, bytes: this.#litter.bytes + bytes };
    const full = this.#litter.programs > litterLimit.programs || this.#litter.bytes > litterLimit.bytes;
    if (full && !this.#busy) this.#end();
    else if (this.#open === 0) {
      this.#ending = setTimeout(() => this.#end(), lingering);
      this.#ending.unref?.();
    }
  }

  /** Ends all workers, since one of them did not come to a meeting: others may wait for it. */
  abandon(): void {
    this.#end();
  }

  /** A thread that ended by itself, or was ended: the others serve nothing without it. */
  #lose(handle: WorkerHandle | undefined): void {
    if (this.#workers.some((worker) => worker.handle === handle)) this.#end();
  }

  /** Programs that are still open enlist again when they run next. */
  #end(): void {
    clearTimeout(this.#ending);
    for (const { handle } of this.#workers) handle.terminate();
    this.#workers = [];
    this.#open = 0;
    this.#litter = { programs: 0, bytes: 0 };
  }
}

function send({ handle, words }: Hired, message: Message): void {
  // Counted first: a worker that waits for a message must not count one that it has already received.
  Atomics.add(words, bell.sent, 1);
  handle.postMessage(message);
  ring(words);
}

function ring(words: Int32Array): void {
  Atomics.add(words, bell.rung, 1);
  Atomics.notify(words, bell.rung);
}

/** One pool for all programs: workers cost 10 to 30 ms each to start. */
export const pool: Pool = new Pool();
