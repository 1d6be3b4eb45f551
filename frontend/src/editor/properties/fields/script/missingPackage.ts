/** The package that a failed import is about, if adding it is what helps: the server says so in its sentence. Pure. */

const SAID = /`# dependencies = \["([A-Za-z0-9][A-Za-z0-9._-]*)"\]`/;

export function missingPackage(failure: { type: string; message: string } | null | undefined): string | null {
  if (failure?.type !== "ModuleNotFoundError") return null;
  return SAID.exec(failure.message)?.[1] ?? null;
}
