/** Puts lines that were tried in a console into a script, before the last `return` of its azureml_main. Pure. */

const MAIN = /^def[ \t]+azureml_main[ \t]*\(([^)]*)\)[^\n]*:[ \t]*(?:#[^\n]*)?$/gm;

/** The script with these lines in it. Frames keep the names that the script's parameters have. */
export function keepAsScript(script: string, lines: string): string {
  const kept = lines.trimEnd();
  const mains = [...script.matchAll(MAIN)];
  const main = mains.at(-1);
  if (!main)
    return `${script.trim() === "" ? "" : `${script.trimEnd()}\n\n\n`}def azureml_main(dataframe1=None, dataframe2=None):\n${indented(kept, "    ")}\n    return dataframe1,\n`;
  const start = main.index + main[0].length;
  const body = script.slice(start);
  const end = /\n(?=[^\s#)\]}])/.exec(body)?.index ?? body.length;
  const inside = body.slice(0, end);
  const indent = /\n([ \t]+)\S/.exec(inside)?.[1] ?? "    ";
  const returns = [...inside.matchAll(new RegExp(`\\n${indent}return\\b`, "g"))];
  const at = start + (returns.at(-1)?.index ?? inside.trimEnd().length);
  const renamed = aliases(main[1] ?? "", kept);
  return `${script.slice(0, at)}\n${indented([...renamed, kept].join("\n"), indent)}${script.slice(at) || "\n"}`;
}

const indented = (lines: string, indent: string): string =>
  lines
    .split("\n")
    .map((line) => (line.trim() === "" ? "" : indent + line))
    .join("\n");

/** `dataframe1 = df` for a parameter that is called otherwise than in the console, if the lines name it. */
function aliases(parameters: string, lines: string): string[] {
  const names = parameters
    .split(",")
    .map((one) => (one.split(/[:=]/)[0] ?? "").trim())
    .filter((one) => one !== "" && !one.startsWith("*") && one !== "/");
  return names
    .slice(0, 2)
    .map((name, at) => [name, `dataframe${at + 1}`] as const)
    .filter(([name, own]) => name !== own && new RegExp(`\\b${own}\\b`).test(lines))
    .map(([name, own]) => `${own} = ${name}`);
}
