"""A report as one HTML file: no script, nothing loaded from elsewhere, light and dark, fit to print. A link
leads away only if somebody follows it, and says nothing of where it stood."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from modules.showing._report_values import Grid, Shot, Shown

if TYPE_CHECKING:
    from markdown_it.token import Token

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
:root{color-scheme:light dark;--page:#fff;--text:#1c222b;--muted:#5b6575;--line:#e2e5eb;--well:#f7f8fa;
--link:#1f5fbf}
@media (prefers-color-scheme:dark){:root{--page:#181d24;--text:#dfe3ea;--muted:#98a1af;--line:#2a313c;
--well:#13171d;--link:#7fb0ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.55 Inter,system-ui,'Segoe UI',sans-serif}
main{max-width:900px;margin:0 auto;padding:32px 24px 64px;overflow-wrap:anywhere}
h1{font-size:28px;line-height:1.2;margin:0 0 24px}
h2{font-size:20px;margin:32px 0 12px}h3{font-size:16px;margin:24px 0 8px}
figure{margin:16px 0}figure.table{overflow-x:auto}img{max-width:100%;height:auto}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:6px 12px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--muted);font-weight:600}.r{text-align:right}
figcaption,.address{color:var(--muted);font-size:13px}
a{color:var(--link)}
pre,code{background:var(--well);font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}
pre{padding:12px;overflow-x:auto}
blockquote{margin:16px 0;padding-left:16px;border-left:3px solid var(--line);color:var(--muted)}
hr{border:0;border-top:1px solid var(--line);margin:24px 0}
@media print{a[target]::after{content:' (' attr(href) ')'}}
@media print{main{max-width:none;padding:0}figure,tr{break-inside:avoid}h2,h3{break-after:avoid}}
"""
LEFT_OUT = "left out, it is not part of this file"
MARKS = {
    "strong": "strong", "em": "em", "s": "s", "paragraph": "p", "bullet_list": "ul", "list_item": "li",
    "blockquote": "blockquote", "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr",
}  # fmt: skip


def as_html(title: str, tokens: Sequence[Token]) -> str:
    """The whole file."""
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{POLICY}"><meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body><main>{_tokens(tokens)}</main></body></html>\n"
    )


def _tokens(tokens: Sequence[Token]) -> str:
    made: list[str] = []
    links: list[Token] = []
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if token.type == "inline":
            made.append(_tokens(token.children or ()))
        elif token.type == "value":
            made.append(_value(token.meta["shown"]))
        elif token.type == "link_open":
            links.append(token)
            made.append(_link(token))
        elif token.type == "link_close":
            made.append(_link_end(links.pop()))
        elif name in ("paragraph",) and token.hidden:
            continue
        elif end in ("open", "close") and (mark := _mark(name, token)):
            made.append(f"</{mark}>" if end == "close" else f"<{mark}{_attributes(name, token)}>")
        else:
            made.append(_single(token))
    return "".join(made)


def _link(token: Token) -> str:
    to = token.meta["to"]
    if not to:
        return ""
    away = "" if to.startswith("#") else ' target="_blank" rel="noopener noreferrer nofollow"'
    return f'<a href="{escape(to)}"{away}>'


def _link_end(token: Token) -> str:
    if token.meta["to"]:
        return "</a>"
    return f' <span class="address">({escape(str(token.attrs.get("href", "")))})</span>'


def _mark(name: str, token: Token) -> str | None:
    if name == "heading":
        return token.tag if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6") else None
    if name in ("th", "td"):
        return name
    return "ol" if name == "ordered_list" else MARKS.get(name)


def _attributes(name: str, token: Token) -> str:
    if name in ("th", "td") and "right" in str(token.attrs.get("style", "")):
        return ' class="r"'
    if name == "heading":
        return f' id="{escape(str(token.attrs["id"]))}"'
    start = token.attrs.get("start")
    return f' start="{int(start)}"' if name == "ordered_list" and start else ""


def _single(token: Token) -> str:
    match token.type:
        case "text":
            return escape(token.content)
        case "softbreak":
            return "\n"
        case "hardbreak":
            return "<br>"
        case "hr":
            return "<hr>"
        case "code_inline":
            return f"<code>{escape(token.content)}</code>"
        case "fence" | "code_block":
            return f"<pre>{escape(token.content)}</pre>"
        case "image":
            return f'<span class="address">[{escape(token.content or "picture")}: {LEFT_OUT}]</span>'
    return escape(token.content)


def _value(shown: Shown) -> str:
    if isinstance(shown, str):
        return escape(shown)
    return _grid(shown) if isinstance(shown, Grid) else "".join(map(_shot, shown))


def _grid(grid: Grid) -> str:
    right = [' class="r"' if one else "" for one in grid.right]

    def row(cells: Sequence[str], mark: str) -> str:
        return (
            "<tr>"
            + "".join(f"<{mark}{r}>{escape(c)}</{mark}>" for c, r in zip(cells, right, strict=True))
            + "</tr>"
        )

    body = "".join(row(cells, "td") for cells in grid.rows)
    note = f"<figcaption>{escape(grid.note)}</figcaption>" if grid.note else ""
    head = f"<table><thead>{row(grid.heads, 'th')}</thead>"
    return f'<figure class="table">{head}<tbody>{body}</tbody></table>{note}</figure>'


def _shot(shot: Shot) -> str:
    picture: Any = shot.of("image/svg+xml", "image/png", "image/jpeg", "image/gif")
    data = base64.b64encode(picture.path.read_bytes()).decode()
    return f'<figure><img alt="{escape(shot.words)}" src="data:{picture.media_type};base64,{data}"></figure>'
