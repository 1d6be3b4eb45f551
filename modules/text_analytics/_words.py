"""Words of a text, prepared: addresses and marks taken out, contractions written out, words to lemmas."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache, lru_cache

from modules.text_analytics._texts import words_of

SENTENCE = "|||"
"""What stands between two sentences."""

URL = re.compile(r"(?:https?|ftp)://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.)+\w{2,63}")
END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_])")
NUMBER = re.compile(r"(?<![^\W_])[+-]?\d+(?:[.,:]\d+)*%?(?![^\W_])")
SPECIAL = re.compile(r"(?:(?!\|\|\|)[^\w\s|]|(?<!\|)\|(?!\|)|_)+")
MARKS = re.compile(r"(\|\|\||[^\w\s'’])")
REPEATED = re.compile(r"(\w)\1{2,}")
ABBREVIATED = words_of(
    """
    mr mrs ms dr prof st vs etc e.g i.e no vol fig inc ltd co jr sr hr fr sig dott
    """
)
IRREGULAR = {
    "won't": "will not",
    "can't": "cannot",
    "shan't": "shall not",
    "let's": "let us",
    "y'all": "you all",
}
ENDINGS = (
    ("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'d", " would"), ("'m", " am"),
)  # fmt: skip
IS = words_of(
    """
    he she it that this there here what where who how when
    """
)
CONTRACTED = re.compile(r"\b[^\W\d_]+['’][^\W\d_]+\b")


def sentences(text: str) -> str:
    """The text with a mark between its sentences.

    >>> sentences("It rains. Mr. Fox sleeps! Does he?")
    'It rains. ||| Mr. Fox sleeps! ||| Does he?'
    """
    parts: list[str] = []
    for part in END.split(text):
        last = parts[-1].rpartition(" ")[2].rstrip(".").lower() if parts else ""
        short = parts and parts[-1].endswith(".") and (last in ABBREVIATED or len(last) == 1)
        if short:
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return f" {SENTENCE} ".join(parts)


def expanded(text: str) -> str:
    """English contractions written out.

    >>> expanded("It's late, he won't come and they’d say John's ill")
    "It is late, he will not come and they would say John's ill"
    """
    return CONTRACTED.sub(_expand, text)


def _expand(found: re.Match[str]) -> str:
    word = found[0].replace("’", "'")
    low = word.lower()
    if low in IRREGULAR:
        full = IRREGULAR[low]
        return full.capitalize() if word[0].isupper() else full
    if low.endswith("'s") and low[:-2] in IS:
        return word[:-2] + " is"
    return next((word[: -len(end)] + full for end, full in ENDINGS if low.endswith(end)), found[0])


def without_repeats(text: str) -> str:
    """Letters that stand more than twice in a row stand twice.

    >>> without_repeats("sooooo good, see")
    'soo good, see'
    """
    return REPEATED.sub(r"\1\1", text)


@cache
def lemmatizer(code: str) -> Callable[[str], str]:
    """Gives the base form of a word of this language, in the case of its dictionary. Reading the first word
    of a language takes a second."""
    from simplemma import lemmatize

    return lru_cache(200_000)(lambda word: str(lemmatize(word, lang=code)))


def prepared_words(text: str, code: str, lemmas: bool, stop: Collection[str] | None, apart: bool) -> str:
    """The words of a text: to their lemma, and without stop words, which count in both forms. Marks stay
    words of their own if `apart`, else at their word."""
    words = (MARKS.sub(r" \1 ", text) if apart else text).split()
    lemma = lemmatizer(code) if lemmas else str
    kept = []
    for word in words:
        bare = word.strip(".,;:!?\"'()[]«»“”„…").replace("’", "'")
        base = lemma(bare) if bare and any(map(str.isalpha, bare)) else bare
        if stop and bare and (bare.casefold() in stop or base.casefold() in stop):
            continue
        kept.append(word.replace(bare, base, 1) if bare and base != bare else word)
    return " ".join(kept)
