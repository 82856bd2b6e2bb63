import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { answerMark, type Greeting, type Memory, type Prepared, type Request, type Round } from './messages.ts';

/** How to start a framework's process. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: { readonly [name: string]: string };
}

/** The last words of a process that ended badly. */
const complaint = 2000;

/** A framework in a process of its own, asked one question at a time. */
export class Child {
  readonly versions: Greeting['versions'];
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #answers: AsyncIterator<string>;
  readonly #complaints: () => string;

  private constructor(
    process: ChildProcessByStdio<Writable, Readable, Readable>,
    answers: AsyncIterator<string>,
    complaints: () => string,
    { versions }: Greeting,
  ) {
    this.#process = process;
    this.#answers = answers;
    this.#complaints = complaints;
    this.versions = versions;
  }

  /** Starts it and waits until it is ready. @throws Error with its complaint where it does not come up. */
  static async start({ command, args, env = {} }: Launch): Promise<Child> {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-complaint);
    });
    // A process that is gone is noticed by its missing answer.
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      errors += error.message;
    });
    const answers = marked(child.stdout);
    const complaints = (): string => errors.trim();
    return new Child(child, answers, complaints, (await next(answers, complaints)) as Greeting);
  }

  /** Loads a workload, or says why not. */
  prepare(folder: string): Promise<Prepared> {
    return this.#ask({ ask: 'prepare', folder });
  }

  /** The times of as many runs as fit. */
  async round(milliseconds: number, least: number, most: number): Promise<readonly number[]> {
    return (await this.#ask<Round>({ ask: 'round', milliseconds, least, most })).times;
  }

  memory(): Promise<Memory> {
    return this.#ask({ ask: 'memory' });
  }

  /** Whether the process is gone, as after a crash. */
  get ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Lets the process end by itself. */
  close(): Promise<void> {
    if (this.ended) return Promise.resolve();
    const ended = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    this.#process.stdin.end();
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
    return ended.finally(() => clearTimeout(impatience));
  }

  async #ask<T extends object>(request: Request): Promise<T> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    return (await next(this.#answers, this.#complaints)) as T;
  }
}

async function* marked(stdout: Readable): AsyncGenerator<string> {
  for await (const line of createInterface({ input: stdout }))
    if (line.startsWith(answerMark)) yield line.slice(answerMark.length);
}

async function next(answers: AsyncIterator<string>, complaints: () => string): Promise<object> {
  const { done, value } = await answers.next();
  if (done) throw new Error(complaints() || 'the process ended without a word');
  const answer = JSON.parse(value) as { readonly error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}
