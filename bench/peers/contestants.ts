import { fileURLToPath } from 'node:url';
import type { Contestant } from '../contestant.ts';
import { installPeers, missing } from './install.ts';

interface Peer {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly packages: readonly string[];
  /** What would take it minutes. */
  readonly tooMuch?: readonly string[];
}

const peers: readonly Peer[] = [
  {
    name: 'tfjs wasm',
    script: 'tfjs-child.js',
    args: ['--backend', 'wasm'],
    packages: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
  },
  {
    name: 'tfjs cpu',
    script: 'tfjs-child.js',
    args: ['--backend', 'cpu'],
    packages: ['@tensorflow/tfjs'],
    tooMuch: ['W2', 'W3', 'W4', 'W8', 'W11'],
  },
  {
    name: 'jax-js wasm',
    script: 'jax-child.js',
    packages: ['@jax-js/jax'],
    // 24 s a step, of which the figures need four, and a round more.
    tooMuch: ['W8', 'W11'],
  },
  ...['onnxruntime-web', 'onnxruntime-node'].flatMap((library) =>
    [1, 2].map((threads) => ({
      name: `${library.replace('onnxruntime', 'ort')} ${threads}t`,
      script: 'ort-child.js',
      args: ['--library', library, '--threads', String(threads)],
      packages: [library],
    })),
  ),
];

/** Other libraries for JavaScript, pinned in bench/package.json, installed if need be. */
export function peerContestants(tell: (text: string) => void): readonly Contestant[] {
  installPeers(tell);
  return peers.map(({ name, script, args = [], packages, tooMuch = [] }) => {
    const absent = missing(packages);
    return {
      name,
      family: name.replace(/ \dt$/, ''),
      launch: {
        command: process.execPath,
        args: [fileURLToPath(new URL(script, import.meta.url)), ...args],
      },
      role: 'peer',
      excuse: (workload) => {
        if (absent.length > 0) return `${absent.join(', ')} could not be installed`;
        return tooMuch.includes(workload) ? 'would take minutes' : undefined;
      },
    };
  });
}
