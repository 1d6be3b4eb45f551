"""Python 2 source as Python 3 source. Where a line more is needed, it is known which line it came from."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any

from modules.sdk.source import SCRIPT, clean, compile_script

FIXERS = (
    "apply", "basestring", "dict", "except", "exec", "execfile", "filter", "funcattrs", "getcwdu", "has_key",
    "imports", "intern", "isinstance", "itertools", "itertools_imports", "long", "map", "metaclass",
    "methodattrs", "ne", "next", "nonzero", "numliterals", "operator", "paren", "print", "raise", "raw_input",
    "renames", "repr", "standarderror", "sys_exc", "throw", "tuple_params", "types", "unicode", "xrange",
    "xreadlines", "zip",
)  # fmt: skip
"""Of lib2to3's: all that change what a script means, and stay on the line."""
WITH_LINES = ("reduce", "reload", "urllib")
"""Those that put in lines. When a script runs, what they are for is there under its old name."""

ONLY_IN_2 = frozenset(
    [
        "unicode",
        "xrange",
        "raw_input",
        "basestring",
        "unichr",
        "long",
        "reduce",
        "cmp",
        "execfile",
        "reload",
        "intern",
        "apply",
        "file",
        "coerce",
    ]
)
"""Names that nothing but Python 2 has without an import; `file` and `reduce` may be the script's own."""

UNPACKED = re.compile(r"\s*\(.*\) = xxx_todo_changeme\d*$")
"""The line that takes the place of a tuple among the parameters of a function."""

MOST = 400_000
"""Characters that are rewritten: classic took 32 KB."""


@dataclass(frozen=True)
class Rewritten:
    """`text`: Python 3. `changes`: number, old line, new line. `python2`: whether what was given is Python 2,
    so that numbers divide and lists come back as they did. `origin`: of each line of `text` the line of
    the source that it stands for."""

    text: str
    changes: tuple[tuple[int, str, str], ...]
    python2: bool
    origin: tuple[int, ...] = ()


@lru_cache(32)
def rewrite(text: str, more: tuple[str, ...] = ()) -> Rewritten:
    """The script in Python 3. SyntaxError, with a line of the source, if it is neither. `more`: `WITH_LINES`,
    if nobody will help the script when it runs.

    >>> rewrite("print 'a', 07\\n").text
    "print('a', 0o7)\\n"
    >>> rewrite("x = 1 / 2\\n").python2
    False
    """
    source = clean(text)
    try:
        compile_script(text)
    except SyntaxError as refused:
        source = _expand(source)
        try:
            found = _by_fixers(source, more)
            compile_script(found)
        except SyntaxError:
            raise refused from None
        return _rewritten(source, found)
    if not _says_python2(source):
        return Rewritten(source, (), False)
    try:
        found = _by_fixers(source, more)
        compile_script(found)
    except SyntaxError:
        return Rewritten(source, (), True)
    return _rewritten(source, found)


def is_python2(text: str) -> bool:
    """Whether the text is no Python 3, but Python 2. Nothing is executed."""
    try:
        return rewrite(text).python2
    except SyntaxError:
        return False


def _expand(source: str) -> str:
    """Tabs as Python 2 read them; where no line begins with one, nothing changes."""
    return re.sub(r"(?m)^[ \t]*\t[ \t]*", lambda found: found[0].expandtabs(8), source)


def _by_fixers(source: str, more: tuple[str, ...] = ()) -> str:
    if len(source) > MOST:
        raise SyntaxError("too long for Python 2", (SCRIPT, 1, 1, None))
    try:
        tree = _tool(more).refactor_string(source, SCRIPT)
    except Exception as error:  # the parser's own errors have no common class
        raise SyntaxError(str(error), (SCRIPT, 1, 1, None)) from None
    return str(tree)


@cache
def _tool(more: tuple[str, ...]) -> Any:
    from fissix import pygram
    from fissix.refactor import RefactoringTool, get_fixers_from_package

    known = set(get_fixers_from_package("fissix.fixes"))
    tool = RefactoringTool(sorted(known & {f"fissix.fixes.fix_{name}" for name in FIXERS + more}))
    tool.driver.grammar = pygram.python_grammar
    return tool


def _says_python2(source: str) -> bool:
    """Whether valid Python 3 uses what only Python 2 has."""
    tree = ast.parse(source)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.alias(asname=str(name)):
                own.add(name)
            case ast.alias(name=name, asname=None):
                own.add(name)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in ONLY_IN_2 and name not in own:
                return True
            case ast.Attribute(attr="has_key" | "iterkeys" | "itervalues"):
                return True
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name in ONLY_IN_2_OF.get(module, ()):
                return True
            case ast.ImportFrom(module=str(module), names=names) if any(
                alias.name in ONLY_IN_2_OF.get(module, ()) for alias in names
            ):
                return True
            case ast.Import(names=names) if any(alias.name in OLD_IMPORTS for alias in names):
                return True
            case ast.ImportFrom(module=str(name)) if name in OLD_IMPORTS:
                return True
            case ast.BinOp(op=ast.RShift(), left=ast.Name(id="print")):
                return True  # `print >> file, text` is valid, and means something else
    return False


ONLY_IN_2_OF: dict[str, tuple[str, ...]] = {
    "itertools": ("izip", "imap", "ifilter", "izip_longest", "ifilterfalse"),
    "sys": ("maxint", "setdefaultencoding"),
    "os": ("getcwdu",),
    "string": (
        "letters",
        "lowercase",
        "uppercase",
        "maketrans",
        "join",
        "split",
        "replace",
        "atoi",
        "atof",
        "lower",
        "upper",
    ),
    "types": (
        "StringType",
        "StringTypes",
        "UnicodeType",
        "ListType",
        "DictType",
        "TupleType",
        "IntType",
        "FloatType",
    ),
    "urllib": ("urlencode", "quote", "unquote", "quote_plus", "unquote_plus", "urlopen", "urlretrieve"),
}
"""Names that nothing but Python 2 has in a module that is still there."""

OLD_IMPORTS = frozenset(
    [
        "urllib2",
        "urlparse",
        "StringIO",
        "cStringIO",
        "cPickle",
        "ConfigParser",
        "Queue",
        "httplib",
        "HTMLParser",
        "cookielib",
        "Cookie",
        "SocketServer",
        "BaseHTTPServer",
        "commands",
        "sets",
        "exceptions",
        "__builtin__",
        "copy_reg",
        "htmlentitydefs",
        "thread",
        "md5",
        "sha",
        "robotparser",
        "xmlrpclib",
        "UserDict",
        "anydbm",
        "dummy_thread",
        "Tkinter",
    ]
)


def _rewritten(source: str, found: str) -> Rewritten:
    old, new = source.splitlines(), found.splitlines()
    origin = tuple(range(1, len(new) + 1)) if len(old) == len(new) else _origin(old, new)
    changes: dict[int, list[str]] = {}
    for line, number in zip(new, origin, strict=True):
        if line != old[number - 1]:
            changes.setdefault(number, []).append(line.strip())
    return Rewritten(
        found,
        tuple((number, old[number - 1].strip(), "; ".join(now)) for number, now in changes.items()),
        True,
        origin,
    )


def _origin(old: list[str], new: list[str]) -> tuple[int, ...]:
    """Of each new line the old one; a line that was put in belongs to the one above it."""
    found, place = [], 0
    for line in new:
        place += not UNPACKED.match(line)
        found.append(place)
    if place == len(old):
        return tuple(found)
    found = [1] * len(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, start, end, at, to in matcher.get_opcodes():
        for place in range(at, to):
            found[place] = min(max(1, min(start + place - at + 1, end)), len(old))
    return tuple(found)
