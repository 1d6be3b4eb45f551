"""Languages by their ISO 639-1 codes: English names, and those that texts can be prepared in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.text_analytics._texts import texts, words_of

NAMES = dict(
    pair.split(":")
    for pair in sorted(
        words_of(
            """
    af:Afrikaans am:Amharic an:Aragonese ar:Arabic as:Assamese az:Azerbaijani ba:Bashkir be:Belarusian
    bg:Bulgarian bn:Bengali br:Breton bs:Bosnian ca:Catalan cs:Czech cy:Welsh da:Danish de:German
    dz:Dzongkha el:Greek en:English eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian fi:Finnish
    fo:Faroese fr:French fy:Frisian ga:Irish gd:Gaelic gl:Galician gu:Gujarati ha:Hausa he:Hebrew
    hi:Hindi hr:Croatian ht:Haitian hu:Hungarian hy:Armenian id:Indonesian ig:Igbo is:Icelandic
    it:Italian ja:Japanese jv:Javanese ka:Georgian kk:Kazakh km:Khmer kn:Kannada ko:Korean ku:Kurdish
    ky:Kyrgyz la:Latin lb:Luxembourgish lg:Ganda ln:Lingala lo:Lao lt:Lithuanian lv:Latvian mg:Malagasy
    mk:Macedonian ml:Malayalam mn:Mongolian mr:Marathi ms:Malay mt:Maltese my:Burmese ne:Nepali nl:Dutch
    nn:Nynorsk no:Norwegian oc:Occitan om:Oromo or:Odia pa:Punjabi pl:Polish ps:Pashto pt:Portuguese
    qu:Quechua ro:Romanian ru:Russian rw:Kinyarwanda sa:Sanskrit se:Sami si:Sinhala sk:Slovak
    sl:Slovenian sn:Shona so:Somali sq:Albanian sr:Serbian st:Sotho sv:Swedish sw:Swahili ta:Tamil
    te:Telugu tg:Tajik th:Thai tk:Turkmen tl:Tagalog tr:Turkish tt:Tatar ug:Uyghur uk:Ukrainian ur:Urdu
    uz:Uzbek vi:Vietnamese vo:Volapük wa:Walloon xh:Xhosa yo:Yoruba zh:Chinese zu:Zulu
        """
        )
    )
)
PREPARED = {
    "english": "en",
    "spanish": "es",
    "french": "fr",
    "dutch": "nl",
    "german": "de",
    "italian": "it",
}
"""Languages whose words and stop words are known, by the value of a setting."""

LANGUAGES = {**{value: value.capitalize() for value in PREPARED}, "column": "Column contains language"}
"""The choices of a setting *Language*."""


@cache
def detector() -> Any:
    """What finds languages, for those that have a code of two letters. Reading its data takes a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(sorted(set(NAMES) & set(made.labels)))
    return made


def row_languages(language: str, column: Column | None, rows: int) -> Sequence[str | None]:
    """The code of each row's language: that of the setting, or what the column says, by code or by English
    name; None where the column has no value. ModuleError names the first one that cannot be prepared."""
    if language != "column" or column is None:
        return [PREPARED[language]] * rows
    known: dict[str, str] = {**PREPARED, **{code: code for code in PREPARED.values()}}
    found: list[str | None] = []
    for row, said in enumerate(texts(column), 1):
        code = None if said is None else known.get(said.strip().casefold())
        if said is not None and code is None:
            raise ModuleError(
                f"Row {row} of {column.name} says {said!r:.50}. Texts can be prepared in "
                f"{', '.join(map(str.capitalize, PREPARED))}; leave the other rows out first, in Split "
                "Data for "
                "example.",
                param="culture_language_column",
            )
        found.append(code)
    return found


@cache
def stop_words(code: str) -> frozenset[str]:
    """Words of a language that say little of what a text is about, in lower case."""
    if code == "en":
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

        return frozenset(ENGLISH_STOP_WORDS)
    from stop_words import get_stop_words

    return frozenset(word.casefold() for word in get_stop_words(code))
