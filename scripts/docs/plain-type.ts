import type { TSType, TSTypeName, TSTypeParameterDeclaration, TSTypeParameterInstantiation } from 'oxc-parser';
import { lookUp } from './declarations.ts';
import { type Source, textOf } from './source.ts';

/** A type where it was written, and what its parameters stand for there. */
export interface TypeIn {
  readonly source: Source;
  readonly type: TSType;
  readonly generics: Generics;
}

/** What type parameters stand for: what was given, else what they extend. */
export type Generics = ReadonlyMap<string, TypeIn | undefined>;

/** The parameters of a declaration, with what is given for them, added to those around it. */
export function genericsOf(
  source: Source,
  parameters: TSTypeParameterDeclaration | null | undefined,
  outer: Generics = new Map(),
  given: readonly TypeIn[] = [],
): Generics {
  const generics = new Map(outer);
  for (const [i, { name, constraint }] of (parameters?.params ?? []).entries())
    generics.set(name.name, given[i] ?? (constraint === null ? undefined : { source, type: constraint, generics }));
  return generics;
}

/** What is given in angle brackets. */
export const givenIn = (
  { source, generics }: TypeIn,
  instantiation: TSTypeParameterInstantiation | null | undefined,
): TypeIn[] => (instantiation?.params ?? []).map((type) => ({ source, type, generics }));

/** Types that only pass another one on, which is their last argument. */
const wrappers = ['Known', 'NoInfer', 'Readonly'];
/** Types of the library that are read with their arguments. */
const spelledOut = ['Exclude', 'Omit', 'Pick', 'Record'];

/**
 * A type as one would say it: without what only the compiler needs. Type parameters are what they extend, conditions on
 * sizes are left out, and a tensor is a tensor whatever its shape.
 */
export function plainType(where: TypeIn): string {
  const { source, type, generics } = where;
  const plain = (inner: TSType): string => plainType({ source, type: inner, generics });
  switch (type.type) {
    case 'TSIntersectionType': {
      const [first, ...more] = type.types.map((each) => ({ text: plain(each), each }));
      const kept = more.filter(({ each }) => hasMembers({ source, type: each, generics })).map(({ text }) => text);
      return [...(first!.text === 'object' && kept.length > 0 ? [] : [first!.text]), ...kept]
        .filter((text) => text !== 'object' || kept.length === 0)
        .join(' & ');
    }
    case 'TSParenthesizedType':
      return `(${plain(type.typeAnnotation)})`;
    case 'TSUnionType':
      return [...new Set(type.types.map(plain))].join(' | ');
    case 'TSArrayType':
      return `${plain(type.elementType)}[]`;
    case 'TSTypeOperator':
      return `${type.operator} ${plain(type.typeAnnotation)}`;
    case 'TSTypeLiteral': {
      const members = type.members.map((member) =>
        member.type === 'TSPropertySignature' && member.typeAnnotation
          ? `${textOf(source, member.key)}${member.optional ? '?' : ''}: ${plain(member.typeAnnotation.typeAnnotation)}`
          : textOf(source, member),
      );
      return `{ ${members.join('; ')} }`;
    }
    case 'TSTypeReference': {
      const name = typeName(type.typeName);
      if (generics.has(name)) {
        const meant = generics.get(name);
        return meant === undefined ? 'unknown' : plainType(meant);
      }
      const given = type.typeArguments?.params ?? [];
      if (wrappers.includes(name) && given.length > 0) return plain(given.at(-1)!);
      if (spelledOut.includes(name)) return `${name}<${given.map(plain).join(', ')}>`;
      const dtype = name === 'Tensor' ? given[1] : undefined;
      return dtype?.type === 'TSLiteralType' ? `Tensor<${textOf(source, dtype).slice(1, -1)}>` : name;
    }
    case 'TSConditionalType':
      return [...new Set([plain(type.trueType), plain(type.falseType)])].join(' | ');
    default:
      return textOf(source, type).replace(/\s+/g, ' ');
  }
}

/** Whether a type is a record of named things, not a condition for the compiler alone. */
function hasMembers({ source, type, generics }: TypeIn): boolean {
  if (type.type === 'TSTypeLiteral') return true;
  if (type.type !== 'TSTypeReference') return false;
  const name = typeName(type.typeName);
  const meant = generics.get(name);
  if (meant !== undefined) return hasMembers(meant);
  return name !== 'Tensor' && lookUp(source, name)?.node.type === 'TSInterfaceDeclaration';
}

/** `A`, or `B` of `A.B`. */
export const typeName = (name: TSTypeName): string =>
  name.type === 'Identifier' ? name.name : name.type === 'TSQualifiedName' ? name.right.name : 'this';
