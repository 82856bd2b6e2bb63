import { WasmFunction } from '../encode/wasm-function.ts';
import { control } from './control.ts';

/** Looks at memory before a thread goes to sleep: about 20 µs. Waking one takes 10 to 50 µs, a look some nanoseconds. */
const looks = 10_000;

/**
 * `meet(thread, threads)`, where every thread waits until all have come: what any of them wrote before, all may read
 * afterwards. Returns what the word `failed` was when the last one came, the same to all: not 0, and all leave together.
 *
 * @param address where the words of `control` lie.
 * @param firstMaySleep whether thread 0 may wait by sleeping: the main thread of a page must not and looks on instead.
 */
export function meetFunction(address: number, firstMaySleep: boolean): WasmFunction {
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
      f.i32(looks).set(left);
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
