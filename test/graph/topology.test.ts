import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { liveIds } from '../../src/graph/index.ts';
import {
  ancestors,
  components,
  cycles,
  descendants,
  path,
  topologicalOrder,
  topology,
  type Wiring,
} from '../../src/graph/topology.ts';
import { arbitraryGraph } from './arbitrary-graph.ts';

/** Any wiring at all, with cycles, self-loops and parallel edges. */
const arbitraryWiring = (): fc.Arbitrary<Wiring> =>
  fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 }).map((rows) => ({
    nodes: rows.map((row, i) => ({
      id: `n${i}`,
      inputs: Object.fromEntries(row.map((from, k) => [`x${k}`, `n${from % rows.length}`])),
    })),
  }));

/** Who reaches whom in one or more steps, by brute force. */
function closure({ nodes }: Wiring): (from: string, to: string) => boolean {
  const reach = new Set(nodes.flatMap(({ id, inputs }) => Object.values(inputs).map((from) => `${from} ${id}`)));
  for (const { id: k } of nodes)
    for (const { id: i } of nodes)
      for (const { id: j } of nodes) if (reach.has(`${i} ${k}`) && reach.has(`${k} ${j}`)) reach.add(`${i} ${j}`);
  return (from, to) => reach.has(`${from} ${to}`);
}

describe('topology', () => {
  test.prop([arbitraryGraph(fc)])('is cached, keeps parallel edges, and finds built graphs in order', (graph) => {
    expect(topology(graph)).toBe(topology(graph));
    expect(topology(graph).nodes()).toEqual(graph.nodes.map(({ id }) => id));
    const edges = graph.nodes.flatMap(({ inputs }) => Object.keys(inputs)).length;
    expect(topology(graph).edgeCount()).toBe(edges);
    expect(topologicalOrder(graph)).toEqual(graph.nodes.map(({ id }) => id));
    expect(cycles(graph)).toEqual([]);
    const wanted = [...Object.values(graph.outputs), ...Object.values(graph.updates)];
    expect(ancestors(graph, wanted)).toEqual(liveIds(graph));
  });

  test.prop([arbitraryWiring()], { numRuns: 300 })('agrees with brute force', (wiring) => {
    const reaches = closure(wiring);
    const ids = wiring.nodes.map(({ id }) => id);
    for (const id of ids) {
      expect([...descendants(wiring, [id])].sort()).toEqual(ids.filter((to) => to === id || reaches(id, to)).sort());
      expect([...ancestors(wiring, [id])].sort()).toEqual(
        ids.filter((from) => from === id || reaches(from, id)).sort(),
      );
    }
    const order = topologicalOrder(wiring);
    const stuck = ids.filter((id) => ids.some((knot) => reaches(knot, knot) && (knot === id || reaches(knot, id))));
    expect([...order, ...stuck].sort()).toEqual([...ids].sort());
    for (const a of order)
      for (const b of order) if (reaches(a, b)) expect(order.indexOf(a)).toBeLessThan(order.indexOf(b));

    const rounds = cycles(wiring);
    expect(rounds.length > 0).toBe(ids.some((id) => reaches(id, id)));
    for (const round of rounds) {
      expect(round.at(-1)).toBe(round[0]);
      for (let i = 1; i < round.length; i++)
        expect(Object.values(wiring.nodes.find(({ id }) => id === round[i])!.inputs)).toContain(round[i - 1]);
    }

    const groups = components(wiring);
    expect(groups.flat().sort()).toEqual([...ids].sort());
    for (const a of ids)
      for (const b of ids) if (reaches(a, b)) expect(groups.find((group) => group.includes(a))).toContain(b);
  });

  test.prop([arbitraryWiring(), fc.nat(), fc.nat()], { numRuns: 300 })('finds shortest paths', (wiring, i, j) => {
    const ids = wiring.nodes.map(({ id }) => id);
    const [from, to] = [ids[i % ids.length]!, ids[j % ids.length]!];
    const found = path(wiring, from, to);
    expect(found !== undefined).toBe(from === to || closure(wiring)(from, to));
    if (found === undefined) return;
    expect([found[0], found.at(-1)]).toEqual([from, to]);
    let within = new Set([from]);
    for (let steps = 1; steps < found.length; steps++) {
      expect(within.has(to)).toBe(false);
      expect(Object.values(wiring.nodes.find(({ id }) => id === found[steps])!.inputs)).toContain(found[steps - 1]);
      within = new Set([...within, ...[...within].flatMap((id) => topology(wiring).successors(id)!)]);
    }
  });

  test('finds no path to or from what is not there', () => {
    const wiring: Wiring = { nodes: [{ id: 'n0', inputs: {} }] };
    expect(path(wiring, 'n0', 'n1')).toBeUndefined();
    expect(path(wiring, 'constructor', 'n0')).toBeUndefined();
    expect(path(wiring, 'n0', 'n0')).toEqual(['n0']);
  });
});
