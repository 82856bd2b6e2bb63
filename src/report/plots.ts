import { type Html, html } from './html.ts';

/** Plots one beside the other where there is room. */
export const plots = (shown: readonly Html[]): Html => html`<div class="plots">${shown}</div>`;
