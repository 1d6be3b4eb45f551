"""Names of Python's own library that are gone."""

from __future__ import annotations

import collections
import collections.abc
import contextlib
import hashlib
import html
import inspect
import io
import itertools
import math
import operator
import os
import pickle
import platform
import string
import sys
import time
import types
import urllib
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from modules.classic import notes
from modules.classic.patches import Patches

ABSTRACT = (
    "Mapping",
    "MutableMapping",
    "Sequence",
    "MutableSequence",
    "Iterable",
    "Iterator",
    "Callable",
    "Set",
    "MutableSet",
    "Hashable",
    "Sized",
    "Container",
    "Generator",
    "KeysView",
    "ValuesView",
    "ItemsView",
)


def stdlib_names(patches: Patches) -> None:
    """For every script: what Python 3.5 still had."""
    import fractions

    for name in ABSTRACT:
        patches.put(collections, name, getattr(collections.abc, name))
    patches.put(time, "clock", notes.gone("time.clock", "time.perf_counter did it", time.perf_counter))
    patches.put(inspect, "getargspec", lambda function: inspect.getfullargspec(function)[:4])
    patches.put(fractions, "gcd", math.gcd)
    with contextlib.suppress(ImportError):
        import cgi

        patches.put(cgi, "escape", html.escape)


TYPES: dict[str, type] = {
    "StringType": str,
    "UnicodeType": str,
    "StringTypes": str,
    "ListType": list,
    "DictType": dict,
    "TupleType": tuple,
    "IntType": int,
    "LongType": int,
    "FloatType": float,
    "BooleanType": bool,
    "ClassType": type,
    "TypeType": type,
    "InstanceType": object,
    "FileType": io.IOBase,
}
"""What `types` had: it has no names for the types that all know."""


def python2_stdlib(patches: Patches) -> None:
    """For a script of Python 2."""
    patches.put(itertools, "izip", zip)
    patches.put(itertools, "imap", map)
    patches.put(itertools, "ifilter", filter)
    patches.put(itertools, "izip_longest", itertools.zip_longest)
    patches.put(itertools, "ifilterfalse", itertools.filterfalse)
    patches.put(sys, "maxint", sys.maxsize)
    patches.put(sys, "setdefaultencoding", lambda name: None)
    patches.put(os, "getcwdu", os.getcwd)
    letters = {"letters": string.ascii_letters, "lowercase": string.ascii_lowercase}
    patches.put_all(string, {**letters, "uppercase": string.ascii_uppercase, "maketrans": str.maketrans})
    for name in ("upper", "lower", "strip", "lstrip", "rstrip", "split", "replace", "find", "count", "zfill"):
        patches.put(string, name, getattr(str, name))
    patches.put_all(string, {"join": lambda words, sep=" ": sep.join(words), "atof": float, "atoi": int})
    for name in ("quote", "unquote", "quote_plus", "unquote_plus", "urlencode"):
        patches.put(urllib, name, getattr(urllib.parse, name))
    for name in ("urlopen", "urlretrieve", "Request"):
        patches.put(urllib, name, getattr(urllib.request, name))
    for name, kind in TYPES.items():
        patches.put(types, name, kind)
    patches.put_all(
        operator, {"div": operator.floordiv, "isCallable": callable, "sequenceIncludes": operator.contains}
    )
    told = ("Linux", "", "")
    patches.put_all(platform, {"linux_distribution": lambda *_, **__: told, "dist": lambda *_, **__: told})
    patches.wrap(pickle, "load", _of_bytes)
    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
        patches.wrap(hashlib, name, _of_text)


def _of_bytes(load: Any) -> Any:
    def loaded(file: Any, *args: Any, **named: Any) -> Any:
        return load(getattr(file, "buffer", file), *args, **named)

    return loaded


def _of_text(function: Any) -> Any:
    def hashed(data: Any = b"", **named: Any) -> Any:
        return function(data.encode() if isinstance(data, str) else data, **named)

    return hashed
