import { Anchor, Button } from "@mantine/core";
import { IconArrowBackUp, IconChevronRight, IconStack2 } from "@tabler/icons-react";
import { Fragment } from "react";
import { placesOf } from "../../graph/own/change";
import { definitionOf, keyOf } from "../../graph/own/definition";
import { levelOf } from "../../graph/own/level";
import { findNode, nodeName } from "../../graph/read";
import { plural } from "../../ui/words";
import { goUpTo } from "../commands/ownModules";
import classes from "./LevelBar.module.css";
import { useCatalog } from "../store/catalog";
import { useEditor } from "../store/store";

/** Inside of a node that was made of others: which one it is, and the way back. */
export function LevelBar() {
  const inside = useEditor((state) => state.inside);
  return inside.length > 0 ? <Levels /> : null;
}

function Levels() {
  const catalog = useCatalog();
  const inside = useEditor((state) => state.inside);
  const file = useEditor((state) => state.viewedRun?.root ?? state.root);
  const root = useEditor((state) => state.root);
  const name = useEditor((state) => (state.viewedRun ?? state.root).name);
  const nodes = inside.map((id, depth) => {
    const level = levelOf(file, inside.slice(0, depth));
    return level ? findNode(level, id) : undefined;
  });
  const last = nodes.at(-1);
  const own = last && definitionOf(file, last);
  const places = last ? placesOf(root, keyOf(last.module) ?? "") : 0;
  return (
    <nav aria-label="Levels" className={classes.bar}>
      <IconStack2 size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <ol className={classes.path}>
        <li>
          <Anchor component="button" type="button" size="sm" onClick={() => goUpTo(0)}>
            {name}
          </Anchor>
        </li>
        {nodes.map((node, depth) => (
          <Fragment key={inside[depth]}>
            <li aria-hidden>
              <IconChevronRight size={14} />
            </li>
            <li aria-current={depth === nodes.length - 1 ? "page" : undefined}>
              {depth === nodes.length - 1 || !node ? (
                <strong>{node ? nodeName(catalog, node) : ""}</strong>
              ) : (
                <Anchor component="button" type="button" size="sm" onClick={() => goUpTo(depth + 1)}>
                  {nodeName(catalog, node)}
                </Anchor>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
      <span className={classes.note}>
        {own?.version !== undefined
          ? `Version ${own.version} of the palette. An edit changes this node only.`
          : places > 1
            ? `An edit changes all ${plural(places, "node")} of this kind in the experiment.`
            : ""}
      </span>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowBackUp size={14} />}
        onClick={() => goUpTo(inside.length - 1)}
      >
        Back
      </Button>
    </nav>
  );
}
