/** Writes the pages that are made from the sources: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { operatorsPage } from './docs/operators-page.ts';

writeFileSync('docs/operators.md', operatorsPage());
