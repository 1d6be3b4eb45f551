import { TextInput } from "@mantine/core";
import { IconBoxMultiple, IconNote, IconSearch } from "@tabler/icons-react";
import { useMemo, useState, type KeyboardEvent } from "react";
import { findIn, type Hit } from "../../graph/find";
import { findMark, isFrame } from "../../graph/marks";
import { deepName, findDeep } from "../../graph/own/find";
import type { Marked as Marks } from "../../graph/types";
import { plural } from "../../ui/words";
import { moduleLook } from "../flow/moduleLook";
import { useCatalog } from "../store/catalog";
import { goToMark, goToPlace, showPlace } from "../commands/goToNode";
import { shownRoot, useEditor } from "../store/store";
import { outlineOf } from "./order";
import { useShownFile } from "./useShownFile";
import classes from "./Outline.module.css";
import side from "./SidePanel.module.css";

/** Everything on the canvas as a list; with words typed, every place that has them. */
export function Outline() {
  const file = useShownFile();
  const catalog = useCatalog();
  const [text, setText] = useState("");
  const [at, setAt] = useState(-1);
  const root = useEditor(shownRoot);
  const hits = useMemo(() => findIn(root, catalog, text), [root, catalog, text]);
  const searching = text.trim() !== "";

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      if (searching) return setText("");
      const hit = hits[at];
      if (hit) goToPlace(hit);
      else (event.currentTarget as HTMLElement).blur();
    }
    const step = { Enter: event.shiftKey ? -1 : 1, F3: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
    const by = step[event.key as keyof typeof step];
    if (by === undefined || hits.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter" && event.ctrlKey && hits[at]) return goToPlace(hits[at]);
    const next = (at + by + hits.length) % hits.length;
    setAt(at < 0 && by < 0 ? hits.length - 1 : next);
    const hit = hits[at < 0 && by < 0 ? hits.length - 1 : next];
    if (hit) showPlace(hit);
  };

  return (
    <div className={classes.outline}>
      <div className={classes.search}>
        <TextInput
          type="search"
          size="xs"
          data-autofocus
          aria-label="Find in the experiment"
          placeholder="Find names, parameters, scripts"
          leftSection={<IconSearch size={14} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(-1);
          }}
          onKeyDown={onKeyDown}
        />
        <p role="status" className={classes.count}>
          {searching
            ? hits.length
              ? `${at >= 0 ? `${at + 1} of ` : ""}${plural(hits.length, "place")}. Enter goes through them.`
              : "No name, parameter, script or note matches."
            : ""}
        </p>
      </div>
      {searching ? (
        <ul aria-label="Found" className={side.list}>
          {hits.map((hit, index) => (
            <Found key={index} hit={hit} file={root} current={index === at} words={text.trim()} />
          ))}
        </ul>
      ) : (
        <Everything file={file} />
      )}
    </div>
  );
}

function Everything({ file }: { file: Marks }) {
  const entries = outlineOf(file);
  const selection = useEditor((state) => state.selection);
  if (entries.length === 0) return <p className={side.empty}>The experiment has no nodes yet.</p>;
  return (
    <ul aria-label="Outline" className={side.list}>
      {entries.map(({ id, kind, depth }) => (
        <li key={id}>
          <button
            type="button"
            className={side.row}
            style={{ paddingInlineStart: 12 + depth * 16 }}
            aria-current={selection.nodes.has(id) || selection.marks.has(id) || undefined}
            onClick={() => (kind === "node" ? goToPlace({ id, kind }) : goToMark(id))}
          >
            <EntryName id={id} file={file} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The icon and the name of a node, a note or a frame. */
function EntryName({ id, file }: { id: string; file: Marks }) {
  const catalog = useCatalog();
  const node = findDeep(file, id);
  if (node) {
    const { Icon, group } = moduleLook(node.module, catalog.module(node.module));
    return (
      <>
        <Icon size={16} stroke={1.75} aria-hidden className={side.icon} data-group={group} />
        <span className={side.grow}>{deepName(file, catalog, id)}</span>
        {node.comment ? <span className={`${side.muted} ${classes.comment}`}>{node.comment}</span> : null}
      </>
    );
  }
  const mark = findMark(file, id);
  if (!mark) return null;
  const Icon = isFrame(mark) ? IconBoxMultiple : IconNote;
  return (
    <>
      <Icon size={15} stroke={1.75} aria-hidden className={side.icon} />
      <span className={side.grow} data-frame={isFrame(mark)}>
        {isFrame(mark) ? mark.title || "Frame" : mark.text.split("\n")[0] || "Empty note"}
      </span>
    </>
  );
}

interface FoundProps {
  hit: Hit;
  file: Marks;
  current: boolean;
  words: string;
}

function Found({ hit, file, current, words }: FoundProps) {
  const place = hit.line ? `${hit.where}, line ${hit.line}` : hit.where;
  return (
    <li>
      <button
        type="button"
        className={`${side.row} ${classes.found}`}
        aria-current={current || undefined}
        onClick={() => goToPlace(hit)}
      >
        <span className={classes.what}>
          <EntryName id={hit.id} file={file} />
        </span>
        <span className={classes.where}>
          {place}: <Marked text={hit.text} words={words} />
        </span>
      </button>
    </li>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  const at = text.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) return text;
  const from = Math.max(0, at - 24);
  return (
    <>
      {from > 0 ? "…" : ""}
      {text.slice(from, at)}
      <mark className={classes.mark}>{text.slice(at, at + words.length)}</mark>
      {text.slice(at + words.length, at + 120)}
    </>
  );
}
