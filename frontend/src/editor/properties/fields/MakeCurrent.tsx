import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { currentScript, type CurrentScript } from "../../../api/scriptHelp";
import { setParam } from "../../../graph/edits";
import { findNode } from "../../../graph/read";
import { CodeText } from "../../../ui/CodeText";
import { showProblem } from "../../../ui/showProblem";
import { TextDiff } from "../../../ui/TextDiff";
import { plural } from "../../../ui/words";
import { saveNow } from "../../store/autosave";
import { edit } from "../../store/edit";
import { useEditor } from "../../store/store";

const OLD = new Set(["gone-name", "syntax"]);

/** Rewrites an old script for libraries of today, once the person has looked at the difference. */
export function MakeCurrent({ node, param }: { node: string; param: string }) {
  const found = useEditor((state) => findNode(state.draft, node));
  const classic = found?.params.api === "classic";
  const old = useEditor(
    (state) =>
      state.warnings.some((one) => one.node === node && OLD.has(one.code)) ||
      state.problems.some((one) => one.node === node && OLD.has(one.code)),
  );
  const [offer, setOffer] = useState<(CurrentScript & { before: string }) | null>(null);
  const [busy, setBusy] = useState(false);
  const script = found?.params[param];
  if ((!classic && !old) || typeof script !== "string") return null;
  const look = async () => {
    const { id } = useEditor.getState();
    if (id === null) return;
    setBusy(true);
    try {
      await saveNow(); // a node that is new is known to the server then
      setOffer({ ...(await currentScript(id, node, script)), before: script });
    } catch (problem) {
      showProblem("The script was not made current", problem);
    }
    setBusy(false);
  };
  return (
    <>
      <Button size="compact-xs" variant="default" loading={busy} onClick={() => void look()}>
        Make it current…
      </Button>
      {offer ? <Offer node={node} param={param} offer={offer} onClose={() => setOffer(null)} /> : null}
    </>
  );
}

interface OfferProps {
  node: string;
  param: string;
  offer: CurrentScript & { before: string };
  onClose: () => void;
}

function Offer({ node, param, offer, onClose }: OfferProps) {
  const take = () => {
    edit("Make the script current", (draft) =>
      setParam(setParam(draft, node, param, offer.script), node, "api", "current"),
    );
    onClose();
  };
  const { changes, left } = offer;
  return (
    <Modal opened onClose={onClose} title="Make it current" size="min(1000px, 92vw)">
      <Stack gap="md">
        <Text size="sm">
          {changes.length > 0
            ? `${plural(changes.length, "line")} rewritten for the libraries that are installed.`
            : "Nothing needs to be rewritten."}{" "}
          The script gets the names of today, and one undo brings back how it was.
        </Text>
        {changes.length > 0 ? <TextDiff label="Script" before={offer.before} after={offer.script} /> : null}
        {left.length > 0 ? (
          <section aria-label="To look at">
            <Text fw={600} size="sm">
              Look at these lines yourself
            </Text>
            <List size="sm">
              {left.map(({ line, message }, at) => (
                <List.Item key={at}>
                  Line {line}: <CodeText>{message}</CodeText>
                </List.Item>
              ))}
            </List>
          </section>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button data-autofocus onClick={take}>
            Make it current
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
