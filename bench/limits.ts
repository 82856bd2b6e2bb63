import type { Standing } from './standing.ts';

/** One way of cotangent, a backend by one Node, at the workloads that were run. */
export interface Ground {
  /** 24 for Node v24.9. */
  readonly node: number;
  /** Rows of this way at a workload, with so many threads if that is said. */
  own(workload: string, threads?: number): readonly Standing[];
  /** Floating point operations of one run. */
  operations(workload: string): number | undefined;
  /** Rows of others by the name of their family. */
  others(workload: string, family: string, threads?: number): readonly Standing[];
}

/** What is asked, of how many threads, and against whom. */
interface Comparison {
  readonly own?: number;
  readonly family: string;
  readonly threads?: number;
}

/** Something that has to hold. */
export interface Limit {
  readonly workload: string;
  /** What is asked for, in words. */
  readonly asks: string;
  /** The measured number must not be greater, or not be less. */
  readonly most?: number;
  readonly least?: number;
  readonly measure: /** How many times as long as others it takes. */
    | { readonly kind: 'slower'; readonly than: Comparison }
    /** How many times as long others take. */
    | { readonly kind: 'faster'; readonly than: Comparison }
    /** How many times faster two threads are than one. */
    | { readonly kind: 'threads' }
    /** Its milliseconds or megabytes, the most of all its numbers of threads. */
    | { readonly kind: 'value' }
    /** A fact that its rows tell, the most of them. */
    | { readonly kind: 'fact'; readonly name: string }
    /** Which part of WebAssembly's peak one thread reaches. */
    | { readonly kind: 'peak' };
}

const torch: Comparison = { family: 'PyTorch' };
const one: Comparison = { own: 1, family: 'PyTorch' };
const two: Comparison = { own: 2, family: 'PyTorch' };

const faster = (workload: string, least: number, than: Comparison): Limit => ({
  workload,
  asks: `${threadsText(than.own)}at least ${least}× faster than ${than.family}${than.threads === undefined ? '' : ` on ${than.threads} threads`}`,
  least,
  measure: { kind: 'faster', than },
});
const slower = (workload: string, most: number, than: Comparison): Limit => ({
  workload,
  asks: `${threadsText(than.own)}at most ${most}× the time of ${than.family}${than.threads === undefined ? '' : ` on ${than.threads}`}`,
  most,
  measure: { kind: 'slower', than },
});
const threadsPay = (workload: string, least: number): Limit => ({
  workload,
  asks: least === 1 ? 'two threads faster than one' : `two threads at least ${least}× faster than one`,
  least,
  measure: { kind: 'threads' },
});

const threadsText = (threads: number | undefined): string =>
  threads === undefined ? '' : threads === 1 ? 'one thread ' : `${threads} threads `;

/** What the compiled backend has to reach, from one interleaved run on two cores; some of it by Node's version. */
export const limitsFor = (node: number): readonly Limit[] => [
  slower('W8', node >= 24 ? 1 : 1.2, { own: 2, family: 'PyTorch', threads: 2 }),
  faster('W8', 30, { family: 'tfjs wasm' }),
  faster('W9', 10, torch),
  faster('W9', 3, { family: 'ort-node' }),
  faster('W9', 40, { family: 'tfjs wasm' }),
  faster('W9', 100, { family: 'jax-js wasm' }),
  ...(
    [
      ['W5', 12],
      ['W6-max', 5],
      ['W6-avg', 5],
      ['W7', 4],
    ] as const
  ).flatMap(([workload, least]) => [faster(workload, least, one), threadsPay(workload, 1)]),
  slower('W2', 1.1, two),
  slower('W3', 1.6, two),
  slower('W4', 1.6, two),
  {
    workload: 'W12-1024',
    asks: 'one thread at least 85 % of WebAssembly’s peak',
    least: 0.85,
    measure: { kind: 'peak' },
  },
  threadsPay('W12-1024', 1.8),
  {
    workload: 'W10',
    asks: `at most ${node >= 24 ? 150 : 250} ms`,
    most: node >= 24 ? 150 : 250,
    measure: { kind: 'value' },
  },
  {
    workload: 'W8',
    asks: 'compiled in at most 300 ms',
    most: 300,
    measure: { kind: 'fact', name: 'compileMilliseconds' },
  },
  { workload: 'W11', asks: 'at most 160 MB', most: 160, measure: { kind: 'value' } },
];
