import { aliasedEnergy, foldedBins, type NodeAliasing } from '../../analysis/index.ts';
import { type Html, linePlot, plots } from '../../report/index.ts';
import { heatMap, heatMaps } from '../heat-map.ts';

/** So many nodes are drawn. */
const most = 6;

/** A node whose filter is known. */
type Filtered = NodeAliasing & { readonly response: NonNullable<NodeAliasing['response']> };

/** Which frequency poses as which, what filters leave of them, and where in the spectrum of the result what is aliased lies (operators.md 5, 28). */
export async function foldingPictures(found: readonly NodeAliasing[]): Promise<readonly Html[]> {
  const filtered = found.filter((node): node is Filtered => node.response !== undefined).slice(0, most);
  const factors = [...new Set(found.flatMap(({ factor }) => factor))].filter((factor) => factor > 1);
  const maps = filtered.flatMap(({ id, op, factor, response }) => {
    if (response.shape.some((size, axis) => size % factor[axis]! !== 0)) return [];
    const { byBin } = aliasedEnergy(response, factor);
    const [rows, columns] = byBin.shape as readonly [number, number];
    const map = heatMap({
      title: `Aliased by ${id} ${op}`,
      caption: 'The share of each frequency of the result that came from above the limit, frequency 0 in the middle.',
      rows,
      columns,
      values: centred(byBin.data, rows, columns),
    });
    return [map];
  });
  const curves = [
    ...(factors.length === 0 ? [] : [await foldingPlot(factors)]),
    ...(filtered.length === 0 ? [] : [await responsePlot(filtered)]),
  ];
  return [...(curves.length === 0 ? [] : [plots(curves)]), ...(maps.length === 0 ? [] : [heatMaps(maps)])];
}

/** Frequency 0 from the first corner to the middle. */
const centred = (data: ArrayLike<number>, rows: number, columns: number): readonly number[] =>
  Array.from({ length: rows * columns }, (_, i) => {
    const row = (Math.floor(i / columns) + Math.ceil(rows / 2)) % rows;
    const column = ((i % columns) + Math.ceil(columns / 2)) % columns;
    return data[row * columns + column]!;
  });

const foldingPlot = (factors: readonly number[]): Promise<Html> =>
  linePlot({
    title: 'Where frequencies land when samples are dropped',
    x: 'cycles per element before',
    y: 'cycles per element after',
    lines: factors.map((factor) => {
      const size = 64 * factor;
      const landing = new Map(foldedBins(size, factor).flatMap((bins, k) => bins.map((bin) => [bin, k] as const)));
      const points = Array.from({ length: size / 2 + 1 }, (_, k): readonly [number, number] => {
        const bin = landing.get(k % size)!;
        return [k / size, Math.min(bin, 64 - bin) / 64];
      });
      return { name: `every ${factor}th kept`, points };
    }),
  });

/** Along rows, of frequencies that do not change along columns. */
const responsePlot = (nodes: readonly Filtered[]): Promise<Html> =>
  linePlot({
    title: 'What is left of each frequency before samples are dropped',
    x: 'cycles per element; above 1/(2·factor) it is aliased',
    y: 'share of the amplitude at 0',
    lines: nodes.map(({ id, op, factor, response }) => {
      const [rows, columns] = response.shape as readonly [number, number];
      const flat = response.data[0]! || 1;
      const points = Array.from({ length: Math.floor(rows / 2) + 1 }, (_, k): readonly [number, number] => [
        k / rows,
        response.data[k * columns]! / flat,
      ]);
      return { name: `${id} ${op}, ${factor.join('×')}`, points };
    }),
  });
