import { blocksOf, spansOf } from "./prose";
import classes from "./Docs.module.css";

/** A docstring as a page has it, without the examples that are code. */
export function Prose({ docs }: { docs: string }) {
  return blocksOf(docs).map((block, place) => {
    if (block.kind === "example") return null;
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

/** The examples of a docstring, which say how the module is called in Python. */
export function CodeExamples({ docs }: { docs: string }) {
  const examples = blocksOf(docs).filter(({ kind }) => kind === "example");
  if (examples.length === 0) return null;
  return (
    <>
      <h3 className={classes.title}>In Python</h3>
      {examples.map((block, place) => (
        <pre key={place} className={classes.example} tabIndex={0}>
          {block.kind === "example" ? block.text : null}
        </pre>
      ))}
    </>
  );
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
