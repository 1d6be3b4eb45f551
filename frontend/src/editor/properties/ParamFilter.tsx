import { TextInput } from "@mantine/core";
import { IconFilter, IconSearch } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { ParamSpec } from "../../graph/types";
import { IconButton } from "../../ui/IconButton";
import { paramHas } from "./formRules";
import classes from "./PropertiesPanel.module.css";

interface Props {
  params: ParamSpec[];
  isChanged(param: ParamSpec): boolean;
  children(param: ParamSpec): ReactNode;
}

const FEW = 4;

/** A form's params, all of them, or those with the words typed, or those that differ from their default. */
export function FilteredParams({ params, isChanged, children }: Props) {
  const [text, setText] = useState("");
  const [onlyChanged, setOnlyChanged] = useState(false);
  const changed = params.filter(isChanged);
  if (params.length <= FEW) return params.map(children);
  const found = (onlyChanged ? changed : params).filter((param) => paramHas(param, text));
  return (
    <>
      <div className={classes.filter} role="group" aria-label="Filter parameters">
        <TextInput
          type="search"
          size="xs"
          aria-label="Search the parameters"
          placeholder={`Search ${params.length} parameters`}
          leftSection={<IconSearch size={13} />}
          className={classes.grow ?? ""}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <IconButton
          label={`Only changed parameters: ${changed.length}`}
          aria-pressed={onlyChanged}
          variant={onlyChanged ? "light" : "subtle"}
          color={onlyChanged ? "blue" : "gray"}
          size={30}
          onClick={() => setOnlyChanged(!onlyChanged)}
        >
          <IconFilter size={15} />
        </IconButton>
      </div>
      {found.map(children)}
      {found.length === 0 ? (
        <p role="status" className={classes.text}>
          {onlyChanged && !text ? "Every parameter has its default." : "No parameter matches."}
        </p>
      ) : null}
    </>
  );
}
