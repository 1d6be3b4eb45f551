import { describe, expect, it } from "vitest";
import { columnsHere, type ConnectedTable } from "./frames";

const table = (name: string, ...columns: string[]): ConnectedTable => ({
  name,
  columns: columns.map((column) => ({ name: column, detail: "" })),
});
const TABLES = [table("dataset1", "Price", "Rooms", "Floor Area"), table("dataset2", "k")];
const HEAD =
  "def azureml_main(a, b: 'x' = None, *, al=1):\n    df = a.dropna()\n    df['New'] = 1\n    p = df['Price']\n";

const names = (line: string, language = "python", head = HEAD, tables = TABLES) =>
  columnsHere(language, head + line, line, tables)?.columns.map(({ name }) => name) ?? null;

describe("columns at the cursor", () => {
  it.each([
    "    df['",
    '    df.loc[:, "',
    "    df.loc[df.x > 1, ['Price', 'R",
    "    df[['Price', '",
    "    df.groupby('P",
    "    df.dropna().sort_values(by='",
    "    df.query('Rooms > 2 and P",
  ])("are those of the frame in %s", (line) => {
    expect(names(line)).toEqual(["Price", "Rooms", "Floor Area", "New"]);
  });

  it("are those that are names behind a dot, and none in another text, a comment or behind a column", () => {
    expect(names("    a.")).toEqual(["Price", "Rooms"]);
    expect(names("    b['")).toEqual(["k"]);
    expect(names("    print('")).toEqual([]);
    expect(names("    # df['")).toBeNull();
    expect(names("    df['Price'].")).toBeNull();
    expect(names("    p.")).toBeNull();
  });

  it("replace the word that was begun", () => {
    expect(columnsHere("python", HEAD, "    a.query('Rooms > 2 and Pr", TABLES)?.from).toBe(27);
  });

  it("are those of a table, an alias or all tables in SQL", () => {
    const tables = [table("t1", "Price"), table("t2", "k")];
    expect(names("select x.", "sql", "", tables)).toEqual([]);
    expect(columnsHere("sql", "select x. from t2 as x", "select x.", tables)?.columns[0]?.name).toBe("k");
    expect(names("select ", "sql", "", tables)).toEqual(["Price", "k"]);
    expect(names("select 'a", "sql", "", tables)).toBeNull();
  });

  it("are those behind $ in R", () => {
    const head = "d <- maml.mapInputPort(1)\ne <- d\n";
    expect(names("e$P", "r", head)).toEqual(["Price", "Rooms", "Floor Area"]);
    expect(names('d[["', "r", head)).toEqual(["Price", "Rooms", "Floor Area"]);
    expect(names("f$", "r", head)).toBeNull();
  });
});
