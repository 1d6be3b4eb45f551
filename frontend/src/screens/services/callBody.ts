/** What is typed in the form, as the body of a call. */

import { csvParseRows, tsvParseRows } from "d3-dsv";
import type { CallBody, CallTable, Cell, ServiceEnd, ServiceParameter } from "../../api/services";

/** What stands in one input: a row by column, or a table as it was pasted. */
export interface InputDraft {
  mode: "row" | "table";
  row: Record<string, string>;
  table: string;
}

export type Drafts = Record<string, InputDraft>;

/** The form as it opens: one row of sample values, so that it can be called at once. */
export function firstDrafts(inputs: readonly ServiceEnd[]): Drafts {
  return Object.fromEntries(
    inputs.map(({ name, columns }) => [
      name,
      {
        mode: "row" as const,
        row: Object.fromEntries(columns.map((column) => [column.name, column.sample ?? ""])),
        table: "",
      },
    ]),
  );
}

/** An empty field is a missing value. */
const cellOf = (text: string): Cell => (text === "" ? null : text);

/** Reads what was copied from a spreadsheet (tabs) or a file (commas); its first line names the columns. */
export function tableOf(text: string): CallTable {
  const head = text.slice(0, text.search(/\r?\n|$/));
  const rows = (head.includes("\t") ? tsvParseRows : csvParseRows)(text).filter(
    (row) => row.length > 1 || row[0] !== "",
  );
  const [names = [], ...values] = rows;
  return {
    ColumnNames: names,
    Values: values.map((row) => names.map((_, place) => cellOf(row[place] ?? ""))),
  };
}

/** One row, with the columns that say something, and those that the service needs. */
function rowOf({ columns }: ServiceEnd, row: Record<string, string>): CallTable {
  const said = columns.filter(({ name, optional }) => !optional || (row[name] ?? "") !== "");
  return {
    ColumnNames: said.map(({ name }) => name),
    Values: [said.map(({ name }) => cellOf(row[name] ?? ""))],
  };
}

function parameterOf({ type }: ServiceParameter, text: string): Cell {
  if (type === "boolean") return text === "true";
  if (type === "string") return text;
  const number = Number(text);
  // What is no number goes as it is: the service says what is wrong with it.
  return Number.isFinite(number) ? number : text;
}

/** The body of a call. A parameter that is left empty takes its default. */
export function callBody(
  inputs: readonly ServiceEnd[],
  drafts: Drafts,
  parameters: readonly ServiceParameter[],
  said: Record<string, string>,
): CallBody {
  return {
    Inputs: Object.fromEntries(
      inputs.map((input) => {
        const draft = drafts[input.name];
        if (!draft) return [input.name, { ColumnNames: [], Values: [] }];
        return [input.name, draft.mode === "row" ? rowOf(input, draft.row) : tableOf(draft.table)];
      }),
    ),
    GlobalParameters: Object.fromEntries(
      parameters.flatMap((parameter) => {
        const text = said[parameter.name] ?? "";
        return text === "" ? [] : [[parameter.name, parameterOf(parameter, text)]];
      }),
    ),
  };
}
