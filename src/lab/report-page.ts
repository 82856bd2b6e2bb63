import { exhibits, type Html, html, page } from '../report/index.ts';
import type { LabReport } from './run-system.ts';
import type { LabClaim } from './system.ts';

/** A report as one HTML page that needs nothing from elsewhere. */
export async function reportPage(report: LabReport): Promise<string> {
  const { system, seed, effort, backend, seconds, judged, claims } = report;
  return page({
    title: system.title,
    facts: `cotangent lab ${system.name} --seed ${seed} --effort ${effort} --backend ${backend}; ${seconds.toFixed(0)} s`,
    intro: html`<p>${system.about}</p>`,
    sections: [
      {
        title: 'Claims',
        note: judged ? undefined : 'Not judged: the effort was below 1.',
        content: html`<ul class="claims">${claims.map((claim) => item(claim, judged))}</ul>`,
      },
      { title: 'Measured', content: await exhibits(report) },
    ],
    style:
      '.claims { list-style: none; padding: 0; } .claims li { margin: 4px 0; overflow-wrap: anywhere; } .plot { max-width: 640px; }',
  });
}

const item = ({ text, holds }: LabClaim, judged: boolean): Html =>
  judged
    ? html`<li><b class="${holds ? 'good' : 'bad'}">${holds ? '✓' : '✗'}</b> ${text}</li>`
    : html`<li>– ${text}</li>`;
