import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** One loop of a table: how many entries, and what each adds to the value. */
export interface TableAxis {
  readonly count: number;
  /** Bytes per step, where the step is even. */
  readonly step: number;
  /** An axis whose elements lie apart by their remainder: element t is at (t mod phases)·phaseBytes + ⌊t / phases⌋·bytes. */
  readonly phased?: {
    readonly first: number;
    readonly phases: number;
    readonly phaseBytes: number;
    readonly bytes: number;
  };
}

/** Code that writes a table of i32 to `address`: `base` plus the axes' shares, the last axis fastest. */
export function writeTable(f: WasmFunction, address: number, base: number, axes: readonly TableAxis[]): void {
  const to = f.local('i32');
  f.i32(address).set(to);
  const level = (k: number, outer: Local | undefined): void => {
    const axis = axes[k];
    const push = (): void => {
      if (outer === undefined) f.i32(base);
      else f.get(outer);
    };
    if (axis === undefined) {
      f.get(to);
      push();
      f.access('i32.store', 0).get(to).i32(4).op('i32.add').set(to);
      return;
    }
    const [i, value] = [f.local('i32'), f.local('i32')];
    f.count(i, 0, axis.count, 1, () => {
      push();
      if (axis.phased === undefined) f.get(i).i32(axis.step).op('i32.mul').op('i32.add');
      else {
        const { first, phases, phaseBytes, bytes } = axis.phased;
        const t = f.local('i32');
        f.get(i).i32(axis.step).op('i32.mul').i32(first).op('i32.add').tee(t);
        f.i32(phases).op('i32.rem_u').i32(phaseBytes).op('i32.mul').op('i32.add');
        f.get(t).i32(phases).op('i32.div_u').i32(bytes).op('i32.mul').op('i32.add');
      }
      f.set(value);
      level(k + 1, value);
    });
  };
  level(0, undefined);
}
