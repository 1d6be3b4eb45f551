import { Facts } from "./Facts";
import type { ViewProps } from "./view";

/** A type that the page knows nothing of. */
export const View = ({ artifact }: ViewProps) => (
  <Facts artifact={artifact} title={({ type }) => type}>
    {({ text }) => (text ? <pre>{text}</pre> : null)}
  </Facts>
);
