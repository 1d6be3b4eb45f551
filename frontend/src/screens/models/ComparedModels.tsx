import { VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import type { Measured } from "../../api/evaluation";
import { metricText } from "../../results/evaluation/Metrics";
import type { ComparedModel } from "../../results/modelsPath";
import { asTsv } from "../../results/table/copying";
import { copyText } from "../../ui/copyText";
import { IconButton } from "../../ui/IconButton";
import { bestOf, metricColumns, orderBy } from "./comparison";
import classes from "./ModelsScreen.module.css";

export interface Item extends ComparedModel {
  measured: Measured | undefined;
  error: Error | null;
}

interface Props {
  items: readonly Item[];
  onLeave?: ((place: number) => void) | undefined;
}

/** A row a model, a column a metric, the best of each marked; sorted by a click on a metric. */
export function ComparedModels({ items, onLeave }: Props) {
  const [sorted, setSorted] = useState<string | null>(null);
  const columns = metricColumns(items.map(({ measured }) => measured));
  const best = columns.map(bestOf);
  const by = columns.find(({ name }) => name === sorted);
  const order = by ? orderBy(by) : items.map((_, place) => place);
  const tasks = new Set(items.flatMap(({ measured }) => (measured ? [measured.task] : [])));
  const copy = () =>
    void copyText(
      asTsv([
        ["Model", ...columns.map(({ name }) => name)],
        ...order.map((place) => [items[place]?.name, ...columns.map(({ values }) => values[place] ?? "")]),
      ]),
    ).then(() => notifications.show({ message: "Copied the metrics as a table." }));
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.note}>
          {tasks.size > 1
            ? "These models predict different kinds of things: only metrics of the same name compare."
            : "The best of each metric is bold. Click a metric to sort by it."}
        </p>
        <IconButton label="Copy the metrics" size={28} onClick={copy}>
          <IconCopy size={16} />
        </IconButton>
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Models side by side">
        <table className={classes.table} aria-label="Metrics of the models">
          <thead>
            <tr>
              <th scope="col">Model</th>
              {columns.map(({ name }) => (
                <th key={name} scope="col" aria-sort={name === sorted ? "other" : undefined}>
                  <button
                    type="button"
                    className={classes.sort}
                    onClick={() => setSorted(name === sorted ? null : name)}
                  >
                    {name}
                    {name === sorted ? " ↓" : ""}
                  </button>
                </th>
              ))}
              {onLeave ? <td /> : null}
            </tr>
          </thead>
          <tbody>
            {order.map((place) => {
              const item = items[place];
              if (!item) return null;
              return (
                <tr key={`${item.kind} ${item.artifact} ${place}`}>
                  <th scope="row">
                    <Link
                      to={`/artifacts/${item.artifact}?${new URLSearchParams({ name: item.name }).toString()}`}
                    >
                      {item.name}
                    </Link>
                  </th>
                  {item.error || !item.measured ? (
                    <td colSpan={Math.max(1, columns.length)} className={classes.told}>
                      {item.error ? <span role="alert">{item.error.message}</span> : "Scoring and measuring…"}
                    </td>
                  ) : (
                    columns.map(({ name, values }, at) => (
                      <td key={name} data-best={best[at]?.has(place)}>
                        {metricText(values[place])}
                        {best[at]?.has(place) ? <VisuallyHidden> best</VisuallyHidden> : null}
                      </td>
                    ))
                  )}
                  {onLeave ? (
                    <td>
                      <IconButton label={`Leave out ${item.name}`} size={24} onClick={() => onLeave(place)}>
                        <IconX size={14} />
                      </IconButton>
                    </td>
                  ) : null}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
