"""The kinds of files that may be uploaded, and which one a file seems to be; the web side imports it."""

from __future__ import annotations

KINDS = {
    "csv": "CSV with a header",
    "csv-no-header": "CSV without a header",
    "tsv": "TSV with a header",
    "tsv-no-header": "TSV without a header",
    "arff": "ARFF",
    "svmlight": "SVMLight",
    "xlsx": "Excel workbook",
    "parquet": "Parquet",
    "jsonl": "JSON Lines",
    "zip": "Zip (a script bundle)",
    "text": "Plain text",
}

ENDINGS = {
    ".nh.csv": "csv-no-header",
    ".nh.tsv": "tsv-no-header",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".arff": "arff",
    ".svmlight": "svmlight",
    ".libsvm": "svmlight",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".zip": "zip",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".log": "text",
}


def guess(name: str, head: bytes) -> str:
    """The kind of a file by its ending, else by its first bytes.

    >>> guess("sales.nh.csv", b""), guess("data", b"PK\\x03\\x04"), guess("data", b"a\\tb\\n1\\t2\\n")
    ('csv-no-header', 'zip', 'tsv')
    """
    lower = name.lower()
    for ending, kind in ENDINGS.items():
        if lower.endswith(ending):
            return kind
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx" if b"xl/" in head or b"[Content_Types].xml" in head else "zip"
    if head.lstrip().lower().startswith((b"@relation", b"%")):
        return "arff"
    lines = [line for line in head.splitlines() if line.strip()]
    if lines and lines[0].lstrip().startswith(b"{"):
        return "jsonl"
    whole = lines[:-1] or lines  # the last one may be cut off
    for separator, kind in ((b"\t", "tsv"), (b",", "csv"), (b";", "csv")):
        if whole and whole[0].count(separator) and len({line.count(separator) for line in whole}) == 1:
            return kind
    return "csv" if whole and b"," in whole[0] else "text"
