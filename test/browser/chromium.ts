import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The browser's program; undefined where there is none, which is then said. */
export function findChromium(what: string): string | undefined {
  const found = names.find((name) => spawnSync(name, ['--version']).status === 0);
  if (found === undefined) console.log(`skipped: ${what}: none of ${names.join(', ')} is in PATH`);
  return found;
}

type Fields = { readonly [name: string]: unknown };

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

/** A headless Chromium with one page, driven by its own protocol over a pipe. */
export class Chromium {
  /** Errors, warnings and exceptions that the page has told of. */
  readonly complaints: string[] = [];
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #pending = new Map<number, { resolve(result: Fields): void; reject(error: Error): void }>();
  readonly #waiting = new Map<string, () => void>();
  #session: string | undefined;
  #next = 1;

  private constructor(program: string) {
    this.#profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    this.#child = spawn(
      program,
      [...flags, '--remote-debugging-pipe', `--user-data-dir=${this.#profile}`, 'about:blank'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
        // A group of its own: a browser is many processes, and all have to end.
        detached: true,
      },
    );
    let text = '';
    (this.#child.stdio[4] as Readable).on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
        this.#hear(JSON.parse(text.slice(0, end)) as Message);
        text = text.slice(end + 1);
      }
    });
  }

  static async start(program: string): Promise<Chromium> {
    const chromium = new Chromium(program);
    const { targetInfos } = await chromium.#ask('Target.getTargets', {});
    const { targetId } = (targetInfos as { type: string; targetId: string }[]).find(({ type }) => type === 'page')!;
    const { sessionId } = await chromium.#ask('Target.attachToTarget', { targetId, flatten: true });
    chromium.#session = sessionId as string;
    for (const domain of ['Page', 'Runtime', 'Log']) await chromium.#ask(`${domain}.enable`, {});
    return chromium;
  }

  /** Opens a page as somebody with this window and these colours would, and waits until it has loaded. */
  async open(url: string, { width, height, scheme }: Look): Promise<void> {
    await this.#ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.#ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    const loaded = new Promise<void>((resolve) => this.#waiting.set('Page.loadEventFired', resolve));
    await this.#ask('Page.navigate', { url });
    await loaded;
  }

  /** What an expression comes to in the page; it has to be JSON. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#ask('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }

  /** Clicks in the middle of the element that a selector names, as a mouse does. */
  async click(selector: string): Promise<void> {
    const place = await this.evaluate<{ x: number; y: number } | null>(`(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      if (!element) return null;
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    })()`);
    if (place === null) throw new Error(`there is no ${selector}`);
    for (const type of ['mousePressed', 'mouseReleased'])
      await this.#ask('Input.dispatchMouseEvent', { type, ...place, button: 'left', clickCount: 1 });
  }

  /** The window as PNG bytes. */
  async screenshot(): Promise<Uint8Array<ArrayBuffer>> {
    const { data } = await this.#ask('Page.captureScreenshot', { format: 'png' });
    return Uint8Array.from(Buffer.from(data as string, 'base64'));
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null) {
      process.kill(-this.#child.pid!, 'SIGKILL');
      await gone;
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #ask(method: string, params: Fields): Promise<Fields> {
    const id = this.#next++;
    const message = { id, method, params, ...(this.#session === undefined ? {} : { sessionId: this.#session }) };
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  #hear({ id, method = '', params = {}, result = {}, error }: Message): void {
    if (id !== undefined) {
      const { resolve, reject } = this.#pending.get(id)!;
      this.#pending.delete(id);
      if (error === undefined) resolve(result);
      else reject(new Error(error.message));
      return;
    }
    const isComplaint =
      method === 'Runtime.exceptionThrown' ||
      (method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(String(params.type))) ||
      (method === 'Log.entryAdded' &&
        (params.entry as Fields).level !== 'info' &&
        (params.entry as Fields).level !== 'verbose');
    if (isComplaint) this.complaints.push(JSON.stringify(params));
    this.#waiting.get(method)?.();
    this.#waiting.delete(method);
  }
}
