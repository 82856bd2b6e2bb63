import { Worker } from 'node:worker_threads';

/** A thread that is asked one thing after another. */
export interface Conversation<Question, Answer> {
  /** Rejects where the thread has ended. */
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * Starts a program in a thread of its own, ready when returned: it posts once to say so, then an answer each. The program is named by
 * its source, `new URL('./….ts', import.meta.url)` in a file of the same folder: in a package, all programs lie in one.
 */
export async function converse<Question, Answer>(
  program: URL,
  workerData: object,
): Promise<Conversation<Question, Answer>> {
  const worker = start(program, workerData);
  let settle: { resolve(message: unknown): void; reject(error: Error): void } | undefined;
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
  const ready = next();
  worker.on('message', (message) => settle?.resolve(message));
  worker.on('error', (error) => settle?.reject(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => settle?.reject(new Error(`the thread ended with ${code}`)));
  await ready;
  return {
    ask: (question) => {
      const answer = next();
      worker.postMessage(question);
      return answer as Promise<Answer>;
    },
    close: async () => {
      settle = undefined;
      await worker.terminate();
    },
  };
}

/** In a package the program is JavaScript beside this one; in a checkout it is TypeScript, and threads do not inherit tsx. */
function start({ href }: URL, workerData: object): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(href.replace(/\.ts$/, '.js')), { workerData });
  const tsx = import.meta.resolve('tsx/esm/api');
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(href)}); });`;
  return new Worker(code, { eval: true, workerData });
}
