import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { modelQuery } from "../../api/artifacts";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { numberText } from "../table/cells";
import { plural } from "../../ui/words";
import classes from "./outputs.module.css";

/** A model's parameters, its features with their weights, and its classes. */
export function ModelFacts({ artifact }: { artifact: string }) {
  const { data, error } = useQuery(modelQuery(artifact));
  if (error) return <ProblemMessage title="The model could not be opened" error={error} />;
  if (!data) return <Loading label="Opening the model…" />;
  // JSON has no infinite numbers: such a weight comes as a word.
  const weights = data.features.map(({ weight }) => (weight === null ? null : Number(weight)));
  const most = Math.max(1e-300, ...weights.map((weight) => Math.abs(weight ?? 0)).filter(Number.isFinite));
  return (
    <div className={classes.model}>
      {data.features.length > 0 ? (
        <Part title={plural(data.features.length, "feature")}>
          {data.features.map(({ name }, at) => (
            <Feature key={name} name={name} weight={weights[at] ?? null} most={most} />
          ))}
        </Part>
      ) : null}
      {data.params.length > 0 ? (
        <Part title={plural(data.params.length, "parameter")}>
          {data.params.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </Part>
      ) : null}
      {data.classes.length > 0 ? (
        <Part title={plural(data.classes.length, "class", "classes")}>
          {data.classes.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
            </tr>
          ))}
        </Part>
      ) : null}
    </div>
  );
}

function Feature({ name, weight, most }: { name: string; weight: number | null; most: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{weight === null ? "" : numberText(weight)}</td>
      <td className={classes.weight} aria-hidden>
        {weight === null ? null : (
          <span
            data-negative={weight < 0}
            style={{ width: `${Math.min(1, Math.abs(weight) / most) * 100}%` }}
          />
        )}
      </td>
    </tr>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <table className={classes.part}>
      <caption>{title}</caption>
      <tbody>{children}</tbody>
    </table>
  );
}
