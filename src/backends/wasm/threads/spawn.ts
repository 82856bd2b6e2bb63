import type * as WorkerThreads from 'node:worker_threads';
import { foreignFunctions } from '../kernels/foreign.ts';
import { type Message, serve } from './serve.ts';

/** A worker that was told to start. */
export interface WorkerHandle {
  postMessage(message: Message): void;
  terminate(): void;
}

/** What pages have and the configured type libraries lack. */
interface Page {
  readonly Worker?: new (url: string, options: { readonly type: 'module'; readonly name: string }) => PageWorker;
}
interface PageWorker extends WorkerHandle {
  onerror: ((event: { preventDefault(): void }) => void) | null;
}

// Some compilers wrap functions to keep their names; such a wrapper is not there in the worker.
const start = (port: string): string =>
  `const __name = (f) => f;\n(${serve})(${port}, WebAssembly.Instance, { ${foreign()} });`;

// Listening as Node does, not as pages do: for events like a page's Node loads its `fetch`, 5 MB in each worker.
const listen = `const port = {};
require('node:worker_threads').parentPort.on('message', (data) => port.onmessage({ data }));
`;

/** The engine's own functions by their names, ours by their text. */
const foreign = (): string =>
  Object.entries(foreignFunctions)
    .map(([name, f]) => `${name}: ${f === Reflect.get(Math, name) ? `Math.${name}` : f}`)
    .join(', ');

/**
 * Starts a worker from its own text, so that no file has to be found: Node's `worker_threads`, or a page's `Worker`.
 * Undefined where neither exists. One that
 * cannot start after all says nothing: its programs wait for nobody and go on without. `ended` is called when a thread is over, where that
 * can be known.
 */
export function spawn(ended: () => void): WorkerHandle | undefined {
  const name = 'cotangent';
  // Asked of the process, not imported: nothing of Node is needed, or bundled, where the library runs in a page.
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads') as typeof WorkerThreads | undefined;
  if (node !== undefined) {
    // Loaders given on the command line are for the program's own files.
    const worker = new node.Worker(listen + start('port'), {
      eval: true,
      execArgv: [],
      name,
    });
    worker.on('error', () => {});
    worker.on('exit', ended);
    // A process whose own work is done ends, workers or not.
    worker.unref();
    return worker;
  }
  const { Worker } = globalThis as Page;
  if (Worker === undefined) return undefined;
  const url = URL.createObjectURL(new Blob([start('self')], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name });
  worker.onerror = (event) => event.preventDefault();
  return worker;
}
