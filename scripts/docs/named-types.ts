import { type Declaration, exportsOf } from './declarations.ts';
import { proseOf } from './prose.ts';
import { textOf } from './source.ts';

/** What the options' types mean that are named rather than written out, as a chapter. */
export function namedTypes(index: string): string {
  const lines = [...exportsOf(index).values()].flatMap((declaration) => {
    const text = choicesOf(declaration);
    if (text === undefined) return [];
    const { text: doc } = proseOf(declaration.doc);
    return [`- \`${declaration.name}\` is \`${text}\`${doc === '' ? '' : `: ${doc.replace(/\s*\n\s*/g, ' ')}`}`];
  });
  return ['## Named options', '', ...lines.sort()].join('\n');
}

/** The text of an alias for choices or lists of numbers; undefined for functions and shapes. */
function choicesOf({ source, node }: Declaration): string | undefined {
  if (node.type !== 'TSTypeAliasDeclaration' || node.typeParameters !== null) return undefined;
  const { type } = node.typeAnnotation;
  if (type !== 'TSUnionType' && type !== 'TSTypeOperator' && type !== 'TSTupleType' && type !== 'TSTypeReference')
    return undefined;
  return textOf(source, node.typeAnnotation)
    .replace(/\/\*\*?.*?\*\//gs, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/\s+/g, ' ')
    .replace(/^ ?\| /, '')
    .trim();
}
