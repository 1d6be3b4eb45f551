/** Puts lines that were tried in a console of R into a script, before its last output is named. Pure. */

const OUTPUT = /^[ \t]*maml\.mapOutputPort[ \t]*\(/gm;

/** The script with these lines in it. Tables that they name and it does not have are read first. */
export function keepAsR(script: string, lines: string): string {
  const kept = lines.trimEnd();
  const read = [1, 2]
    .filter((port) => names(kept, port) && !names(script, port))
    .map((port) => `dataset${port} <- maml.mapInputPort(${port})`);
  const made = `${[...read, kept].join("\n")}\n`;
  const at = [...script.matchAll(OUTPUT)].at(-1)?.index;
  if (at !== undefined) return script.slice(0, at) + made + script.slice(at);
  return `${script.trim() === "" ? "" : `${script.trimEnd()}\n`}${made}`;
}

const names = (text: string, port: number): boolean => new RegExp(`\\bdataset${port}\\b`).test(text);
