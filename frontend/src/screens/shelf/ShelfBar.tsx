import { IconFolder, IconTag } from "@tabler/icons-react";
import type { Kind } from "../../api/shelf";
import { useDropPlace } from "./dragging";
import { FolderMenu } from "./FolderMenu";
import { lastOf, pathTo } from "./shelf";
import classes from "./Shelf.module.css";
import type { Shelf } from "./useShelf";
import { useShelve } from "./useShelve";

interface Props {
  kind: Kind;
  /** What the list as a whole is called. */
  root: string;
  shelf: Shelf;
}

/** Where in the folders the list is, the folders there, and the tags to choose by. Nothing where nobody uses them. */
export function ShelfBar({ kind, root, shelf }: Props) {
  const { folder, folders, allTags, tags, open, toggleTag } = shelf;
  const shelve = useShelve(kind);
  if (!folder && folders.length === 0 && allTags.length === 0) return null;
  const put = (to: string) => (ids: string[]) => shelve.mutate({ ids, folder: to });
  return (
    <div className={classes.bar}>
      {folder ? (
        <nav aria-label="Folder" className={classes.path}>
          <Place label={root} onOpen={() => open("")} onPut={put("")} />
          {pathTo(folder).map((path) => (
            <span key={path} className={classes.step}>
              <span aria-hidden>/</span>
              {path === folder ? (
                <strong aria-current="page" className={classes.here}>
                  {lastOf(path)}
                </strong>
              ) : (
                <Place label={lastOf(path)} onOpen={() => open(path)} onPut={put(path)} />
              )}
            </span>
          ))}
          <FolderMenu kind={kind} folder={folder} onMoved={open} />
        </nav>
      ) : null}
      {folders.length > 0 ? (
        <ul aria-label="Folders" className={classes.folders}>
          {folders.map(({ name, items }) => (
            <li key={name}>
              <Folder label={lastOf(name)} items={items} onOpen={() => open(name)} onPut={put(name)} />
            </li>
          ))}
        </ul>
      ) : null}
      {allTags.length > 0 ? (
        <div role="group" aria-label="Tags" className={classes.tags}>
          <IconTag size={16} stroke={1.75} aria-hidden className={classes.icon} />
          {allTags.map(({ name, items }) => (
            <button
              key={name}
              type="button"
              aria-pressed={tags.includes(name)}
              className={classes.chip}
              onClick={() => toggleTag(name)}
            >
              {name} <span className={classes.count}>{items}</span>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

interface PlaceProps {
  label: string;
  onOpen: () => void;
  onPut: (ids: string[]) => void;
}

function Place({ label, onOpen, onPut }: PlaceProps) {
  return (
    <button type="button" className={classes.place} onClick={onOpen} {...useDropPlace(onPut)}>
      {label}
    </button>
  );
}

function Folder({ label, items, onOpen, onPut }: PlaceProps & { items: number }) {
  return (
    <button type="button" className={classes.folder} onClick={onOpen} {...useDropPlace(onPut)}>
      <IconFolder size={16} stroke={1.75} aria-hidden className={classes.icon} />
      {label} <span className={classes.count}>{items}</span>
    </button>
  );
}
