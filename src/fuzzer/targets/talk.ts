import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BridgeAnswer, BridgeRequest, Conversation, Greeting } from '../../check/foreign/bridge/protocol.ts';
import { TargetError } from '../../check/foreign/target-errors.ts';
import { CotangentError } from '../../graph/error.ts';

interface Waiting {
  resolve(answer: BridgeAnswer): void;
  reject(error: Error): void;
}

/**
 * Starts a program and waits for its greeting. If it dies, falls silent or speaks nonsense, what was asked of it fails
 * and the next question starts it anew. It never keeps the process alive.
 *
 * @throws CotangentError `foreign/target` where it does not greet.
 */
export async function talk(command: string, { seconds }: { readonly seconds: number }): Promise<Conversation> {
  let session = await greet(command, seconds);
  return {
    greeting: session.greeting,
    ask: async (request) => {
      if (session.ended()) session = await greet(command, seconds);
      return session.ask(request);
    },
  };
}

interface Session {
  readonly greeting: Greeting;
  ended(): boolean;
  ask(request: BridgeRequest): Promise<BridgeAnswer>;
}

async function greet(command: string, seconds: number): Promise<Session> {
  // A group of its own, so that what a shell has started ends with it.
  const child = spawn(command, { shell: true, detached: process.platform !== 'win32', stdio: 'pipe' });
  const waiting = new Map<number, Waiting>();
  let end: string | undefined;
  let complaint = '';
  let count = 0;
  const last = (): void => kill(child);
  const finish = (why: string): void => {
    end ??= why;
    kill(child);
    process.off('exit', last);
    for (const { reject } of waiting.values()) reject(new TargetError(end));
    waiting.clear();
  };
  const expect = (id: number): Promise<BridgeAnswer> => {
    const timer = setTimeout(() => finish(`the target does not answer within ${seconds} s`), 1000 * seconds);
    hold(child, true);
    return new Promise<BridgeAnswer>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
    }).finally(() => {
      clearTimeout(timer);
      if (waiting.size === 0) hold(child, false);
    });
  };
  child.stderr!.on('data', (data: Buffer) => {
    complaint = `${complaint}${data}`.slice(-2000);
  });
  child.stdin!.on('error', () => {});
  child.on('error', (error) => finish(`the target cannot be started: ${error.message}`));
  child.on('close', (code, signal) => {
    const words = complaint.trim().split('\n').at(-1) ?? '';
    finish(`the target ended with ${signal ?? `code ${code}`}${words === '' ? '' : `: ${words}`}`);
  });
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const answer = parsed(line);
    const id = answer?.ops === undefined ? answer?.id : 0;
    const one = typeof id === 'number' ? waiting.get(id) : undefined;
    if (answer === undefined || one === undefined) {
      finish(`the target says ${JSON.stringify(line.slice(0, 100))}, which answers nothing`);
      return;
    }
    waiting.delete(id as number);
    one.resolve(answer);
  });
  process.once('exit', last);
  const first = (await expect(0).catch((error: Error) => refuse(command, error.message))) as unknown as Greeting;
  if (typeof first.name !== 'string' || !Array.isArray(first.ops)) {
    finish('it is not greeted by');
    refuse(command, `it greets with ${JSON.stringify(first).slice(0, 100)}`);
  }
  return {
    greeting: first,
    ended: () => end !== undefined,
    ask: (request) => {
      count += 1;
      const answer = expect(count);
      child.stdin!.write(`${JSON.stringify({ id: count, ...request })}\n`);
      return answer;
    },
  };
}

function refuse(command: string, why: string): never {
  throw new CotangentError({
    code: 'foreign/target',
    summary: `${JSON.stringify(command)} is no target: ${why}`,
    fix: 'run it by hand: its first line must be {"name": …, "ops": […]}, as examples/bridge_torch.py shows.',
  });
}

function parsed(line: string): (BridgeAnswer & { readonly id?: unknown; readonly ops?: unknown }) | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process waits for the child. */
function hold(child: ChildProcess, held: boolean): void {
  for (const one of [child, child.stdin, child.stdout, child.stderr] as { ref?(): void; unref?(): void }[])
    held ? one.ref?.() : one.unref?.();
}

function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has gone already.
  }
}
