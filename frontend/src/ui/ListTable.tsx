import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { CSSProperties, DragEvent, ReactNode } from "react";
import classes from "./ListTable.module.css";
import type { Order } from "./useOrder";
import type { Selection } from "./useSelection";

export interface ListColumn<T, K extends string = string> {
  key: K;
  label: string;
  /** Any CSS width; the first column takes what is left. */
  width?: string;
  /** Its width on a phone, where a column that has none but the first is left out. */
  phone?: string;
  align?: "right";
  sortable?: boolean;
  cell: (item: T) => ReactNode;
}

interface Props<T, K extends string> {
  label: string;
  columns: ListColumn<T, K>[];
  items: readonly T[];
  order: Order<K>;
  /** Menus and buttons at the end of a row. */
  actions?: (item: T) => ReactNode;
  /** Pixels of their column; a menu's button by default. */
  actionsWidth?: number;
  /** Rows can be selected, several at once. */
  selection?: Selection<T>;
  /** Rows can be dragged; says what goes along. */
  onDrag?: (event: DragEvent, item: T) => void;
}

/** A quiet table of things that can be opened. */
export function ListTable<T extends { id: string; name: string }, K extends string>(props: Props<T, K>) {
  const { label, columns, items, order, actions, actionsWidth = 48, selection, onDrag } = props;
  const all = selection !== undefined && items.length > 0 && items.every((item) => selection.has(item));
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {selection ? (
              <th scope="col" className={classes.pick}>
                <input
                  type="checkbox"
                  aria-label={`Select all ${label.toLowerCase()} on this page`}
                  checked={all}
                  ref={(box) => {
                    if (box) box.indeterminate = !all && items.some((item) => selection.has(item));
                  }}
                  onChange={() => selection.toggleAll(items)}
                />
              </th>
            ) : null}
            {columns.map((column, place) => (
              <Head key={column.key} column={column} order={order} roomy={isRoomy(column, place)} />
            ))}
            {actions ? (
              <th scope="col" style={{ width: actionsWidth }}>
                <span className={classes.hidden}>Actions</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr
              key={item.id}
              data-picked={selection?.has(item) || undefined}
              draggable={onDrag !== undefined}
              onDragStart={onDrag && ((event) => onDrag(event, item))}
            >
              {selection ? (
                <td className={classes.pick}>
                  <input
                    type="checkbox"
                    aria-label={`Select ${item.name}`}
                    checked={selection.has(item)}
                    onChange={() => selection.toggle(item)}
                  />
                </td>
              ) : null}
              {columns.map((column, place) => (
                <td key={column.key} data-align={column.align} data-roomy={isRoomy(column, place)}>
                  {column.cell(item)}
                </td>
              ))}
              {actions ? <td className={classes.actions}>{actions(item)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a column is left out where there is no room. */
const isRoomy = ({ phone }: { phone?: string }, place: number) => (place > 0 && !phone) || undefined;

interface HeadProps<T, K extends string> {
  column: ListColumn<T, K>;
  order: Order<K>;
  roomy: boolean | undefined;
}

function Head<T, K extends string>({ column, order, roomy }: HeadProps<T, K>) {
  const { key, label, width, phone, align, sortable } = column;
  const sorted = order.by === key;
  const Arrow = order.descending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      style={{ "--width": width, "--phone": phone } as CSSProperties}
      data-align={align}
      data-roomy={roomy}
      aria-sort={sorted ? (order.descending ? "descending" : "ascending") : undefined}
    >
      {sortable ? (
        <button type="button" className={classes.sort} onClick={() => order.toggle(key)}>
          {label}
          {sorted ? <Arrow size={14} aria-hidden /> : null}
        </button>
      ) : (
        label
      )}
    </th>
  );
}
