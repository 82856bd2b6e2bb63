import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arrays } from '../../src/backends/index.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Size, Workload } from '../workloads/workload.ts';

interface Manifest {
  readonly workload: string;
  readonly runs: number;
  readonly arrays: { readonly [name: string]: { readonly dtype: 'f32' | 'i32'; readonly shape: readonly number[] } };
}

/** A workload's name, how often it is run before its figures are read, and its arrays. */
export interface Loaded {
  readonly workload: string;
  readonly runs: number;
  readonly arrays: Arrays;
}

/** Writes a workload's arrays for every framework to read: `manifest.json`, and one file of little-endian numbers each. */
export function writeWorkload(folder: string, workload: Workload, size: Size): void {
  mkdirSync(folder, { recursive: true });
  const arrays = workload.arrays(size);
  for (const [name, { data }] of Object.entries(arrays))
    writeFileSync(join(folder, `${name}.bin`), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const types = Object.entries(arrays).map(([name, { dtype, shape }]) => [name, { dtype, shape }]);
  const { runs } = workload.program(arrays);
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ workload: workload.name, runs, arrays: Object.fromEntries(types) }),
  );
}

/** Reads what `writeWorkload` wrote. */
export function readWorkload(folder: string): Loaded {
  const { workload, runs, arrays } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const load = ([name, type]: (typeof entries)[number]): readonly [string, NdArray] => {
    const value = array({ ...type, shape: [...type.shape] });
    new Uint8Array(value.data.buffer).set(readFileSync(join(folder, `${name}.bin`)));
    return [name, value];
  };
  const entries = Object.entries(arrays);
  return { workload, runs, arrays: Object.fromEntries(entries.map(load)) };
}
