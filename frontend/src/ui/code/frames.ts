/**
 * Columns that could stand at the cursor of a script that is being typed. Pure, and asks nobody: the line up to the
 * cursor and simple assignments above it are looked at. `modules/scripting/completion.py` does the same for the API.
 */

export interface TableColumn {
  name: string;
  /** Its type, and what else is known of it. */
  detail: string;
}

/** The connected tables in the order of the inputs: what SQL calls them, and their columns. */
export interface ConnectedTable {
  name: string;
  columns: readonly TableColumn[];
}

export interface ColumnsHere {
  columns: readonly TableColumn[];
  /** Where the word begins that they would replace, on the line. */
  from: number;
  /** Nothing else can stand there: it is inside of a text. */
  isText: boolean;
}

type Frames = Map<string, readonly TableColumn[]>;

const METHODS =
  "groupby|sort_values|query|eval|drop|set_index|merge|join|pivot_table|pivot|dropna|drop_duplicates|rename|astype|" +
  "fillna|nlargest|nsmallest|get|pop|melt|value_counts|explode|filter|agg|boxplot|hist|plot|insert";
const IN_LOC = /(\w+)\.(?:loc|at)\[.*,\s*(?:\[[^[\]]*)?$/;
const IN_BRACKETS = /(\w+)\s*\[\s*(?:\[[^[\]]*)?$/;
const IN_CALL = new RegExp(`(\\w+)(?:\\.\\w+\\([^()]*\\)|\\[[^\\[\\]]*\\])*\\.(?:${METHODS})\\([^()]*$`);
const IS_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Characters of a script, and of a line before the cursor, that are looked at. */
const LONGEST = 200_000;
const LONGEST_LINE = 1_000;

export function columnsHere(
  language: string,
  script: string,
  before: string,
  tables: readonly ConnectedTable[],
): ColumnsHere | null {
  if (tables.length === 0 || before.length > LONGEST_LINE || script.length > LONGEST) return null;
  if (language === "sql") return inSql(script, before, tables);
  if (language === "r") return inR(script, before, tables);
  return inPython(script, before, tables);
}

function inPython(script: string, before: string, tables: readonly ConnectedTable[]): ColumnsHere | null {
  const opened = openText(before);
  if (opened !== null) {
    const head = before.slice(0, opened);
    const found = IN_LOC.exec(head) ?? IN_BRACKETS.exec(head) ?? IN_CALL.exec(head);
    const columns = pythonFrames(script, tables).get(found?.[1] ?? "");
    if (!columns) return { columns: [], from: before.length, isText: true };
    const word = /\.(?:query|eval)\($/.test(head) ? /[\w.]*$/.exec(before)?.index : opened + 1;
    return { columns, from: word ?? before.length, isText: true };
  }
  const dotted = /(?<![\w.])(\w+)\.(\w*)$/.exec(before);
  const columns = dotted && pythonFrames(script, tables).get(dotted[1] ?? "");
  if (!columns) return null;
  const plain = columns.filter(({ name }) => IS_NAME.test(name));
  return { columns: plain, from: before.length - (dotted[2] ?? "").length, isText: false };
}

/** The variables that hold a connected table, or something made of it, with the columns that the script adds. */
function pythonFrames(script: string, tables: readonly ConnectedTable[]): Frames {
  const frames: Frames = new Map();
  const mains = [...script.matchAll(/def\s+azureml_main\s*\(([^)]*)/g)];
  parameters(mains.at(-1)?.[1] ?? "").forEach((name, place) => {
    const table = tables[place];
    if (table) frames.set(name, table.columns);
  });
  for (const [, made = "", of = "", rest = ""] of script.matchAll(
    /^[ \t]*(\w+)\s*=\s*(\w+)\s*((?:[.[].*)?)$/gm,
  )) {
    const columns = frames.get(of);
    if (columns && !frames.has(made) && !/^\[\s*["'][^"']*["']\s*\]/.test(rest)) frames.set(made, columns);
  }
  for (const [, name = "", , added = ""] of script.matchAll(/\b(\w+)\[(["'])(.{1,200}?)\2\]\s*=(?!=)/g)) {
    const columns = frames.get(name);
    if (columns && !columns.some((one) => one.name === added)) {
      frames.set(name, [...columns, { name: added, detail: "added here" }]);
    }
  }
  return frames;
}

function inSql(sql: string, before: string, tables: readonly ConnectedTable[]): ColumnsHere | null {
  if ((before.match(/'/g)?.length ?? 0) % 2 === 1 || before.includes("--")) return null;
  const dotted = /(\w+)\.["`[]?(\w*)$/.exec(before);
  if (dotted) {
    const alias = new RegExp(`\\b(t[123])\\s+(?:as\\s+)?${dotted[1]}\\b`, "i").exec(sql);
    const wanted = (alias?.[1] ?? dotted[1] ?? "").toLowerCase();
    const columns = tables.find(({ name }) => name === wanted)?.columns ?? [];
    return { columns, from: before.length - (dotted[2] ?? "").length, isText: false };
  }
  const word = /\w*$/.exec(before)?.[0] ?? "";
  return {
    columns: tables.flatMap(({ columns }) => columns),
    from: before.length - word.length,
    isText: false,
  };
}

function inR(script: string, before: string, tables: readonly ConnectedTable[]): ColumnsHere | null {
  const found = /([\w.]+)\$([\w.]*)$/.exec(before) ?? /([\w.]+)\s*\[.*["']([^"']*)$/.exec(before);
  if (!found) return null;
  const frames: Frames = new Map(tables.map(({ name, columns }) => [name, columns]));
  for (const [, name = "", number = ""] of script.matchAll(
    /([\w.]+)\s*(?:<-|=)\s*maml\.mapInputPort\(\s*([12])/g,
  )) {
    frames.set(name, tables.find((table) => table.name.endsWith(number))?.columns ?? []);
  }
  const main = [...script.matchAll(/azureml_main\s*(?:<-|=)\s*function\s*\(([^)]*)/g)].at(-1);
  parameters(main?.[1] ?? "").forEach((name, place) => {
    const table = tables[place];
    if (table) frames.set(name, table.columns);
  });
  for (const [, made = "", of = ""] of script.matchAll(
    /^[ \t]*([\w.]+)\s*(?:<-|=)\s*([\w.]+)\s*(?:\[.*)?$/gm,
  )) {
    const columns = frames.get(of);
    if (columns && !frames.has(made)) frames.set(made, columns);
  }
  const columns = frames.get(found[1] ?? "");
  return columns ? { columns, from: before.length - (found[2] ?? "").length, isText: false } : null;
}

/** The names of positional parameters, without annotations and defaults. */
function parameters(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let part = "";
  for (const mark of `${text},`) {
    depth += Number("[({".includes(mark)) - Number("])}".includes(mark));
    if (mark !== "," || depth !== 0) {
      part += mark;
      continue;
    }
    const name = (part.split(/[:=]/)[0] ?? "").trim();
    if (name.startsWith("*")) break;
    if (name && name !== "/") names.push(name);
    part = "";
  }
  return names;
}

/** Where the text begins that is still open at the end of this part of a line. */
function openText(before: string): number | null {
  let opened: number | null = null;
  for (let at = 0; at < before.length; at += 1) {
    const mark = before[at];
    if (opened === null && mark === "#") return null;
    if (opened !== null && mark === "\\") at += 1;
    else if (mark === '"' || mark === "'") {
      if (opened === null) opened = at;
      else if (before[opened] === mark) opened = null;
    }
  }
  return opened;
}
