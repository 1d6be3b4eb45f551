import { Anchor, List, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { Link } from "react-router";
import { importExperimentFile } from "../api/experiments";
import type { Schemas } from "../api/types";
import { CodeText } from "../ui/CodeText";
import { plural } from "../ui/words";

type Imported = Schemas["Imported"];

/** Imports a script, a notebook or a graph of classic, and says what could not be cut or is missing. */
export async function importScript(file: File): Promise<{ id: string }> {
  const made = await importExperimentFile(file);
  if (made.left_out.length + made.missing.length > 0) tellRest(made);
  else
    notifications.show({
      color: "green",
      title: "Experiment imported",
      message: (
        <>
          <Anchor component={Link} to={`/experiments/${made.id}`} underline="always" inherit>
            {made.name}
          </Anchor>
          , in {plural(made.nodes, "node")}
        </>
      ),
    });
  return made;
}

/** Says what of a file could not be cut or taken over, and which datasets are missing. */
export function NotTaken({ left_out, missing }: Pick<Imported, "left_out" | "missing">) {
  return (
    <>
      {missing.length > 0 ? (
        <section>
          <Text fw={600} size="sm">
            Datasets to upload
          </Text>
          <List size="sm">
            {missing.map(({ dataset, path, type }) => (
              <List.Item key={dataset}>
                {path}, as the dataset “{dataset}”{type ? `, as ${type}` : ""}
              </List.Item>
            ))}
          </List>
        </section>
      ) : null}
      {left_out.length > 0 ? (
        <section>
          <Text fw={600} size="sm">
            What could not be cut or taken over
          </Text>
          <List size="sm">
            {left_out.map(({ node, message }, at) => (
              <List.Item key={at}>
                {node}: <CodeText>{message}</CodeText>
              </List.Item>
            ))}
          </List>
        </section>
      ) : null}
    </>
  );
}

function tellRest({ id, name, nodes, ...rest }: Imported) {
  const modal = modals.open({
    title: `Imported “${name}”`,
    size: "lg",
    children: (
      <Stack gap="md">
        <Text size="sm">
          It is in {plural(nodes, "node")} now.{" "}
          <Anchor
            component={Link}
            to={`/experiments/${id}`}
            underline="always"
            inherit
            onClick={() => modals.close(modal)}
          >
            Open the experiment
          </Anchor>
        </Text>
        <NotTaken {...rest} />
      </Stack>
    ),
  });
}
