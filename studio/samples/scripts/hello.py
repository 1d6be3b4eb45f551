"""A module of one's own, to be zipped and imported from a script."""

import pandas as pd


def greeting(name):
    return f"Hello, {name}! This line comes from hello.py in the bundle."


def table():
    return pd.DataFrame({"word": ["hello", "bundle"], "letters": [5, 6]})
