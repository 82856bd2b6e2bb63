import type { NdArray } from '../../../graph/nd-array.ts';

/** A tensor of tfjs, as far as it is used here. */
export interface TfTensor {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

/** tfjs, as far as it is used here; operators are called by their names. */
export interface Tfjs {
  readonly version: { readonly tfjs: string };
  tensor(values: ArrayLike<number>, shape: readonly number[], dtype: string): TfTensor;
  grads(f: (...inputs: TfTensor[]) => TfTensor): (inputs: readonly TfTensor[], ct?: TfTensor) => TfTensor[];
  tidy<T>(f: () => T): T;
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  findBackendFactory(name: string): (() => unknown) | null;
  backend(): { dispose: () => void };
  removeBackend(name: string): void;
  registerBackend(name: string, factory: () => unknown, priority: number): boolean;
}

export type TfBackend = 'cpu' | 'wasm';

const dtypes = { f32: 'float32', f64: 'float32', i32: 'int32', bool: 'bool' } as const;
export const tfDType = ({ dtype }: NdArray): string => dtypes[dtype];

/** Starts a backend anew, with memory of its own. */
export async function renewBackend(tf: Tfjs, backend: TfBackend): Promise<void> {
  await tf.setBackend(backend);
  const factory = tf.findBackendFactory(backend)!;
  // A module that has crashed crashes again when it is told to go.
  tf.backend().dispose = () => {};
  tf.removeBackend(backend);
  tf.registerBackend(backend, factory, 1);
  await tf.setBackend(backend);
}
