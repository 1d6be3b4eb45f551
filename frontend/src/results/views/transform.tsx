import { Facts } from "./Facts";
import type { ViewProps } from "./view";

export const View = ({ artifact }: ViewProps) => (
  <Facts
    artifact={artifact}
    title={({ steps }) => steps?.map(({ module }) => module).join(" → ") || "transform"}
  >
    {({ steps }) => (steps ? <pre>{JSON.stringify(steps, null, 2)}</pre> : null)}
  </Facts>
);
