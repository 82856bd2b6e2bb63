import type { PlanReport, StepReport } from '../backends/index.ts';
import { textTable } from './text-table.ts';

/** A plan as text: a line per step, totals by kernel, memory. `seconds`, one per step, adds times. */
export function planTable(report: PlanReport, seconds?: readonly number[]): string {
  const total = seconds?.reduce((a, b) => a + b, 0) ?? 0;
  const perStep = report.steps.map((step, i) => [
    `${i}`,
    kernelOf(step),
    short(runs(step.ops), 44),
    step.result,
    ...numbers(step, seconds?.[i], total),
    step.scope ?? '',
  ]);
  const sections = [textTable(['step', 'kernel', 'operators', 'result', ...heads(seconds), 'made by'], perStep)];
  if (seconds !== undefined) {
    const names = report.steps.map(kernelOf);
    const rows = [...new Set(names)].map((kernel) => {
      const steps = [...report.steps.keys()].filter((i) => names[i] === kernel);
      const sum = (of: (i: number) => number): number => steps.reduce((a, i) => a + of(i), 0);
      const work = { flops: sum((i) => report.steps[i]!.flops), bytes: sum((i) => report.steps[i]!.bytes) };
      const time = sum((i) => seconds[i]!);
      return { time, cells: [kernel, `${steps.length}`, ...numbers(work, time, total)] };
    });
    rows.sort((a, b) => b.time - a.time);
    const cells = rows.map((row) => row.cells);
    sections.push(textTable(['kernel', 'steps', ...heads(seconds)], cells));
    sections.push(`${(total * 1000).toFixed(3)} ms on one thread, steps measured one by one`);
  }
  return [...sections, `${report}`].join('\n\n');
}

/** How a step's kernel is called, and whether it was chosen by measuring. */
const kernelOf = ({ kernel, measured }: StepReport): string =>
  kernel === undefined ? '! fallback' : measured ? `${kernel} *` : kernel;

const heads = (seconds: object | undefined): string[] =>
  seconds === undefined ? ['MFLOP', 'KB'] : ['MFLOP', 'KB', 'ms', '%', 'GFLOP/s', 'GB/s'];

function numbers(
  { flops, bytes }: Pick<StepReport, 'flops' | 'bytes'>,
  seconds: number | undefined,
  total: number,
): string[] {
  const work = [(flops / 1e6).toFixed(3), (bytes / 1024).toFixed(1)];
  if (seconds === undefined) return work;
  const rate = (amount: number): string => (seconds > 0 ? (amount / seconds / 1e9).toFixed(1) : '–');
  const share = total > 0 ? (100 * seconds) / total : 0;
  return [...work, (seconds * 1000).toFixed(3), share.toFixed(1), rate(flops), rate(bytes)];
}

/** `mul mul mul add` → `3 mul, add`. */
function runs(ops: readonly string[]): string {
  const parts: { op: string; times: number }[] = [];
  for (const op of ops) {
    const last = parts.at(-1);
    if (last?.op === op) last.times += 1;
    else parts.push({ op, times: 1 });
  }
  return parts.map(({ op, times }) => (times === 1 ? op : `${times} ${op}`)).join(', ');
}

const short = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
