/** Prints how many lines the sources have, folder by folder, and refuses files and cores that have grown too large. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fileLimit = 300;
const coreLimit = 1900;
/** The engine proper: what one reads to understand how everything works; reading and writing text is not needed for that. */
const isCore = (name: string): boolean => /^(graph|autodiff)\//.test(name) && !name.startsWith('graph/text/');

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, lines: readFileSync(join('src', name), 'utf8').split('\n').length - 1 }));

const folders = new Map<string, number[]>();
for (const { name, lines } of files) {
  const folder = name.includes('/') ? name.slice(0, name.indexOf('/')) : '.';
  folders.set(folder, [...(folders.get(folder) ?? []), lines]);
}
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
for (const [folder, lines] of [...folders].sort())
  console.log(`${folder.padEnd(10)} ${String(lines.length).padStart(4)} files ${String(sum(lines)).padStart(6)} lines`);
const all = files.map(({ lines }) => lines);
console.log(
  `total      ${String(all.length).padStart(4)} files ${String(sum(all)).padStart(6)} lines, median ${median(all)}`,
);

const coreLines = sum(files.filter(({ name }) => isCore(name)).map(({ lines }) => lines));
console.log(`core       ${String(coreLines).padStart(17)} lines, at most ${coreLimit}`);
const faults = files
  .filter(({ lines }) => lines > fileLimit)
  .map(({ name, lines }) => `src/${name}: ${lines} lines, at most ${fileLimit}`);
if (coreLines > coreLimit) faults.push(`graph (without text) + autodiff: ${coreLines} lines, at most ${coreLimit}`);
for (const fault of faults) console.error(`too large: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
