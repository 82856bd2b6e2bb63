import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Arrays } from '../../backends/backend.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { fromJson } from '../../graph/text/json.ts';
import type { Subject } from '../../inspect/index.ts';
import { readBytes } from '../../io/read-bytes.ts';
import { ops } from '../../ops/index.ts';
import { loadModule } from '../load-module.ts';
import { netNames } from '../net-graph.ts';
import { type NetOptions, netSubject } from './net-subject.ts';

/**
 * What is named on the command line: a net of the table, a module or a JSON file.
 *
 * @throws CotangentError `inspect/subject` for anything else; what reading and making it refuses.
 */
export async function subjectOf(name: string, options: NetOptions): Promise<Subject> {
  if (netNames.includes(name)) return netSubject(name, options);
  const extension = extname(name);
  if (!existsSync(name)) refuse(name, 'there is no net and no file of this name');
  if (extension === '.json') return fileSubject(name, fromJson(jsonIn(name), ops));
  if (!['.ts', '.mts', '.js', '.mjs'].includes(extension)) refuse(name, 'it is neither JSON nor a module');
  const exported = await loadModule(name);
  const found = [exported.graph, exported.default].find(isGraph);
  if (found === undefined) refuse(name, `it exports no graph, but: ${Object.keys(exported).join(', ') || 'nothing'}`);
  return fileSubject(name, found);
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(readBytes(path)));
  } catch (error) {
    if (error instanceof SyntaxError) refuse(path, `it is not JSON: ${error.message}`);
    throw error;
  }
}

function fileSubject(path: string, graph: Graph): Subject {
  const inputs = graph.nodes.flatMap((node) => (isInput(node) ? [inputAttributes(node)] : []));
  const count = (role: string): number => inputs.filter((input) => input.role === role).length;
  const facts = `${path}: ${count('input')} inputs, ${count('parameter')} parameters, ${count('state')} states`;
  const values: Arrays = {};
  return { name: basename(path), graph, values, facts };
}

const isGraph = (value: unknown): value is Graph =>
  typeof value === 'object' && value !== null && 'nodes' in value && 'outputs' in value && Array.isArray(value.nodes);

function refuse(name: string, why: string): never {
  throw new CotangentError({
    code: 'inspect/subject',
    summary: `${name} cannot be inspected: ${why}`,
    details: [`nets: ${netNames.join(', ')}`],
    fix: 'name a net, a JSON file that `cotangent graph --format json` wrote, or a module that exports a graph as `graph` or default.',
  });
}
