import { notifications } from "@mantine/notifications";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { rowsQuery } from "../../api/artifacts";
import { copyText } from "../../ui/copyText";
import { showProblem } from "../../ui/showProblem";
import { plural } from "../../ui/words";
import { fullText, isCut } from "./cells";
import type { ShownColumn } from "./columnLayout";
import { asTsv, sizeOf, type CellRange } from "./copying";
import type { View } from "./usePages";

/** Cells that are worth a clipboard; beyond them a download is the better way. */
const MOST = 500_000;
const ROWS_AT_ONCE = 5_000;
/** Rows with texts so long that each is asked for alone. */
const LONG_ROWS = 200;

interface Options {
  artifact: string;
  many: number;
  shown: readonly ShownColumn[];
  view: View;
  cell: (row: number, source: number) => unknown;
}

/** Copies a range as TSV, asking the server for what is not on the screen; a column's name where none is. */
export function useCopyCells({ artifact, many, shown, view, cell }: Options) {
  const queries = useQueryClient();
  return async (range: CellRange | null, column: number | undefined, withNames: boolean) => {
    if (!range) {
      await copyText(shown[column ?? -1]?.column.name ?? "");
      return;
    }
    const [high, wide] = sizeOf(range);
    if (high * wide > MOST) {
      notifications.show({
        color: "yellow",
        message: `${plural(high * wide, "cell")} are too many for the clipboard; download the table instead.`,
      });
      return;
    }
    const columns = shown.slice(range.columns[0], range.columns[1] + 1);
    try {
      const known = readAll(range, columns, cell); // where no text is cut
      const rows = known ?? (await askAll(queries, artifact, many, view, range, columns));
      const [alone] = high * wide === 1 && !withNames ? (rows[0] ?? []) : [];
      const names = withNames ? [columns.map((one) => one.column.name)] : [];
      await copyText(high * wide === 1 && !withNames ? fullText(alone) : asTsv([...names, ...rows]));
      if (high * wide > 1)
        notifications.show({ message: `Copied ${plural(high, "row")} × ${plural(wide, "column")}.` });
    } catch (error) {
      showProblem("The cells were not copied", error);
    }
  };
}

/** The cells, where all of them are here already. */
function readAll(
  range: CellRange,
  columns: readonly ShownColumn[],
  cell: Options["cell"],
): unknown[][] | null {
  const rows: unknown[][] = [];
  for (let row = range.rows[0]; row <= range.rows[1]; row += 1) {
    const cells = columns.map(({ source }) => cell(row, source));
    if (cells.some((value) => value === undefined || isCut(value))) return null;
    rows.push(cells);
  }
  return rows;
}

async function askAll(
  queries: QueryClient,
  artifact: string,
  many: number,
  view: View,
  range: CellRange,
  columns: readonly ShownColumn[],
): Promise<unknown[][]> {
  const sources = columns.map(({ source }) => source);
  const first = Math.min(...sources);
  const wide = Math.max(...sources) - first + 1;
  // The server tells at most 1,000 columns at once; a narrow table is asked for whole.
  const window = many > 100 && wide <= 1000 ? { first_column: first, columns: wide } : {};
  const start = "columns" in window ? first : 0;
  const rows: unknown[][] = [];
  for (let offset = range.rows[0]; offset <= range.rows[1]; offset += ROWS_AT_ONCE) {
    const limit = Math.min(ROWS_AT_ONCE, range.rows[1] - offset + 1);
    const page = await queries.fetchQuery({
      ...rowsQuery(artifact, { offset, limit, ...view, ...window }),
      gcTime: 0,
    });
    for (const row of page.rows) rows.push(sources.map((source) => row[source - start]));
  }
  const long = rows.flatMap((row, at) => (row.some(isCut) ? [at] : []));
  if (long.length > LONG_ROWS) {
    throw new Error(
      `${plural(long.length, "row")} hold texts of more than 10,000 characters; download the table instead.`,
    );
  }
  for (const at of long) {
    const asked = { offset: range.rows[0] + at, limit: 1, whole: true, ...view, ...window };
    const page = await queries.fetchQuery({ ...rowsQuery(artifact, asked), gcTime: 0 });
    rows[at] = sources.map((source) => page.rows[0]?.[source - start]);
  }
  return rows;
}
