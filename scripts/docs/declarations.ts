import type {
  Class,
  Function as FunctionNode,
  ModuleExportName,
  Statement,
  TSInterfaceDeclaration,
  TSTypeAliasDeclaration,
  VariableDeclarator,
} from 'oxc-parser';
import { docBefore, pathFrom, readSource, type Source } from './source.ts';

type Node = Class | FunctionNode | TSInterfaceDeclaration | TSTypeAliasDeclaration | VariableDeclarator;

/** Something that a file declares under a name. */
export interface Declaration {
  readonly name: string;
  readonly source: Source;
  readonly node: Node;
  /** Its TSDoc. */
  readonly doc: string;
}

/** What a file exports, whatever file declares it, in the order of the file. */
export function exportsOf(path: string): Map<string, Declaration> {
  const source = readSource(path);
  const found = new Map<string, Declaration>();
  for (const statement of source.program.body) {
    if (statement.type === 'ExportAllDeclaration') {
      for (const [name, declaration] of exportsOf(pathFrom(source, statement.source.value)!))
        found.set(name, declaration);
    } else if (statement.type === 'ExportNamedDeclaration') {
      for (const declaration of declaredBy(source, statement)) found.set(declaration.name, declaration);
      for (const { local, exported } of statement.specifiers) {
        const from = statement.source === null ? source : readSource(pathFrom(source, statement.source.value)!);
        const declaration = lookUp(from, nameOf(local));
        if (declaration === undefined) throw new Error(`${path} exports ${nameOf(local)}, which is not declared`);
        found.set(nameOf(exported), { ...declaration, name: nameOf(exported) });
      }
    }
  }
  return found;
}

/** What a name means in a file: declared there, exported from elsewhere or imported; undefined for what packages declare. */
export function lookUp(source: Source, name: string): Declaration | undefined {
  for (const statement of source.program.body) {
    const own = declaredBy(source, statement).find((declaration) => declaration.name === name);
    if (own !== undefined) return own;
    if (statement.type === 'ImportDeclaration') {
      const specifier = statement.specifiers.find(({ local }) => local.name === name);
      const path = pathFrom(source, statement.source.value);
      if (specifier?.type === 'ImportSpecifier' && path !== undefined)
        return lookUp(readSource(path), nameOf(specifier.imported));
    }
    if (statement.type === 'ExportNamedDeclaration' && statement.source !== null) {
      const specifier = statement.specifiers.find(({ exported }) => nameOf(exported) === name);
      if (specifier !== undefined)
        return lookUp(readSource(pathFrom(source, statement.source.value)!), nameOf(specifier.local));
    }
    if (statement.type === 'ExportAllDeclaration') {
      const path = pathFrom(source, statement.source.value);
      const inner = path === undefined ? undefined : exportsOf(path).get(name);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function declaredBy(source: Source, statement: Statement): Declaration[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration === null) return [];
  const doc = docBefore(source, statement.start);
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap((node) =>
      node.id.type === 'Identifier' ? [{ name: node.id.name, source, node, doc }] : [],
    );
  const isNamed =
    declaration.type === 'FunctionDeclaration' ||
    declaration.type === 'TSDeclareFunction' ||
    declaration.type === 'ClassDeclaration' ||
    declaration.type === 'TSInterfaceDeclaration' ||
    declaration.type === 'TSTypeAliasDeclaration';
  return isNamed && declaration.id !== null ? [{ name: declaration.id.name, source, node: declaration, doc }] : [];
}

const nameOf = (node: ModuleExportName): string => (node.type === 'Literal' ? node.value : node.name);
