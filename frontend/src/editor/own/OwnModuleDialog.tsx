import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import type { Definition } from "../../graph/own/definition";
import { paramsOf, type Chosen } from "../../graph/own/params";
import type { OfferedPort } from "../../graph/own/ports";
import { nodeName } from "../../graph/read";
import type { PortSpec } from "../../graph/types";
import { useCatalog, type LibraryCatalog } from "../store/catalog";
import { closeOverlay } from "../window/overlays";
import { NameFields, type Said } from "./NameFields";
import { ParamChoice } from "./ParamChoice";
import { PortChoice } from "./PortChoice";
import { paramKey, startOf, type Asked, type Start } from "./start";

/** What a node that is made of others is called, and which of its ports and params are seen. */
export function OwnModuleDialog({ asked }: { asked: Asked }) {
  const catalog = useCatalog();
  const [start] = useState(() => startOf(asked, catalog));
  return start ? <Form start={start} catalog={catalog} /> : null;
}

function Form({ start, catalog }: { start: Start; catalog: LibraryCatalog }) {
  const [said, say] = useState<Said>(() => saidOf(start.own));
  const [inputs, setInputs] = useState(start.ports.inputs);
  const [outputs, setOutputs] = useState(start.ports.outputs);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(start.chosen));
  const finish = () => {
    const [into, out] = [seen(inputs), seen(outputs)];
    const own = { ...start.own, inputs: into, outputs: out };
    start.done(withWords({ ...own, params: paramsNow(start, catalog, own, chosen) }, said));
    closeOverlay();
  };
  return (
    <Modal opened onClose={closeOverlay} title={start.title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (said.name.trim()) finish();
        }}
      >
        <Stack gap="md">
          <NameFields said={said} onChange={say} />
          <PortChoice title="Inputs" ports={inputs} onChange={setInputs} />
          <PortChoice title="Outputs" ports={outputs} onChange={setOutputs} />
          <ParamChoice offered={start.params} local={start.local} chosen={chosen} onChange={setChosen} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={closeOverlay}>
              Cancel
            </Button>
            <Button type="submit" disabled={!said.name.trim()}>
              {start.verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const saidOf = (own: Definition): Said => ({
  name: own.name,
  help: own.help ?? "",
  group: own.group ?? "",
  icon: own.icon ?? null,
});

function withWords({ icon: _icon, ...own }: Definition, said: Said): Definition {
  return {
    ...own,
    name: said.name.trim(),
    help: said.help.trim(),
    group: said.group.trim(),
    ...(said.icon !== null && { icon: said.icon }),
  };
}

/** Those that were ticked. A name that was cleared is the port's own. */
const seen = <P extends PortSpec>(ports: readonly OfferedPort<P>[]): P[] =>
  ports.flatMap(({ port, isSeen }) => (isSeen ? [{ ...port, label: port.label.trim() || port.name }] : []));

/** The chosen params; those that were there keep their names, and labels that are the same say of which node they are. */
function paramsNow(
  { params: offered, local }: Start,
  catalog: LibraryCatalog,
  own: Definition,
  chosen: ReadonlySet<string>,
): Definition["params"] {
  const picked = offered.flatMap(({ node, params }) =>
    params
      .filter((param) => chosen.has(paramKey(local(node.id), param.name)))
      .map((param) => ({ node, param })),
  );
  const isAlone = (label: string) => picked.filter(({ param }) => param.label === label).length === 1;
  const labelled = picked.map(({ node, param }): Chosen => ({
    node: node.id,
    param,
    label: isAlone(param.label) ? param.label : `${param.label} (${nodeName(catalog, node)})`,
  }));
  return paramsOf(labelled, own.inputs, local, own.params);
}
