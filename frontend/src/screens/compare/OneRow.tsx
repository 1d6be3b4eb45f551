import { useQuery } from "@tanstack/react-query";
import { rowsQuery } from "../../api/artifacts";
import type { ColumnType } from "../../api/types";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { fullText, isNumeric, numberText } from "../../results/table/cells";
import classes from "./NodeResults.module.css";

interface Props {
  before: string;
  after: string;
  names: [string, string];
}

interface Cell {
  type: ColumnType;
  value: unknown;
}

/** Columns of a table of one row that are compared. */
const MOST = 200;

/** Two tables of one row, as metrics are: a line for each column, with the difference of numbers. */
export function OneRow({ before, after, names }: Props) {
  const asked = { offset: 0, limit: 1, first_column: 0, columns: MOST };
  const [was, is] = [useQuery(rowsQuery(before, asked)), useQuery(rowsQuery(after, asked))];
  const error = was.error ?? is.error;
  if (error) return <ProblemMessage title="The tables could not be compared" error={error} />;
  if (!was.data || !is.data) return <Loading label="Comparing…" />;
  const cellsOf = ({ columns, rows }: typeof was.data) =>
    new Map(
      columns.map(({ name, type }, at): [string, Cell] => [name, { type, value: rows[0]?.[at] ?? null }]),
    );
  const [old, now] = [cellsOf(was.data), cellsOf(is.data)];
  const all = [...new Set([...old.keys(), ...now.keys()])];
  return (
    <div className={classes.rest} tabIndex={0} role="group" aria-label="Values in both runs">
      <table className={classes.metrics}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {all.map((name) => (
            <tr key={name} data-same={same(old.get(name), now.get(name))}>
              <th scope="row">{name}</th>
              <td>{shown(old.get(name))}</td>
              <td>{shown(now.get(name))}</td>
              <td>{difference(old.get(name), now.get(name))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const same = (one: Cell | undefined, other: Cell | undefined): boolean =>
  one !== undefined && other !== undefined && fullText(one.value) === fullText(other.value);

function shown(cell: Cell | undefined): string {
  if (!cell) return "no such column";
  if (cell.value === null) return "missing";
  return typeof cell.value === "number" && cell.type === "float"
    ? numberText(cell.value)
    : fullText(cell.value);
}

/** "+0.012" of two numbers, "the same", or nothing where there is none. */
function difference(one: Cell | undefined, other: Cell | undefined): string {
  if (!one || !other) return "";
  if (same(one, other)) return "the same";
  if (!isNumeric(one.type) || !isNumeric(other.type)) return "";
  const by = Number(other.value) - Number(one.value);
  if (one.value === null || other.value === null || !Number.isFinite(by)) return "";
  return `${by < 0 ? "−" : "+"}${numberText(Math.abs(by))}`;
}
