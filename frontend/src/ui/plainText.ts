/** A sentence of the server's where no markup can stand, as in a tooltip of the browser's. */
export const plainText = (sentence: string): string => sentence.replace(/`([^`]+)`/g, "$1");

/** The line to show beside a sentence; none where the sentence says it. */
export const lineBeside = (sentence: string, line: number | null | undefined): number | null =>
  line && !/\bline \d/i.test(sentence) ? line : null;
