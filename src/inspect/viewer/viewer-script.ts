/**
 * The program of the graph viewer. It reads the graph from the element `graph-data`, shows scopes as boxes that fold and unfold, lays out what is
 * visible by dagre (the global of that name), and tells of the node that is clicked on. Plain JavaScript, since it runs in the page.
 */
export const viewerScript: string = `
(() => {
  const data = JSON.parse(document.getElementById('graph-data').textContent);
  const viewer = document.querySelector('.viewer');
  const svg = viewer.querySelector('svg');
  const aside = viewer.querySelector('aside');
  const said = viewer.querySelector('.said');
  const search = viewer.querySelector('input[type=search]');
  const leaves = viewer.querySelector('input[type=checkbox]');
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const readers = new Map(data.nodes.map((node) => [node.id, []]));
  for (const node of data.nodes) for (const [name, id] of node.i) readers.get(id).push([node.id, name]);
  // What depends on no input is a leaf: parameters, states, constants and what is made of them alone.
  const followed = new Set();
  for (const node of data.nodes) if (node.k === 'input' || node.i.some(([, id]) => followed.has(id))) followed.add(node.id);

  const key = (path) => path.join('/');
  const counts = new Map();
  for (const node of data.nodes)
    for (let depth = 1; depth <= node.s.length; depth++) {
      const at = key(node.s.slice(0, depth));
      counts.set(at, (counts.get(at) || 0) + 1);
    }
  const open = new Set();
  const most = 60;
  const mostUnfolded = 150;
  // As many levels as can be looked at, outermost first.
  for (let depth = 1; ; depth++) {
    const next = [...counts.keys()].filter((at) => at.split('/').length === depth);
    if (next.length === 0) break;
    for (const at of next) open.add(at);
    if (visible().items.size > most) { for (const at of next) open.delete(at); break; }
  }
  let chosen;
  let box = { x: 0, y: 0, width: 800, height: 600 };

  /** What is seen of each node: itself, or the outermost scope around it that is folded. */
  function shownAs(node) {
    for (let depth = 1; depth <= node.s.length; depth++) {
      const at = key(node.s.slice(0, depth));
      if (!open.has(at)) return { id: 's:' + at, fold: at, parents: node.s.slice(0, depth - 1) };
    }
    return { id: node.id, node, parents: node.s };
  }

  function visible() {
    const items = new Map();
    const at = new Map();
    const all = !leaves || leaves.checked;
    for (const node of data.nodes) {
      if (!all && !followed.has(node.id)) continue;
      const item = shownAs(node);
      if (!items.has(item.id)) items.set(item.id, item);
      at.set(node.id, item.id);
    }
    const edges = new Map();
    for (const node of data.nodes)
      for (const [, id] of node.i) {
        const [from, to] = [at.get(id), at.get(node.id)];
        if (from === undefined || to === undefined || from === to) continue;
        const name = from + ' ' + to;
        const edge = edges.get(name) || { from, to, types: new Set() };
        edge.types.add(byId.get(id).t);
        edges.set(name, edge);
      }
    // Of many outputs of one box one stands for all: a gradient has one for every parameter.
    const told = new Map();
    for (const [name, id] of data.outputs) if (at.has(id)) told.set(at.get(id), [...(told.get(at.get(id)) || []), [name, id]]);
    for (const [from, named] of told) {
      const groups = named.length > 3 ? [named] : named.map((one) => [one]);
      for (const group of groups) {
        const output = 'o:' + group[0][0];
        const label = group.length === 1 ? group[0][0] : group.length + ' outputs: ' + group.map(([name]) => name).join(', ');
        items.set(output, { id: output, output: label, parents: [] });
        edges.set(from + ' ' + output, { from, to: output, types: new Set(group.map(([, id]) => byId.get(id).t)) });
      }
    }
    return { items, edges };
  }

  const element = (name, attributes, text) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const at in attributes) made.setAttribute(at, attributes[at]);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const short = (text, most) => (text.length > most ? text.slice(0, most - 1) + '…' : text);

  function labelsOf(item) {
    if (item.output !== undefined) return [short(item.output, 24)];
    if (item.fold !== undefined) {
      const count = counts.get(item.fold);
      return [short(item.fold.split('/').at(-1), 24), count + (count === 1 ? ' node' : ' nodes')];
    }
    return [short(item.node.n, 24), short(item.node.t, 26)];
  }

  function draw(keep) {
    const started = performance.now();
    const { items, edges } = visible();
    const g = new dagre.graphlib.Graph({ compound: true });
    g.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 34, edgesep: 12, marginx: 16, marginy: 16, ranker: items.size > 300 ? 'longest-path' : 'network-simplex' });
    g.setDefaultEdgeLabel(() => ({}));
    for (const item of items.values()) {
      const labels = labelsOf(item);
      const width = Math.max(...labels.map((label, k) => label.length * (k === 0 ? 7.2 : 6) + 22), 64);
      g.setNode(item.id, { width, height: labels.length === 1 ? 26 : 40 });
      for (let depth = 1; depth <= item.parents.length; depth++) {
        const scope = 'c:' + key(item.parents.slice(0, depth));
        if (!g.hasNode(scope)) {
          g.setNode(scope, {});
          if (depth > 1) g.setParent(scope, 'c:' + key(item.parents.slice(0, depth - 1)));
        }
      }
      if (item.parents.length > 0) g.setParent(item.id, 'c:' + key(item.parents));
    }
    for (const edge of edges.values()) g.setEdge(edge.from, edge.to);
    dagre.layout(g);
    svg.replaceChildren();
    const defs = element('defs', {});
    const marker = element('marker', { id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' });
    marker.append(element('path', { d: 'M0 0 L8 4 L0 8 z', fill: 'var(--soft)' }));
    defs.append(marker);
    svg.append(defs);
    const scopes = g.nodes().filter((id) => id.startsWith('c:')).sort((a, b) => a.split('/').length - b.split('/').length);
    for (const id of scopes) {
      const { x, y, width, height } = g.node(id);
      const group = part('scope', id, () => toggle(id.slice(2)));
      group.append(element('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: 8 }), element('text', { x: x - width / 2 + 8, y: y - height / 2 + 10 }, short(id.slice(2).split('/').at(-1), 30)));
      group.setAttribute('aria-label', 'scope ' + id.slice(2) + ', unfolded');
      svg.append(group);
    }
    for (const edge of edges.values()) {
      const points = g.edge(edge.from, edge.to).points.map(({ x, y }) => x.toFixed(1) + ' ' + y.toFixed(1));
      const path = element('path', { class: 'edge', d: 'M' + points.join(' L'), 'marker-end': 'url(#tip)', 'data-from': edge.from, 'data-to': edge.to });
      path.append(element('title', {}, [...edge.types].join(', ')));
      svg.append(path);
    }
    for (const item of items.values()) {
      const { x, y, width, height } = g.node(item.id);
      const kind = item.output !== undefined ? 'output' : item.fold !== undefined ? 'fold' : item.node.k;
      const group = part('item ' + kind, item.id, () => (item.fold !== undefined ? toggle(item.fold) : item.node ? choose(item.node) : undefined));
      group.append(element('rect', { x: x - width / 2, y: y - height / 2, width, height, rx: kind === 'operator' ? 4 : 9 }));
      const labels = labelsOf(item);
      labels.forEach((label, k) => group.append(element('text', { x, y: y + (labels.length === 1 ? 0 : k * 15 - 7), ...(k === 0 ? {} : { class: 'small' }) }, label)));
      group.setAttribute('aria-label', kind + ' ' + labels.join(' '));
      svg.append(group);
    }
    if (!keep) {
      const { width, height } = g.graph();
      const side = svg.getBoundingClientRect();
      const scale = Math.min(1.2, Math.max(width / (side.width || 800), Math.min(height / (side.height || 600), 1.6), 0.6));
      box = { x: width / 2 - ((side.width || 800) * scale) / 2, y: -4, width: (side.width || 800) * scale, height: (side.height || 600) * scale };
    }
    look();
    mark();
    said.textContent = items.size + ' of ' + (data.nodes.length + data.outputs.length) + ' shown, laid out in ' + Math.round(performance.now() - started) + ' ms';
    viewer.dataset.ready = 'yes';
  }

  function part(kind, id, act) {
    const group = element('g', { class: kind, tabindex: 0, role: 'button', 'data-id': id });
    group.addEventListener('click', () => { if (!dragged) act(); });
    group.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); act(); } });
    return group;
  }

  function toggle(scope) {
    if (open.has(scope)) for (const at of [...open]) { if (at === scope || at.startsWith(scope + '/')) open.delete(at); }
    else open.add(scope);
    draw(true);
  }

  const number = (value) => value.toLocaleString('en').replaceAll(',', ' ');
  function choose(node) {
    chosen = node.id;
    const rows = [['type', node.t], ['scope', node.s.join('/')], ['made at', node.w], ['attributes', node.a]];
    if (node.c) rows.push(['multiply-adds', number(node.c[0])], ['FLOPs', number(node.c[1])], ['bytes moved', number(node.c[2])]);
    rows.push(['reads', node.i.map(([name, id]) => name + ': ' + id + ' ' + byId.get(id).n).join(', ')]);
    rows.push(['read by', readers.get(node.id).map(([id]) => id + ' ' + byId.get(id).n).slice(0, 12).join(', ')]);
    aside.replaceChildren();
    const heading = document.createElement('h4');
    heading.textContent = node.id + ' ' + node.n;
    const list = document.createElement('dl');
    for (const [name, value] of rows) {
      if (!value) continue;
      const [dt, dd] = [document.createElement('dt'), document.createElement('dd')];
      [dt.textContent, dd.textContent] = [name, value];
      list.append(dt, dd);
    }
    aside.append(heading, list);
    if (node.r !== undefined) {
      const [title, pre] = [document.createElement('b'), document.createElement('pre')];
      [title.textContent, pre.textContent] = ['its rule: the gradient of each input, from ct', data.rules[node.r]];
      aside.append(title, pre);
    }
    mark();
  }

  function mark() {
    const text = search.value.trim().toLowerCase();
    let found = 0;
    for (const group of svg.querySelectorAll('g.item')) {
      group.classList.toggle('chosen', group.dataset.id === chosen);
      const node = byId.get(group.dataset.id);
      const words = node ? [node.id, node.n, node.t, ...node.s] : [group.textContent];
      const hit = text !== '' && words.some((word) => word.toLowerCase().includes(text));
      if (hit) found += 1;
      group.classList.toggle('found', hit);
    }
    for (const path of svg.querySelectorAll('path.edge')) path.classList.toggle('chosen', chosen !== undefined && (path.dataset.from === chosen || path.dataset.to === chosen));
    if (text !== '') said.textContent = found + ' found among what is shown';
  }

  const look = () => svg.setAttribute('viewBox', [box.x, box.y, box.width, box.height].map((v) => v.toFixed(1)).join(' '));
  function zoom(factor, x, y) {
    const side = svg.getBoundingClientRect();
    const [px, py] = [box.x + (x / side.width) * box.width, box.y + (y / side.height) * box.height];
    box = { x: px - (px - box.x) * factor, y: py - (py - box.y) * factor, width: box.width * factor, height: box.height * factor };
    look();
  }
  svg.addEventListener('wheel', (event) => {
    event.preventDefault();
    const side = svg.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, event.clientX - side.left, event.clientY - side.top);
  }, { passive: false });
  const fingers = new Map();
  let dragged = false;
  svg.addEventListener('pointerdown', (event) => { fingers.set(event.pointerId, event); dragged = false; });
  svg.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const side = svg.getBoundingClientRect();
    if (fingers.size === 2) {
      const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
      const apart = (a) => Math.hypot(a.clientX - other.clientX, a.clientY - other.clientY) || 1;
      zoom(apart(before) / apart(event), (event.clientX + other.clientX) / 2 - side.left, (event.clientY + other.clientY) / 2 - side.top);
    } else {
      const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
      if (!dragged && Math.hypot(dx, dy) < 4) return;
      box.x -= (dx / side.width) * box.width;
      box.y -= (dy / side.height) * box.height;
      look();
    }
    dragged = true;
    fingers.set(event.pointerId, event);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) svg.addEventListener(end, (event) => fingers.delete(event.pointerId));

  const act = {
    fold: () => { open.clear(); draw(); },
    unfold: () => {
      // One level more everywhere, as far as the layout stays quick: all at once could be thousands.
      const folded = [...visible().items.values()].filter(({ fold }) => fold !== undefined);
      let left = 0;
      for (const { fold } of folded) {
        open.add(fold);
        // At least one is, however much it shows.
        if (fold !== folded[0].fold && visible().items.size > mostUnfolded) { open.delete(fold); left += 1; }
      }
      draw();
      if (left > 0) said.textContent += '; ' + left + ' scopes stay folded, since more is slow to lay out: click on those you want';
    },
    larger: () => zoom(1 / 1.3, svg.getBoundingClientRect().width / 2, svg.getBoundingClientRect().height / 2),
    smaller: () => zoom(1.3, svg.getBoundingClientRect().width / 2, svg.getBoundingClientRect().height / 2),
    fit: () => draw(),
  };
  viewer.querySelector('.bar').addEventListener('click', (event) => { const name = event.target.dataset.act; if (name) act[name](); });
  search.addEventListener('input', mark);
  leaves.addEventListener('change', () => draw());
  draw();
})();
`;
