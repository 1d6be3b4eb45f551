import { useQuery } from "@tanstack/react-query";
import { modulesQuery } from "../../api/modules";
import type { Artifact } from "../../api/types";
import { plural } from "../../ui/words";
import { Facts } from "./Facts";
import type { ViewProps } from "./view";
import classes from "./views.module.css";

type Step = NonNullable<Artifact["steps"]>[number];

/** The steps of a transformation in their order: which module, with which settings, and what it learned. */
export function View({ artifact, origin }: ViewProps) {
  const modules = useQuery(modulesQuery()).data ?? [];
  const nameOf = ({ module }: Step) => modules.find(({ slug }) => slug === module)?.name ?? module;
  return (
    <Facts
      artifact={artifact}
      origin={origin}
      title={({ steps }) => `Transformation of ${plural(steps?.length ?? 0, "step")}`}
    >
      {({ steps }) => (
        <ol className={classes.steps}>
          {steps?.map((step, place) => (
            <li key={place}>
              <strong>{nameOf(step)}</strong>
              <pre>{JSON.stringify(step.fitted, null, 2)}</pre>
              <details>
                <summary>Settings</summary>
                <pre>
                  {step.params ? JSON.stringify(step.params, null, 2) : "Not kept with this early one."}
                </pre>
              </details>
            </li>
          ))}
        </ol>
      )}
    </Facts>
  );
}
