import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import { smallTraining } from '../backends/small-training.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const browser = names.find((name) => spawnSync(name, ['--version']).status === 0);
if (browser === undefined) console.log(`skipped: training in a page: none of ${names.join(', ')} is in PATH`);

/** What a page says after its training. */
interface Report {
  readonly isolated: boolean;
  readonly threads: number;
  readonly alone: readonly number[];
  readonly together: readonly number[];
  readonly error?: string;
}

/** Without anything of Node: a bundler for browsers resolves no `node:` module. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
  });
  return outputFiles[0]!.text;
}

/** The headers by which a page is let share memory. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Serves the page, lets a browser without a window load it, and waits for what the page posts. */
async function visit(script: string, headers: { readonly [name: string]: string }): Promise<Report> {
  const profile = mkdtempSync(join(tmpdir(), 'browser-'));
  let chromium: ChildProcess | undefined;
  const server = createServer();
  try {
    return await new Promise<Report>((resolve, reject) => {
      server.on('request', (request, response) => {
        const isScript = request.url === '/page.js';
        response.writeHead(200, { ...headers, 'Content-Type': isScript ? 'text/javascript' : 'text/html' });
        response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
        if (request.url !== '/report') return;
        let body = '';
        request.on('data', (text) => {
          body += text;
        });
        request.on('end', () => resolve(JSON.parse(body) as Report));
      });
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
        chromium = spawn(browser!, [...flags, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`], {
          stdio: ['ignore', 'ignore', 'pipe'],
          // A process group of its own: a browser is many processes, and all have to end.
          detached: true,
        });
        let said = '';
        chromium.stderr!.on('data', (text) => {
          said += text;
        });
        chromium.on('exit', (code) => reject(new Error(`${browser} ended with ${code}: ${said}`)));
        setTimeout(() => reject(new Error(`no word from the page: ${said}`)), 100_000).unref();
      });
    });
  } finally {
    if (chromium?.exitCode === null) {
      const gone = new Promise((done) => chromium!.once('exit', done));
      process.kill(-chromium.pid!, 'SIGKILL');
      await gone;
    }
    server.closeAllConnections();
    server.close();
    // Its child processes may still be writing for a moment.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  }
}

describe.skipIf(browser === undefined)('a page', () => {
  it('trains with the compiled backend, isolated or not', async () => {
    const script = await bundle();
    const { step } = smallTraining(wasmWith({ threads: 1, relaxed: false }));
    const expected = [step(), step(), step()];
    for (const isolated of [false, true]) {
      const report = await visit(script, isolated ? isolation : {});
      expect(report).toMatchObject({ isolated, threads: isolated ? 3 : 1 });
      expect(report.error).toBeUndefined();
      expect(report.together).toEqual(report.alone);
      // Another engine's Math.exp and Math.log may differ in the last place.
      for (const [i, loss] of expected.entries()) expect(Math.abs(report.alone[i]! - loss)).toBeLessThan(1e-6 * loss);
    }
  }, 240_000);
});
