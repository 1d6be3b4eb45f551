import { Facts } from "./Facts";
import { ModelFacts } from "../outputs/ModelFacts";
import type { ViewProps } from "./view";

export const View = ({ artifact, origin }: ViewProps) => (
  <Facts
    artifact={artifact}
    origin={origin}
    title={({ class_name, learner }) => class_name || learner || "model"}
  >
    {({ text, trained }) => (
      <>
        {text ? <pre>{text}</pre> : null}
        {trained === false ? <p>It is not trained yet.</p> : <ModelFacts artifact={artifact} />}
      </>
    )}
  </Facts>
);
