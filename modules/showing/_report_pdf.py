"""A report as PDF, by fpdf2: the same text, tables and pictures on pages."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from modules.showing._report_html import LEFT_OUT
from modules.showing._report_values import Grid, Shot, Shown

if TYPE_CHECKING:
    from fpdf import FPDF
    from markdown_it.token import Token

SIZES = {"h1": 20.0, "h2": 15.0, "h3": 12.5}
BODY, SMALL, LINE = 10.0, 8.0, 1.45
POINT = 0.3528
"""Millimeters."""
COLUMNS = 10
"""Columns of a table that fit on a page."""
INDENT = 7.0
FONTS = {"": "DejaVuSans", "B": "DejaVuSans-Bold", "I": "DejaVuSans-Oblique", "BI": "DejaVuSans-BoldOblique"}
TEXT, MUTED, RULE, LINK = (28, 34, 43), (91, 101, 117), (195, 201, 211), (31, 95, 191)


def save_pdf(title: str, tokens: Sequence[Token], path: Path) -> None:
    """Writes the file. The same tokens make the same bytes."""
    logging.getLogger("fpdf").setLevel(logging.ERROR)  # it says each letter that the font has not
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    page = _Page(_new(title))
    page.blocks(tokens)
    page.pdf.output(str(path))


def _new(title: str) -> FPDF:
    import matplotlib as mpl
    from fpdf import FPDF

    class Numbered(FPDF):
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("text", "", SMALL)
            self.set_text_color(*MUTED)
            self.cell(0, 8, f"{self.page_no()}", align="R")

    pdf = Numbered(format="A4")
    home = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for style, name in FONTS.items():
        pdf.add_font("text", style, home / f"{name}.ttf")
    pdf.add_font("code", "", home / "DejaVuSansMono.ttf")
    pdf.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
    pdf.set_title(title)
    pdf.set_margins(20, 18, 20)
    pdf.set_auto_page_break(True, 20)
    pdf.add_page()
    return pdf


class _Page:
    """Where the next thing is written, and how: bold, slanted, indented."""

    def __init__(self, pdf: FPDF) -> None:
        self.pdf = pdf
        self.size, self.marks = BODY, dict[str, int]()
        self.lists: list[int | None] = []
        self.links: list[Token] = []
        self.places: dict[str, int] = {}
        self.left = pdf.l_margin

    def blocks(self, tokens: Sequence[Token]) -> None:
        rows: list[list[Any]] | None = None
        for token in tokens:
            if token.type == "table_open":
                rows = []
            elif token.type == "table_close" and rows is not None:
                self._typed_table(rows)
                rows = None
            elif rows is not None:
                if token.type == "tr_open":
                    rows.append([])
                elif token.type == "inline":
                    rows[-1].append("".join(_plain(child) for child in token.children or ()))
            else:
                self._block(token)

    def _block(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self.pdf.ln(3)
                self.pdf.set_link(self._place(f"#{token.attrs['id']}"), y=self.pdf.get_y())
                self.size = SIZES.get(token.tag, BODY + 1)
                self._turn("strong", 1)
            case "heading_close":
                self._end()
                self._turn("strong", -1)
                self.size = BODY
            case "paragraph_close":
                self._end()
            case "inline":
                for child in token.children or ():
                    self._inline(child)
            case "bullet_list_open" | "ordered_list_open":
                first = int(token.attrs.get("start", 1)) if token.type[0] == "o" else None
                self._list(first)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
                self._indent(-1)
            case "list_item_open":
                self._item()
            case "blockquote_open" | "blockquote_close":
                self._indent(1 if token.type.endswith("open") else -1)
            case "hr":
                self.pdf.set_draw_color(*RULE)
                self.pdf.line(
                    self.pdf.l_margin,
                    self.pdf.get_y() + 1,
                    self.pdf.w - self.pdf.r_margin,
                    self.pdf.get_y() + 1,
                )
                self.pdf.ln(4)
            case "fence" | "code_block":
                self._face("code", BODY - 1)
                self.pdf.multi_cell(
                    0, self._height(), token.content.rstrip("\n"), align="L", new_x="LMARGIN", new_y="NEXT"
                )
                self.pdf.ln(2)
            case "value":
                self._value(token.meta["shown"])

    def _inline(self, token: Token) -> None:
        name, _, end = token.type.rpartition("_")
        if name in ("strong", "em"):
            self._turn(name, 1 if end == "open" else -1)
        elif token.type == "link_open":
            self.links.append(token)
        elif token.type == "link_close":
            self._end_link()
        elif token.type == "code_inline":
            self._face("code", self.size - 1)
            self.pdf.write(self._height(), token.content)
        else:
            self._write(_plain(token))

    def _end_link(self) -> None:
        """On paper the address stands beside its words, unless they say it, or it is in this text."""
        href = str(self.links[-1].attrs.get("href", ""))
        if not self.links[-1].meta["to"].startswith("#") and self.links[-1].markup != "autolink":
            self._write(f" ({href})", MUTED)
        self.links.pop()

    def _write(self, text: str, color: tuple[int, int, int] = TEXT) -> None:
        to = self.links[-1].meta["to"] if self.links else ""
        self._face("text", self.size, LINK if to and color is TEXT else color)
        self.pdf.write(self._height(), text, self._place(to) if to.startswith("#") else to)

    def _place(self, name: str) -> int:
        """The number that fpdf2 knows a place of this text by."""
        if name not in self.places:
            self.places[name] = self.pdf.add_link()
        return self.places[name]

    def _face(self, family: str, size: float, color: tuple[int, int, int] = TEXT) -> None:
        style = ("B" if self.marks.get("strong") else "") + ("I" if self.marks.get("em") else "")
        self.pdf.set_font(family, style if family == "text" else "", size)
        self.pdf.set_text_color(*color)

    def _turn(self, mark: str, by: int) -> None:
        self.marks[mark] = self.marks.get(mark, 0) + by

    def _height(self) -> float:
        return self.size * POINT * LINE

    def _end(self) -> None:
        self.pdf.ln(self._height() + (1.5 if self.lists else 3))

    def _list(self, first: int | None) -> None:
        self.lists.append(first)
        self._indent(1)

    def _indent(self, by: int) -> None:
        wide = max(self.left, min(self.pdf.l_margin + by * INDENT, self.pdf.w / 2))
        self.pdf.set_left_margin(wide)
        self.pdf.set_x(wide)

    def _item(self) -> None:
        at = self.lists[-1]
        self.pdf.set_x(self.pdf.l_margin - INDENT + 1)
        self._write("•" if at is None else f"{at}.")
        self.pdf.set_x(self.pdf.l_margin)
        if at is not None:
            self.lists[-1] = at + 1

    def _value(self, shown: Shown) -> None:
        if isinstance(shown, Grid):
            self._grid(shown)
        elif not isinstance(shown, str):
            for shot in shown:
                self._shot(shot)

    def _grid(self, grid: Grid) -> None:
        heads, more = grid.heads[:COLUMNS], len(grid.heads) - COLUMNS
        if heads:
            self._table(heads, [row[:COLUMNS] for row in grid.rows], grid.right)
        note = " ".join(
            filter(None, [f"{more} more columns stand in the HTML file." if more > 0 else "", grid.note])
        )
        if note:
            self._face("text", SMALL, MUTED)
            self.pdf.write(SMALL * POINT * LINE, note)
        self.pdf.ln(6)

    def _typed_table(self, rows: list[list[str]]) -> None:
        self._table(rows[0][:COLUMNS], [row[:COLUMNS] for row in rows[1:]], [False] * COLUMNS)
        self.pdf.ln(4)

    def _table(self, heads: list[str], rows: list[list[str]], right: list[bool]) -> None:
        """A line a row, each cell cut to its width: fpdf2's own tables take milliseconds a cell."""
        lengths = [
            min(40, max(6, len(head), *(len(row[at]) for row in rows), 0)) for at, head in enumerate(heads)
        ]
        widths = [self.pdf.epw * length / sum(lengths) for length in lengths]
        height = SMALL * POINT * 2
        self.pdf.set_draw_color(*RULE)
        self._cells(heads, widths, right, height, head=True)
        for row in rows:
            if self.pdf.will_page_break(height):
                self.pdf.add_page()
                self._cells(heads, widths, right, height, head=True)
            self._cells(row, widths, right, height)

    def _cells(
        self, cells: list[str], widths: list[float], right: list[bool], height: float, head: bool = False
    ) -> None:
        self._face("text", SMALL, MUTED if head else TEXT)
        for cell, wide, numeric in zip(cells, widths, right, strict=False):
            self.pdf.cell(wide, height, self._fitted(cell, wide), border="B", align="R" if numeric else "L")
        self.pdf.ln(height)

    def _fitted(self, text: str, wide: float) -> str:
        room = wide - 2 * self.pdf.c_margin
        if self.pdf.get_string_width(text) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.pdf.get_string_width(f"{text[:middle]}…") <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return f"{text[:low]}…"

    def _shot(self, shot: Shot) -> None:
        picture = shot.of("image/png", "image/jpeg", "image/gif")
        if picture is None:
            self._write(f"[{shot.words}: a drawing; it stands in the HTML file.]", MUTED)
        else:
            self.pdf.image(str(picture.path), w=self.pdf.epw, alt_text=shot.words, keep_aspect_ratio=True)
        self.pdf.ln(4)


def _plain(token: Token) -> str:
    if token.type == "value":
        return str(token.meta["shown"])
    if token.type == "image":
        return f"[{token.content or 'picture'}: {LEFT_OUT}]"
    if token.type in ("softbreak", "hardbreak"):
        return " " if token.type == "softbreak" else "\n"
    return token.content
