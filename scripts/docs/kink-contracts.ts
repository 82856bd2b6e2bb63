import { readSource } from './source.ts';

const file = 'test/conformance/kinks.test.ts';

/** What is proved at the kinks of an export: the names of the contracts in the tests, which begin with its name. */
export function kinkContracts(names: readonly string[]): string[] {
  const contracts = readSource(file).program.body.flatMap((statement) =>
    statement.type === 'VariableDeclaration'
      ? statement.declarations.flatMap(({ id, init }) =>
          id.type === 'Identifier' && id.name === 'conventions' && init?.type === 'ObjectExpression'
            ? init.properties.flatMap((property) =>
                property.type === 'Property' && property.key.type === 'Literal' ? [String(property.key.value)] : [],
              )
            : [],
        )
      : [],
  );
  if (contracts.length === 0) throw new Error(`${file} has no table 'conventions'`);
  return contracts.filter((text) => names.some((name) => new RegExp(`^${name}(?!\\w)`).test(text)));
}
