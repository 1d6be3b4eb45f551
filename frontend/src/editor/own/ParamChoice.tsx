import { Checkbox, Text } from "@mantine/core";
import { nodeName } from "../../graph/read";
import { useCatalog } from "../store/catalog";
import { useEditor } from "../store/store";
import classes from "./OwnModuleDialog.module.css";
import { paramKey, type OfferedParams } from "./start";

interface Props {
  offered: readonly OfferedParams[];
  local: (id: string) => string;
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** Which params of the nodes inside can be set from outside. */
export function ParamChoice({ offered, ...rest }: Props) {
  const some = offered.filter(({ params }) => params.length > 0);
  return (
    <fieldset className={classes.fields}>
      <legend>Parameters that can be set from outside</legend>
      {some.length === 0 ? <Text size="sm">The nodes inside have no parameters.</Text> : null}
      {some.map((one) => (
        <OfNode key={one.node.id} {...one} isOpen={some.length < MANY} {...rest} />
      ))}
    </fieldset>
  );
}

/** From here on the params of a node are shown once they are asked for. */
const MANY = 4;

type NodeProps = OfferedParams & Omit<Props, "offered"> & { isOpen: boolean };

function OfNode({ node, params, isOpen, local, chosen, onChange }: NodeProps) {
  const catalog = useCatalog();
  const name = nodeName(catalog, node);
  const isScript = useEditor((state) => (state.declared[node.id] ?? []).length > 0);
  const choose = (key: string, isChosen: boolean) => {
    const now = new Set(chosen);
    if (isChosen) now.add(key);
    else now.delete(key);
    onChange(now);
  };
  const keyOf = (param: string) => paramKey(local(node.id), param);
  return (
    <details open={isOpen || isScript || params.some((param) => chosen.has(keyOf(param.name)))}>
      <summary>{name}</summary>
      <div role="group" aria-label={name} className={classes.params}>
        {params.map((param) => (
          <Checkbox
            key={param.name}
            label={param.label}
            checked={chosen.has(keyOf(param.name))}
            onChange={(event) => choose(keyOf(param.name), event.currentTarget.checked)}
          />
        ))}
      </div>
    </details>
  );
}
