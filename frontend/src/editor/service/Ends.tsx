import classes from "./ServicePanel.module.css";

interface Props {
  title: string;
  ends: readonly {
    name: string;
    columns: readonly { name: string; type: string; optional?: boolean | null }[];
  }[];
}

/** What a call takes or gives: names and types. */
export function Ends({ title, ends }: Props) {
  return ends.map(({ name, columns }) => (
    <section key={name} aria-label={`${title} ${name}`.trim()}>
      <h3 className={classes.heading}>
        {title} {name}
      </h3>
      <ul className={classes.columns}>
        {columns.map((column) => (
          <li key={column.name}>
            {column.name}
            <span>{column.optional ? `${column.type}, not needed` : column.type}</span>
          </li>
        ))}
      </ul>
    </section>
  ));
}
