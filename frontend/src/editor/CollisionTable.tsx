import { Fragment } from "react";
import { collisionWords } from "../graph/collisionText";
import { TextDiff } from "../ui/TextDiff";
import { useCatalog } from "./store/catalog";
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
          {rows.map(({ what, mine, theirs, texts }, index) => (
            <Fragment key={index}>
              <tr>
                <th scope="row">{what}</th>
                <td>{mine}</td>
                <td>{theirs}</td>
              </tr>
              {texts ? (
                <tr className={classes.texts}>
                  <td colSpan={3}>
                    <TextDiff label={`${what}: − theirs, + mine`} before={texts.theirs} after={texts.mine} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
