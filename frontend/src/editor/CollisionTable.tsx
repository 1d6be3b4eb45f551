import { collisionWords } from "../graph/collisionText";
import { useCatalog } from "./catalog";
import classes from "./ConflictDialog.module.css";
import type { Conflict } from "./store/state";
import { useEditor } from "./store/store";

/** Where two people changed the same thing: what stands here, and what there. */
export function CollisionTable({ conflict }: { conflict: Extract<Conflict, { kind: "newer" }> }) {
  const draft = useEditor((state) => state.draft);
  const catalog = useCatalog();
  const rows = conflict.collisions.map((one) =>
    collisionWords(one, [draft, conflict.theirs, conflict.base], catalog),
  );
  return (
    <div className={classes.places}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Mine</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, mine, theirs }, index) => (
            <tr key={index}>
              <th scope="row">{what}</th>
              <td>{mine}</td>
              <td>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
