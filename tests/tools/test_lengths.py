"""Which functions and files are too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lengths import MOST_LINES, MOST_LINES_OF_A_FILE, long_files, long_functions, too_long


@pytest.mark.parametrize(("lines", "found"), [(MOST_LINES, 0), (MOST_LINES + 1, 1)])
def test_a_function_of_more_lines_is_named(tmp_path: Path, lines: int, found: int) -> None:
    file = tmp_path / "long.py"
    file.write_text("class A:\n    async def f(self):\n" + "        pass\n" * (lines - 1))
    sentences = list(long_functions(file))
    assert len(sentences) == found
    assert all(f"long.py:2: f has {lines} lines" in sentence for sentence in sentences)


@pytest.mark.parametrize(("lines", "found"), [(MOST_LINES_OF_A_FILE, 0), (MOST_LINES_OF_A_FILE + 1, 1)])
def test_a_file_of_more_lines_is_named(tmp_path: Path, lines: int, found: int) -> None:
    file = tmp_path / "long.ts"
    file.write_text("a();\n" * lines)
    sentences = list(long_files([file]))
    assert len(sentences) == found
    assert all(f"long.ts has {lines} lines" in sentence for sentence in sentences)


def test_a_room_without_one_is_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    assert too_long(["tools", "manage.py"]) == 0
    assert capfd.readouterr().out == ""
