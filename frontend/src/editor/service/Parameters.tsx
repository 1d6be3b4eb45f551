import { Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Capture } from "../../api/services";
import { findNode } from "../../graph/read";
import { freeName, LONGEST_PARAMETER, markParam } from "../../graph/serviceParameters";
import { IconButton } from "../../ui/IconButton";
import { useCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { useEditor, useReadOnly } from "../store/store";
import { parameterList, type ListedParam } from "./parameterList";
import classes from "./ServicePanel.module.css";

/** What callers may set beside their rows: params of scripts by themselves, and others that are marked here. */
export function Parameters({ capture }: { capture: Capture }) {
  const catalog = useCatalog();
  const draft = useEditor((state) => state.draft);
  const declared = useEditor((state) => state.declared);
  const readOnly = useReadOnly();
  const nodes = capture.markable.flatMap((id) => findNode(draft, id) ?? []);
  const { there, free } = parameterList(nodes, catalog, declared);
  if (there.length + free.length === 0) return null;
  const taken = new Set(there.flatMap(({ name }) => name ?? []));
  return (
    <section aria-label="Parameters" className={classes.list}>
      <h3 className={classes.heading}>Parameters</h3>
      {there.length === 0 ? <p className={classes.note}>Callers give rows only.</p> : null}
      {there.map((one) => (
        <Parameter
          key={`${one.node}.${one.param}.${one.name}`}
          one={one}
          told={capture.parameters.find(({ name }) => name === one.name)}
        />
      ))}
      {free.length > 0 && !readOnly ? (
        <Select
          size="xs"
          aria-label="Mark a param as a parameter of the service"
          placeholder="Mark a param…"
          searchable
          nothingFoundMessage="No param is called so"
          value={null}
          data={grouped(free)}
          onChange={(key) => {
            const one = free.find((each) => keyOf(each) === key);
            if (one) mark(one, freeName(one.param, taken));
          }}
        />
      ) : null}
    </section>
  );
}

const keyOf = ({ node, param }: ListedParam): string => `${node}.${param}`;

const mark = (one: ListedParam, name: string | null): void =>
  edit(name === null ? `Unmark ${one.label}` : `Mark ${one.label} as a parameter`, (draft) =>
    markParam(draft, one.node, one.param, name),
  );

function grouped(free: readonly ListedParam[]) {
  const groups = new Map<string, { group: string; items: { value: string; label: string }[] }>();
  for (const one of free) {
    const group = groups.get(one.node) ?? { group: one.title, items: [] };
    group.items.push({ value: keyOf(one), label: one.label });
    groups.set(one.node, group);
  }
  // Mantine takes groups of one name for one.
  const titles = [...groups.values()].map(({ group }) => group);
  return [...groups].map(([node, group]) => ({
    ...group,
    group:
      titles.filter((title) => title === group.group).length > 1 ? `${group.group} (${node})` : group.group,
  }));
}

interface Props {
  one: ListedParam;
  /** As the server describes it; undefined until the mark is saved. */
  told: Capture["parameters"][number] | undefined;
}

/** One parameter: callers know it by its name, which can be changed. */
function Parameter({ one, told }: Props) {
  const readOnly = useReadOnly();
  const own = one.name ?? one.param;
  const [text, setText] = useState(own);
  const keep = () => {
    const name = text.trim();
    setText(name || own);
    if (name && name !== own) mark(one, one.declared && name === one.param ? null : name);
  };
  const canGo = !one.declared || own !== one.param;
  return (
    <div className={classes.end}>
      <TextInput
        className={classes.wide}
        size="xs"
        label={`${one.label} of ${one.title}`}
        description={told && described(told)}
        inputWrapperOrder={["label", "input", "description"]}
        value={text}
        maxLength={LONGEST_PARAMETER}
        readOnly={readOnly}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === "Enter" && keep()}
      />
      {canGo && !readOnly ? (
        <IconButton
          label={one.declared ? `Call it ${one.param} again` : `Callers no longer give ${one.label}`}
          size={28}
          className={classes.remove ?? ""}
          onClick={() => mark(one, null)}
        >
          <IconX size={14} />
        </IconButton>
      ) : null}
    </div>
  );
}

function described({ type, default: usual, required }: Capture["parameters"][number]): string {
  if (required) return `${type}, must be given`;
  return `${type}, ${usual === null || usual === "" ? "empty" : String(usual)} where a call says nothing`;
}
