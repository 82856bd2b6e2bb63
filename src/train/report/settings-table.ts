import { type Html, table } from '../../report/index.ts';

/** Settings in the order of their names, those within others by both names; what is not set is left out. */
export const settingsTable = (settings: object): Html =>
  table({
    title: '',
    head: ['setting', 'value'],
    rows: entriesOf(settings, '').toSorted(([a], [b]) => (a < b ? -1 : 1)),
  });

const entriesOf = (value: object, path: string): (readonly [string, string])[] =>
  Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (inner === undefined) return [];
    const at = path === '' ? name : `${path}.${name}`;
    return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? entriesOf(inner, at)
      : [[at, Array.isArray(inner) ? inner.join(', ') : String(inner)] as const];
  });
