#!/usr/bin/env node
// In a checkout the sources are run as they are, through tsx, so that the command is never stale; a published package runs its build.
import { existsSync } from 'node:fs';

const sources = new URL('../tsconfig.json', import.meta.url);
if (existsSync(sources)) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../src/cli/main.ts');
} else {
  await import('../dist/node/command.js');
}
