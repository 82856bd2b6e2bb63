import type { TSSignature, TSType } from 'oxc-parser';
import { lookUp } from './declarations.ts';
import { genericsOf, givenIn, plainType, type TypeIn, typeName } from './plain-type.ts';
import { docBefore, type Source, textOf } from './source.ts';

/** One option, or one field of a result. */
export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly doc: string;
  readonly source: Source;
}

/** Names that are no options: what one has to know anyway. */
const known = ['Tensor', 'GraphBuilder', 'Type', 'Shape', 'DType', 'Op', 'OpSpec', 'Operand'];

/** The members of an interface, of a literal type or of a combination of such, those that are inherited first. */
export function membersOf(where: TypeIn): Member[] {
  const { source, type, generics } = where;
  const within = (inner: TSType): TypeIn => ({ source, type: inner, generics });
  if (type.type === 'TSIntersectionType') return type.types.flatMap((each) => membersOf(within(each)));
  if (type.type === 'TSTypeLiteral') return type.members.flatMap((member) => memberOf(where, member));
  if (type.type !== 'TSTypeReference') return [];
  const name = typeName(type.typeName);
  if (known.includes(name)) return [];
  if (generics.has(name)) {
    const meant = generics.get(name);
    return meant === undefined ? [] : membersOf(meant);
  }
  return named(source, name, givenIn(where, type.typeArguments));
}

/** The members of a named type with what is given for its parameters. */
function named(source: Source, name: string, given: readonly TypeIn[]): Member[] {
  if (name === 'Omit') {
    const names = namesIn(given[1]!);
    return membersOf(given[0]!).filter((member) => !names.includes(member.name));
  }
  if (name === 'Pick') {
    const names = namesIn(given[1]!);
    return membersOf(given[0]!).filter((member) => names.includes(member.name));
  }
  if (name === 'Known' || name === 'NoInfer') return membersOf(given.at(-1)!);
  const declaration = lookUp(source, name);
  if (declaration === undefined) return [];
  const { node, source: home } = declaration;
  if (node.type === 'TSTypeAliasDeclaration')
    return membersOf({
      source: home,
      type: node.typeAnnotation,
      generics: genericsOf(home, node.typeParameters, undefined, given),
    });
  if (node.type !== 'TSInterfaceDeclaration') return [];
  const generics = genericsOf(home, node.typeParameters, undefined, given);
  const own = node.body.body.flatMap((member) => memberOf({ source: home, generics }, member));
  const inherited = node.extends.flatMap(({ expression, typeArguments }) =>
    expression.type === 'Identifier'
      ? named(
          home,
          expression.name,
          (typeArguments?.params ?? []).map((type) => ({ source: home, type, generics })),
        )
      : [],
  );
  return [...inherited.filter(({ name }) => !own.some((each) => each.name === name)), ...own];
}

/** The names in `'a' | 'b'`. */
function namesIn({ source, type, generics }: TypeIn): string[] {
  if (type.type === 'TSUnionType') return type.types.flatMap((each) => namesIn({ source, type: each, generics }));
  return type.type === 'TSLiteralType' ? [textOf(source, type).slice(1, -1)] : [];
}

function memberOf({ source, generics }: Omit<TypeIn, 'type'>, member: TSSignature): Member[] {
  if (member.type !== 'TSPropertySignature') return [];
  const type = member.typeAnnotation?.typeAnnotation;
  return [
    {
      name: textOf(source, member.key),
      optional: member.optional,
      type: type === undefined ? 'unknown' : plainType({ source, type, generics }),
      doc: docBefore(source, member.start),
      source,
    },
  ];
}
