/** A sentence of the server's, in which `words in backticks` are code. */
export const CodeText = ({ children }: { children: string }) =>
  children.split(/`([^`]+)`/).map((part, place) => (place % 2 ? <code key={place}>{part}</code> : part));
