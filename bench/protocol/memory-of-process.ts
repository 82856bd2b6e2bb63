import { readFileSync } from 'node:fs';
import type { Memory } from './messages.ts';

/**
 * This process's resident memory. The peak by `getrusage` begins with that of the process that started this one, so
 * Linux is asked for that of the program itself.
 */
export function memoryOfProcess(): Memory {
  const resident = process.memoryUsage.rss();
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return { resident, peak: Number(kilobytes) * 1024 };
  } catch {
    return { resident, peak: process.resourceUsage().maxRSS * 1024 };
  }
}
