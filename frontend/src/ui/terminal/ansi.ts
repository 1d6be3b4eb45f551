/** The colors and weights that a program asks a terminal for. Pure. */

export interface Style {
  fg?: string;
  bg?: string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  inverse?: boolean;
}

export const PLAIN: Style = {};

const LEVELS = [0, 95, 135, 175, 215, 255];

/** One of the 256 colors; the first 16 are the theme's. */
function indexed(index: number): string {
  if (index < 16) return `var(--ansi-${index})`;
  if (index > 231) {
    const gray = 8 + 10 * (index - 232);
    return `rgb(${gray}, ${gray}, ${gray})`;
  }
  const cube = index - 16;
  const part = (of: number) => LEVELS[of % 6] ?? 0;
  return `rgb(${part(Math.floor(cube / 36))}, ${part(Math.floor(cube / 6))}, ${part(cube)})`;
}

const FLAGS: Record<number, Partial<Style>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
};

/** The style after `ESC [ codes m`. What is not known changes nothing. */
export function styled(before: Style, codes: string): Style {
  const numbers = codes.split(/[;:]/).map((code) => Number(code) || 0);
  let style: Style = { ...before };
  for (let at = 0; at < numbers.length; at += 1) {
    const code = numbers[at] ?? 0;
    const side = code === 38 ? "fg" : code === 48 ? "bg" : null;
    if (code === 0) style = {};
    else if (side) {
      const [kind, ...rest] = numbers.slice(at + 1);
      if (kind === 5) style[side] = indexed(Math.min(rest[0] ?? 0, 255));
      if (kind === 2)
        style[side] = `rgb(${rest
          .slice(0, 3)
          .map((each) => Math.min(each, 255))
          .join(", ")})`;
      at += kind === 5 ? 2 : kind === 2 ? 4 : 0;
    } else if (code === 39) delete style.fg;
    else if (code === 49) delete style.bg;
    else if (code >= 30 && code <= 37) style.fg = indexed(code - 30);
    else if (code >= 40 && code <= 47) style.bg = indexed(code - 40);
    else if (code >= 90 && code <= 97) style.fg = indexed(code - 82);
    else if (code >= 100 && code <= 107) style.bg = indexed(code - 92);
    else Object.assign(style, FLAGS[code]);
  }
  return style;
}
