import { WasmFunction } from '../encode/wasm-function.ts';
import { control, lost } from './control.ts';

/** How threads wait for each other. */
export interface Waiting {
  /** Whether thread 0 may sleep: the main thread of a page must not and looks on instead. */
  readonly firstMaySleep: boolean;
  /** Whether there are more threads than processors: then looking on keeps others from working. */
  readonly crowded: boolean;
  /** For how many seconds of sleep thread 0 waits for the others before it takes one for lost. */
  readonly lostAfter: number;
}

/** How often thread 0 wakes up, in seconds: a process that was stopped for long has slept once, not long. */
const nap = 0.25;

/**
 * Looks at memory before a thread goes to sleep, a third of a nanosecond each. Where the system has put two threads on one
 * processor, short patience makes each look, sleep and wake the other at every meeting, and none waits long enough to be
 * moved to a free processor; so patience is long at first, 700 µs. Where no processor is free, long looks keep the others
 * from working; so it shrinks by an eighth each time that it was in vain, which makes 6 ms a run at most, and doubles when
 * it was not.
 */
const patience = { most: 2_000_000, least: 8_000 };

const mostOf = ({ crowded }: Waiting): number => (crowded ? patience.least : patience.most);

/** Adds the beginning of a run: this thread has all its patience. */
export const beginPatiently = (f: WasmFunction, address: number, waiting: Waiting): WasmFunction =>
  f
    .get(f.parameter(0))
    .i32(64)
    .op('i32.mul')
    .i32(mostOf(waiting))
    .access('i32.store', address + control.patience);

/**
 * `meet(thread, threads)`, where every thread waits until all have come: what any of them wrote before, all may read
 * afterwards. Returns what the word `failed` was when the last one came, the same to all: not 0, and all leave together.
 * Where one does not come at all, because it ended, thread 0 leaves with `lost` after a while; its memory is of no use then.
 *
 * @param address where the words of `control` lie.
 */
export function meetFunction(address: number, waiting: Waiting): WasmFunction {
  const f = new WasmFunction(['i32', 'i32'], ['i32']);
  const [thread, threads] = [f.parameter(0), f.parameter(1)];
  const [before, own, granted, left, naps, verdict] = [
    f.local('i32'),
    f.local('i32'),
    f.local('i32'),
    f.local('i32'),
    f.local('i32'),
    f.local('i32'),
  ];
  const at = { arrived: address + control.arrived, met: address + control.met, asleep: address + control.asleep };

  const isOver = (): WasmFunction => f.i32(0).atomic('i32.atomic.load', at.met).get(before).op('i32.ne');
  const grant = (looks: () => WasmFunction): void => {
    f.get(own);
    looks().access('i32.store', address + control.patience);
  };
  const last = (): void => {
    f.i32(0).i32(0).atomic('i32.atomic.store', at.arrived);
    f.i32(0)
      .i32(0)
      .atomic('i32.atomic.load', address + control.failed);
    f.atomic('i32.atomic.store', address + control.verdict);
    f.i32(0).i32(1).atomic('i32.atomic.rmw.add', at.met).op('drop');
    f.i32(0).atomic('i32.atomic.load', at.asleep);
    f.when(() => void f.i32(0).i32(-1).atomic('memory.atomic.notify', at.met).op('drop'));
  };
  /** Leaves the block around it when the meeting is over. */
  const look = (): void => {
    f.get(thread)
      .i32(64)
      .op('i32.mul')
      .tee(own)
      .access('i32.load', address + control.patience)
      .tee(granted)
      .set(left);
    f.loop(() => {
      isOver();
      f.when(() => {
        f.get(granted).i32(mostOf(waiting)).op('i32.lt_s');
        f.when(() => grant(() => f.get(granted).i32(1).op('i32.shl')));
        f.branch(2);
      });
      f.get(left).i32(1).op('i32.sub').tee(left).branchIf(0);
    });
    f.get(granted).i32(patience.least).op('i32.gt_s');
    f.when(() => grant(() => f.get(granted).get(granted).i32(3).op('i32.shr_u').op('i32.sub')));
  };
  const sleep = (): void => {
    f.i32(0).i32(1).atomic('i32.atomic.rmw.add', at.asleep).op('drop');
    f.loop(() => {
      // Does not wait where the meeting is over by now: the last one ends it before looking whether anybody sleeps.
      const timedOut = 2;
      f.i32(0)
        .get(before)
        .i64(nap * 1e9)
        .atomic('memory.atomic.wait32', at.met)
        .i32(timedOut)
        .op('i32.eq');
      f.get(thread).op('i32.eqz').op('i32.and').get(naps).op('i32.add').tee(naps);
      f.i32(Math.ceil(waiting.lostAfter / nap)).op('i32.gt_s');
      f.when(() => {
        f.i32(0)
          .i32(lost)
          .atomic('i32.atomic.store', address + control.verdict);
        f.branch(2);
      });
      isOver().op('i32.eqz').branchIf(0);
    });
    f.i32(0).i32(1).atomic('i32.atomic.rmw.sub', at.asleep).op('drop');
  };

  f.block(() => {
    f.get(threads).i32(2).op('i32.lt_s').branchIf(0);
    f.block(() => {
      f.i32(0).atomic('i32.atomic.load', at.met).set(before);
      f.i32(0).i32(1).atomic('i32.atomic.rmw.add', at.arrived).i32(1).op('i32.add').get(threads).op('i32.eq');
      f.when(() => {
        last();
        f.branch(1);
      });
      look();
      if (!waiting.firstMaySleep)
        f.get(thread)
          .op('i32.eqz')
          .when(() => {
            f.loop(() => void isOver().op('i32.eqz').branchIf(0));
            f.branch(1);
          });
      sleep();
    });
    f.i32(0)
      .atomic('i32.atomic.load', address + control.verdict)
      .set(verdict);
  });
  return f.get(verdict);
}
