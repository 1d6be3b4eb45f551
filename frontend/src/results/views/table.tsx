import { TableView } from "../table/TableView";
import { TableActions } from "../outputs/TableActions";
import type { ViewProps } from "./view";

export function View({ artifact, label, origin, onAddModule, onCompare }: ViewProps) {
  return (
    <TableView
      artifactId={artifact}
      label={label}
      actions={<TableActions artifact={artifact} label={label} origin={origin} onCompare={onCompare} />}
      onAddModule={onAddModule}
    />
  );
}
