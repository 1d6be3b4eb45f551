import { Facts } from "./Facts";
import { ModelFacts } from "../outputs/ModelFacts";
import type { ViewProps } from "./view";

export const View = ({ artifact }: ViewProps) => (
  <Facts artifact={artifact} title={({ class_name, learner }) => class_name || learner || "model"}>
    {({ text, trained }) => (
      <>
        {text ? <pre>{text}</pre> : null}
        {trained === false ? <p>It is not trained yet.</p> : <ModelFacts artifact={artifact} />}
      </>
    )}
  </Facts>
);
