import { fieldTradeOffs, strideReport } from '../../src/analysis/index.ts';
import { greyScene } from './convolution.ts';

/** Rows of cells, the first the head. */
type Cells = readonly (readonly (string | number)[])[];

/** The lessons' tables, made by the analyses that they show. */
const tables: { readonly [name: string]: () => Cells } = {
  'field-trade-offs': () => [
    ['layers, 64 channels', 'field', 'holes', 'moves by', 'places kept', 'weights', 'multiply-adds, 64×64'],
    ...fieldTradeOffs().map(({ name, field, holes, jump, resolution, parameters, macs }) => [
      name,
      field,
      holes,
      jump === undefined ? '' : jump[0] / jump[1],
      `${100 * resolution} %`,
      parameters,
      macs,
    ]),
  ],
  strides: () => [
    ['stride', 's²', 'channels', 's²·C_in/C_out', 'PSNR', 'smoothed before'],
    ...strideReport({ image: greyScene(128, 11) }).map(({ stride, spatial, outputs, adjusted, psnr, smoothed }) => [
      stride,
      spatial,
      `64 → ${outputs}`,
      adjusted,
      `${psnr.toFixed(1)} dB`,
      `${smoothed.toFixed(1)} dB`,
    ]),
  ],
};

/** A number in groups of three, as the lessons write them. */
const cell = (value: string | number): string =>
  typeof value === 'number' ? `${value}`.replaceAll(/\B(?=(\d{3})+$)/g, ' ') : value;

const line = (cells: readonly (string | number)[]): string => `| ${cells.map(cell).join(' | ')} |\n`;

const region = /<!-- table: ([\w-]+) -->\n(?:\|.*\n)*/g;

/** A page with its tables made anew, each after its mark `<!-- table: name -->`. */
export const withTables = (page: string): string =>
  page.replaceAll(region, (_, name: string) => {
    const rows = tables[name]?.();
    if (rows === undefined) throw new Error(`there is no table '${name}'`);
    const [head, ...body] = rows;
    return `<!-- table: ${name} -->\n${line(head!)}|${'---|'.repeat(head!.length)}\n${body.map(line).join('')}`;
  });
