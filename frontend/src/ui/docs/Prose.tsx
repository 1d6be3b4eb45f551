import { blocksOf, spansOf } from "./prose";
import classes from "./Docs.module.css";

/** A docstring as a page has it; `examples` with those that are code. */
export function Prose({ docs, examples = false }: { docs: string; examples?: boolean }) {
  return blocksOf(docs).map((block, place) => {
    if (block.kind === "example")
      return examples ? (
        <pre key={place} className={classes.example} tabIndex={0}>
          {block.text}
        </pre>
      ) : null;
    if (block.kind === "list")
      return (
        <ul key={place} className={classes.list}>
          {block.items.map((item) => (
            <li key={item}>
              <Words text={item} />
            </li>
          ))}
        </ul>
      );
    return (
      <p key={place} className={classes.text}>
        <Words text={block.text} />
      </p>
    );
  });
}

function Words({ text }: { text: string }) {
  return spansOf(text).map(({ text, look }, place) => {
    if (look === "strong") return <strong key={place}>{text}</strong>;
    if (look === "emphasis") return <em key={place}>{text}</em>;
    if (look === "code")
      return (
        <code key={place} className={classes.code}>
          {text}
        </code>
      );
    return text;
  });
}
