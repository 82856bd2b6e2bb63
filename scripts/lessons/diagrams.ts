import { GraphBuilder } from '../../src/graph/builder.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32 } from '../../src/graph/type.ts';
import { toMermaid } from '../../src/io/index.ts';
import { aspp, declareParameters, type Layer, multiScaleContext, sppLayer } from '../../src/nn/index.ts';

/** The notes' flowcharts, drawn from live graphs: only what depends on the input, a box per branch. */
const diagrams: { readonly [name: string]: () => string } = {
  'multi-scale': () => drawn(multiScaleContext({ in: 16, out: 8, rates: [1, 2, 4, 8] }), [1, 16, 32, 32]),
  aspp: () => drawn(aspp({ in: 16, out: 8, rates: [1, 2, 4, 8] }), [1, 16, 32, 32]),
  spp: () => drawn(sppLayer({}), [1, 16, 32, 32], 1),
};

function drawn(block: Layer<(x: never) => Tensor>, size: readonly number[], fold = 0): string {
  const g = new GraphBuilder();
  const x = g.input('x', f32(...size));
  const types = Object.fromEntries(Object.entries(block.parameters).map(([name, { type }]) => [name, type]));
  const y = block.bind(declareParameters(g, types))(x as never);
  return toMermaid(g.build({ y }), { fold, follow: 'inputs' });
}

const region = /<!-- mermaid: ([\w-]+) -->\n(?:```mermaid\n[\s\S]*?```\n)?/g;

/** A page with its diagrams drawn anew, each after its mark `<!-- mermaid: name -->`. */
export const withDiagrams = (page: string): string =>
  page.replaceAll(region, (_, name: string) => {
    const draw = diagrams[name];
    if (draw === undefined) throw new Error(`there is no diagram '${name}'`);
    return `<!-- mermaid: ${name} -->\n\`\`\`mermaid\n${draw()}\`\`\`\n`;
  });
