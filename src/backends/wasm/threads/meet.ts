import { WasmFunction } from '../encode/wasm-function.ts';
import { control } from './control.ts';

/** How threads wait for each other. */
export interface Waiting {
  /** Whether thread 0 may sleep: the main thread of a page must not and looks on instead. */
  readonly firstMaySleep: boolean;
  /** Whether there are more threads than processors: then looking on keeps others from working. */
  readonly crowded: boolean;
}

/**
 * Looks at memory before a thread goes to sleep, a third of a nanosecond each. Short patience is slow, not thrifty: where
 * the system has put two threads on one processor, each looks, sleeps and wakes the other at every meeting, and never
 * works long enough to be moved to the free one. Measured on two processors: 20 µs of patience cost 14 µs a meeting for
 * seconds on end, 700 µs 0.1 µs.
 */
const patience = { alone: 2_000_000, crowded: 10_000 };

/**
 * `meet(thread, threads)`, where every thread waits until all have come: what any of them wrote before, all may read
 * afterwards. Returns what the word `failed` was when the last one came, the same to all: not 0, and all leave together.
 *
 * @param address where the words of `control` lie.
 */
export function meetFunction(address: number, { firstMaySleep, crowded }: Waiting): WasmFunction {
  const f = new WasmFunction(['i32', 'i32'], ['i32']);
  const [thread, threads] = [f.parameter(0), f.parameter(1)];
  const before = f.local('i32');
  const left = f.local('i32');
  const verdict = f.local('i32');
  const at = { arrived: address + control.arrived, met: address + control.met, asleep: address + control.asleep };

  const isOver = (): WasmFunction => f.i32(0).atomic('i32.atomic.load', at.met).get(before).op('i32.ne');
  f.block(() => {
    f.get(threads).i32(2).op('i32.lt_s').branchIf(0);
    f.block(() => {
      f.i32(0).atomic('i32.atomic.load', at.met).set(before);
      f.i32(0).i32(1).atomic('i32.atomic.rmw.add', at.arrived).i32(1).op('i32.add').get(threads).op('i32.eq');
      f.when(() => {
        f.i32(0).i32(0).atomic('i32.atomic.store', at.arrived);
        f.i32(0)
          .i32(0)
          .atomic('i32.atomic.load', address + control.failed);
        f.atomic('i32.atomic.store', address + control.verdict);
        f.i32(0).i32(1).atomic('i32.atomic.rmw.add', at.met).op('drop');
        f.i32(0).atomic('i32.atomic.load', at.asleep);
        f.when(() => void f.i32(0).i32(-1).atomic('memory.atomic.notify', at.met).op('drop'));
        f.branch(1);
      });
      f.i32(crowded ? patience.crowded : patience.alone).set(left);
      f.loop(() => {
        isOver().branchIf(1);
        f.get(left).i32(1).op('i32.sub').tee(left).branchIf(0);
      });
      if (!firstMaySleep)
        f.get(thread)
          .op('i32.eqz')
          .when(() => {
            f.loop(() => void isOver().op('i32.eqz').branchIf(0));
            f.branch(1);
          });
      f.i32(0).i32(1).atomic('i32.atomic.rmw.add', at.asleep).op('drop');
      f.loop(() => {
        // Does not wait where the meeting is over by now: the last one ends it before looking whether anybody sleeps.
        f.i32(0).get(before).i64(-1).atomic('memory.atomic.wait32', at.met).op('drop');
        isOver().op('i32.eqz').branchIf(0);
      });
      f.i32(0).i32(1).atomic('i32.atomic.rmw.sub', at.asleep).op('drop');
    });
    f.i32(0)
      .atomic('i32.atomic.load', address + control.verdict)
      .set(verdict);
  });
  return f.get(verdict);
}
