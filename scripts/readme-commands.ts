/**
 * Runs the commands of the README's `sh` blocks, in order, as a newcomer would paste them, and stops at the first that fails.
 * Commands that other steps of CI run already (`npm ci`, `npm test`) are not repeated.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const elsewhere = ['npm ci', 'npm test', 'npm run check', 'npx vitest run test/conformance'];

const readme = readFileSync('README.md', 'utf8');
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap((block) => block[1]!.replaceAll('\\\n', ' ').split('\n'))
  .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
  .filter((line) => line !== '' && !line.startsWith('git clone') && !line.startsWith('cd '))
  .map((line) =>
    line
      .split(' && ')
      .filter((part) => !elsewhere.includes(part))
      .join(' && '),
  )
  .filter((line) => line !== '');

for (const command of commands) {
  console.log(`\n$ ${command}`);
  const { status } = spawnSync('bash', ['-euo', 'pipefail', '-c', command], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`README.md: '${command}' ended with ${status}`);
    process.exit(1);
  }
}
