/** Makes the pictures, diagrams and tables of docs/lessons: part of `npm run docs`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { withDiagrams } from './lessons/diagrams.ts';
import { pictures } from './lessons/pictures.ts';
import { withTables } from './lessons/tables.ts';

const folder = 'docs/lessons';
mkdirSync(`${folder}/pictures`, { recursive: true });
for (const [name, draw] of Object.entries(pictures)) writeFileSync(`${folder}/pictures/${name}`, await draw());
for (const name of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const page = readFileSync(`${folder}/${name}`, 'utf8');
  writeFileSync(`${folder}/${name}`, withTables(withDiagrams(page)));
}
