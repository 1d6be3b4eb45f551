import { count } from "../../ui/words";
import { cellText } from "./cells";
import classes from "./ColumnPanel.module.css";

interface Props {
  top: readonly { value: unknown; count: number }[];
  /** Values present. */
  total: number;
}

/** The most frequent values, each with a bar. */
export function TopValues({ top, total }: Props) {
  const most = Math.max(1, ...top.map((entry) => entry.count));
  return (
    <ol className={classes.top}>
      {top.map((entry, index) => {
        const text = cellText(entry.value, "string");
        return (
          <li key={index} title={text} className={classes.value}>
            <span className={classes.bar} style={{ width: `${(entry.count / most) * 100}%` }} aria-hidden />
            <span className={classes.text}>{text === "" ? <em>empty text</em> : text}</span>
            <span
              className={classes.share}
              title={`${((entry.count / Math.max(1, total)) * 100).toFixed(1)} %`}
            >
              {count(entry.count)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
