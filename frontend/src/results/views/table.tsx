import { Suspense } from "react";
import { later } from "../../ui/later";
import { Loading } from "../../ui/Loading";
import { TableActions } from "../outputs/TableActions";
import { TableView } from "../table/TableView";
import type { ViewProps } from "./view";

/** Pictures of models are for those who open one. */
const EvaluationView = later(async () => (await import("../evaluation/EvaluationView")).EvaluationView);

export function View({ artifact, label, origin, onAddModule, onCompare, picture }: ViewProps) {
  return (
    <TableView
      artifactId={artifact}
      label={label}
      actions={<TableActions artifact={artifact} label={label} origin={origin} onCompare={onCompare} />}
      onAddModule={onAddModule}
      own={({ scored }) =>
        picture ??
        (scored
          ? {
              label: "Evaluation",
              first: false,
              draw: () => (
                <Suspense fallback={<Loading label="Opening the evaluation…" />}>
                  <EvaluationView
                    datasets={[{ artifact, name: label }]}
                    onAddModule={onAddModule && ((_, sql) => onAddModule(sql))}
                  />
                </Suspense>
              ),
            }
          : undefined)
      }
    />
  );
}
