"""Under which name a package index has what a script imports."""

from __future__ import annotations

OTHERWISE = {
    "azure": "azure-storage-blob",
    "bs4": "beautifulsoup4",
    "Crypto": "pycryptodome",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "fitz": "PyMuPDF",
    "git": "GitPython",
    "imblearn": "imbalanced-learn",
    "jwt": "PyJWT",
    "MySQLdb": "mysqlclient",
    "OpenSSL": "pyOpenSSL",
    "PIL": "pillow",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "umap": "umap-learn",
    "yaml": "PyYAML",
}
"""Where the two names differ, of what scripts import often."""


def distribution_of(module: str) -> str:
    """The package to ask the index for.

    >>> distribution_of("cv2"), distribution_of("cowsay")
    ('opencv-python-headless', 'cowsay')
    """
    top = module.partition(".")[0]
    return OTHERWISE.get(top, top.replace("_", "-"))
