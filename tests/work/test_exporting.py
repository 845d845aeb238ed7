"""A plan written to a file: its name, and what its ending asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kvaltui.exchange.exporting import REPORT_SUFFIXES, SUFFIXES, Exported, export
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.starter import read_starter
from kvaltui.model.period import Period
from kvaltui.store.opening import open_database
from kvaltui.work.exporting import FORMATS, suggested_name
from kvaltui.work.plan_maker import Beginning
from tests.sampled import sampled
from tests.store.plan import COORDINATOR

NACKA = "nacka-2022"


def test_what_there_is_to_choose_is_what_can_be_written() -> None:
    assert sorted(suffix for suffix, _label in FORMATS) == sorted((*SUFFIXES, *REPORT_SUFFIXES))


@pytest.mark.parametrize(
    ("plan", "suffix", "expected"),
    [
        ("nacka-2022", ".csv", "nacka-2022.csv"),
        ("nacka", ".csv", "nacka-2022.csv"),
        ("nacka", ".docx", "nacka-2022.docx"),
        ("nacka", ".toml", "nacka.toml"),
        ("nacka", ".kvb", "nacka.kvb"),
    ],
)
def test_a_file_is_called_by_its_plan_and_the_period_that_it_is_about(plan: str, suffix: str, expected: str) -> None:
    assert suggested_name(plan, Period(2022), suffix) == expected


@pytest.mark.parametrize("suffix", sampled((suffix for suffix, _label in FORMATS), 3))
def test_each_suffix_is_written_and_no_other(suffix: str, tmp_path: Path) -> None:
    with open_database(tmp_path / "k.db", create=True) as database:
        Beginning(lambda: database, COORDINATOR).from_starter(NACKA)
        content = read_starter(NACKA)
        whole = Exported(database, content, content.plan.periods, date(2023, 2, 1))
        known = [each for each, _label in FORMATS]
        assert export(whole, Path(f"ut{suffix.upper()}"), known)
        others = [each for each in known if each != suffix]
        with pytest.raises(FileError, match=f"ut{suffix}: the ending is not one of {', '.join(others)}"):
            export(whole, Path(f"ut{suffix}"), others)
