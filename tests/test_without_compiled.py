"""A computer that has no wheel of the compiled libraries, or lets no foreign library be loaded: what works there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_LOCKED = """
import sys
for name in ("cryptography", "cffi", "_cffi_backend", "lxml"):
    sys.modules[name] = None  # as Python says where a library is missing or must not be loaded
from kvaltui.cli import main
sys.exit(main())
"""
_WHOLE = "import sys; from kvaltui.cli import main; sys.exit(main())"


def run(folder: Path, *arguments: str, code: int = 0, program: str = _LOCKED) -> str:
    """What the program prints, in either stream, when it is run in a folder."""
    environment = {**os.environ, "HOME": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run(tmp_path, "init", "--plan", "nacka-2022", "--folder", ".")
    return tmp_path


@pytest.mark.thorough
def test_figures_reports_and_tables_need_no_compiled_library(folder: Path) -> None:
    run(folder, "enter", "sabo-trygghet", "91 %")
    outcomes = {each["key"]: each["outcome"] for each in json.loads(run(folder, "status", "--json"))["indicators"]}
    assert outcomes["sabo-trygghet"] == "91 %"
    for name in ("t.xlsx", "t.csv", "p.toml"):
        run(folder, "export", name)
    for name in ("r.html", "r.md"):
        run(folder, "report", name)
    run(folder, "import", "t.xlsx", "--dry-run")
    told = run(folder, "check")
    assert "är hel" in told
    assert "cryptography kan inte laddas" in told


@pytest.mark.thorough
def test_a_word_document_that_cannot_be_made_says_what_can(folder: Path) -> None:
    told = run(folder, "report", "r.docx", code=3)
    assert "lxml" in told
    assert ".html, som Word öppnar" in told
    assert not (folder / "r.docx").exists()


@pytest.mark.thorough
def test_what_is_not_signed_or_checked_there_is_proved_once_it_can_be(folder: Path) -> None:
    run(folder, "enter", "sabo-trygghet", "91 %")
    run(folder, "export", "osignerad.kvb")
    run(folder, "init", "--plan", "osignerad.kvb", "--folder", "annan", "--accept-unproved", program=_WHOLE)
    run(folder, "--config=annan/config.toml", "enter", "sabo-trygghet", "92 %", program=_WHOLE)
    run(folder, "--config=annan/config.toml", "export", "signerad.kvb", program=_WHOLE)
    assert "cryptography inte kan laddas" in run(folder, "import", "signerad.kvb", code=3)
    run(folder, "import", "signerad.kvb", "--accept-unproved")
    newest = json.loads(run(folder, "history", "--limit", "1", "--json"))[0]
    assert newest["unproved"] == "not_checked"
    run(folder, "import", "signerad.kvb", program=_WHOLE)
    newest = json.loads(run(folder, "history", "--limit", "1", "--json"))[0]
    assert newest["unproved"] is None
