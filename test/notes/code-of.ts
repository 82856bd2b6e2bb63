/** The code of the error that a function throws. */
export function codeOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
  throw new Error('nothing was refused');
}
