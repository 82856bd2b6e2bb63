import { type Html, html } from './html.ts';

/** A number to be seen first. */
export interface Tile {
  readonly value: string | number;
  readonly label: string;
  /** A class of the page's style that colours it: `good`, `bad`. */
  readonly kind?: string;
}

/** Numbers in a row of boxes. */
export const tiles = (shown: readonly Tile[]): Html => html`<div class="tiles">
${shown.map(({ value, label, kind = '' }) => html`<div class="tile"><b class="${kind}">${value}</b>${label}</div>\n`)}</div>`;
