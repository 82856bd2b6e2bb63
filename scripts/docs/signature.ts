import type { BindingPattern, ParamPattern, TSType, TSTypeAnnotation } from 'oxc-parser';
import { type Declaration, lookUp } from './declarations.ts';
import { type Member, membersOf } from './members.ts';
import { type Generics, genericsOf, givenIn, plainType, type TypeIn, typeName } from './plain-type.ts';
import type { Source } from './source.ts';

/** How something is called. */
export interface Signature {
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly result: string;
  /** Options and other named parts of the parameters. */
  readonly members: readonly Member[];
}

/** The ways in which an export may be called; none for what is no function. */
export function signaturesOf({ source, node }: Declaration): Signature[] {
  if (node.type === 'VariableDeclarator') {
    const annotation = annotationOf(node.id)?.typeAnnotation;
    if (annotation !== undefined) return signaturesOfType({ source, type: annotation, generics: new Map() });
    if (node.init?.type !== 'ArrowFunctionExpression') return [];
    const { params, returnType, typeParameters } = node.init;
    return [signature(source, params, returnType?.typeAnnotation, genericsOf(source, typeParameters))];
  }
  if (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction')
    return [signature(source, node.params, node.returnType?.typeAnnotation, genericsOf(source, node.typeParameters))];
  return [];
}

function signaturesOfType(where: TypeIn): Signature[] {
  const { source, type, generics } = where;
  if (type.type === 'TSParenthesizedType') return signaturesOfType({ source, type: type.typeAnnotation, generics });
  if (type.type === 'TSFunctionType') {
    const { params, returnType, typeParameters } = type;
    return [signature(source, params, returnType.typeAnnotation, genericsOf(source, typeParameters, generics))];
  }
  if (type.type !== 'TSTypeReference') return [];
  const declaration = lookUp(source, typeName(type.typeName));
  if (declaration === undefined) return [];
  const { node, source: home } = declaration;
  const given = givenIn(where, type.typeArguments);
  if (node.type === 'TSTypeAliasDeclaration')
    return signaturesOfType({
      source: home,
      type: node.typeAnnotation,
      generics: genericsOf(home, node.typeParameters, undefined, given),
    });
  if (node.type !== 'TSInterfaceDeclaration') return [];
  const outer = genericsOf(home, node.typeParameters, undefined, given);
  return node.body.body.flatMap((member) => {
    if (member.type !== 'TSCallSignatureDeclaration') return [];
    const { params, returnType, typeParameters } = member;
    return [signature(home, params, returnType?.typeAnnotation, genericsOf(home, typeParameters, outer))];
  });
}

function signature(
  source: Source,
  parameters: readonly ParamPattern[],
  result: TSType | undefined,
  generics: Generics,
): Signature {
  const types = parameters.map((parameter, i) => {
    if (parameter.type === 'TSParameterProperty') throw new TypeError(`${source.path}: a constructor is no function`);
    const rest = parameter.type === 'RestElement';
    const inner = rest ? parameter.argument : parameter;
    const pattern = inner.type === 'AssignmentPattern' ? inner.left : inner;
    const annotation = (rest ? parameter.typeAnnotation : undefined) ?? annotationOf(pattern);
    const name = pattern.type === 'Identifier' ? pattern.name : i === 0 ? 'inputs' : 'options';
    const optional = inner.type === 'AssignmentPattern' || (pattern.type === 'Identifier' && pattern.optional);
    return { name: `${rest ? '...' : ''}${name}${optional ? '?' : ''}`, type: annotation?.typeAnnotation };
  });
  const plain = (type: TSType | undefined): string =>
    type === undefined ? 'unknown' : plainType({ source, type, generics });
  return {
    parameters: types.map(({ name, type }) => ({ name, type: plain(type) })),
    result: plain(result),
    members: types.flatMap(({ type }) => (type === undefined ? [] : membersOf({ source, type, generics }))),
  };
}

// oxc's types put annotations on every pattern but those with defaults.
const annotationOf = (pattern: BindingPattern): TSTypeAnnotation | null | undefined =>
  pattern.type === 'AssignmentPattern' ? undefined : pattern.typeAnnotation;

/** `conv2d(x: Tensor, w: Tensor, options?: ConvOptions) → Tensor`. */
export const showSignature = (name: string, { parameters, result }: Signature): string =>
  `${name}(${parameters.map((parameter) => `${parameter.name}: ${parameter.type}`).join(', ')}) → ${result}`;
