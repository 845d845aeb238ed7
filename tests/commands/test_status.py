"""`kvaltui status`: the JSON of docs/commands.md, the table at 80 columns, and the exit codes of --fail-on."""

from __future__ import annotations

import pytest

from kvaltui.model.status import Doubt
from kvaltui.text_width import width_of
from kvaltui.words import word
from tests.commands.conftest import Folder
from tests.commands.contract import is_status


def test_nacka_as_json(nacka: Folder) -> None:
    status = nacka("status", "--json").json
    assert is_status(status)
    total = status["total"]
    assert (total["achieved"], total["partially_achieved"], total["not_achieved"], total["not_assessed"]) == (
        19,
        8,
        6,
        1,
    )
    assert (total["of"], total["reported"], total["status"]) == (34, 34, "partially_achieved")
    counts = {
        area["key"]: tuple(area[name] for name in ("achieved", "partially_achieved", "not_achieved", "not_assessed"))
        for area in status["areas"]
    }
    assert counts == {
        "aldreomsorg": (1, 2, 2, 0),
        "omsorg-och-assistans": (3, 1, 0, 1),
        "familj-och-arbete": (6, 5, 2, 0),
        "kultur-och-fritid": (9, 0, 2, 0),
    }
    assert len(status["indicators"]) == 34
    assert status["missing"] == []


@pytest.mark.parametrize("plan", ["huddinge", "linkoping"])
def test_other_documents_as_json(plan: str, request: pytest.FixtureRequest) -> None:
    folder: Folder = request.getfixturevalue(plan)
    assert is_status(folder("status", "--json").json)


def test_one_area_as_json(nacka: Folder) -> None:
    status = nacka("status", "--json", "--area", "aldreomsorg").json
    assert is_status(status)
    assert [area["key"] for area in status["areas"]] == ["aldreomsorg"]
    assert {indicator["area"] for indicator in status["indicators"]} == {"aldreomsorg"}
    assert (status["total"]["of"], status["total"]["achieved"]) == (5, 1)
    assert status["goals"] == []


def test_the_table_fits_80_columns(nacka: Folder) -> None:
    answer = nacka("status")
    assert max(width_of(line) for line in answer.lines) <= 80
    assert answer.lines[:3] == [
        "Kvalitetsindikatorer per affärsområde 2022",
        "Måluppfyllelse 2022                                             ▲ Delvis uppnått",
        "✓ 19   ▲ 8   ✗ 6   – 1                              33 av 34 bedömda, 34 inlagda",
    ]
    assert "Äldreomsorg           ▲ Delvis  1  2  2  0      5/5" in answer.lines
    assert "\x1b" not in answer.out


@pytest.mark.parametrize("columns", ["60", "80", "100"])
@pytest.mark.parametrize("plan", ["huddinge", "linkoping"])
def test_long_swedish_names_are_cut_with_an_ellipsis(
    plan: str, columns: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder: Folder = request.getfixturevalue(plan)
    monkeypatch.setenv("COLUMNS", columns)
    answer = folder("status")
    assert max(width_of(line) for line in answer.lines) <= int(columns)
    assert "…" in answer.out


def test_what_is_wrong_what_waits_and_what_is_due(huddinge: Folder) -> None:
    out = huddinge("status").out
    assert "Väntar (22)" in out
    assert "  Stöd till barn och unga   9 utfall  utan ansvarig" in out
    assert "Risker (4)" in out
    assert "9  ✗ Hög    3 öppna åtgärder" in out
    assert "Kontroller (12)" in out


def test_missing_lists_every_key_to_enter_by_area(huddinge: Folder) -> None:
    answer = huddinge("status", "--missing")
    assert "Förebyggande arbete: 3 väntar" in answer.lines
    keys = {line.split()[0] for line in answer.lines if line.startswith("  ")}
    assert set(huddinge("status", "--json").json["missing"]) == keys


def test_nothing_is_missing(nacka: Folder) -> None:
    assert nacka("status", "--missing").out.endswith("Inget väntar på utfall.\n")


@pytest.mark.parametrize(
    ("condition", "code"), [("not_achieved", 1), ("partially_achieved", 1), ("missing", 0), ("overdue", 0)]
)
def test_fail_on(nacka: Folder, condition: str, code: int) -> None:
    nacka("status", "--fail-on", condition, code=code)
    assert is_status(nacka("status", "--json", "--fail-on", condition, code=code).json)


def test_fail_on_looks_at_the_area_alone(nacka: Folder) -> None:
    nacka("status", "--area", "omsorg-och-assistans", "--fail-on", "not_achieved")
    nacka("status", "--area", "omsorg-och-assistans", "--fail-on", "partially_achieved", code=1)


def test_fail_on_missing_and_overdue(nacka: Folder) -> None:
    nacka("period", "add", "2023")
    nacka("status", "--fail-on", "missing", code=1)
    nacka("status", "--fail-on", "overdue")  # 2023 is not over on the day of the tests
    nacka("status", "--period", "2022", "--fail-on", "missing")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--area", "aldreomsorgen"), "Det finns inget område ”aldreomsorgen”; menade du ”aldreomsorg”?"),
        (("--period", "2021"), "Planen har ingen period 2021; den har 2022"),
        (("--period", "2022-T4"), "”2022-T4” är ingen period: skriv 2022, 2022-H1, 2022-T1"),
        (("--plan", "nacka-2021"), "Det finns ingen plan ”nacka-2021”; menade du ”nacka-2022”?"),
        (("--fail-on", "nothing"), "är inget av"),
    ],
)
def test_wrong_words_get_exit_code_2_and_the_nearest_name(
    nacka: Folder, arguments: tuple[str, ...], expected: str
) -> None:
    answer = nacka("status", *arguments, code=2)
    assert expected in answer.err
    assert answer.out == ""


def test_without_a_database(empty: Folder) -> None:
    answer = empty("status", code=3)
    assert "Det finns ingen databas än" in answer.err
    assert "kvaltui init --plan nacka-2022" in answer.err
    assert list(empty.path.iterdir()) == []


def test_ascii_symbols_where_the_locale_is_not_utf8(nacka: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert "~ Delvis" in nacka("status").out


def test_ascii_symbols_by_the_settings(nacka: Folder) -> None:
    config = nacka.path / "config.toml"
    config.write_text(config.read_text().replace('symbols = "auto"', 'symbols = "ascii"'))
    assert nacka("status").lines[2].startswith("+ 19   ~ 8   x 6   - 1")


def test_an_unfinished_period_is_expected(nacka: Folder) -> None:
    nacka("period", "add", "2023")
    nacka("enter", "sabo-trygghet", "86 %")
    assert "Måluppfyllelse 2023" in nacka("status").lines[1]
    assert "Väntas" in nacka("status").out


def test_in_english(nacka: Folder) -> None:
    assert nacka("--lang", "en", "status").lines[1].endswith("▲ Partially achieved")


def test_which_figures_look_wrong_and_why(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "3 500")
    expected = [
        "Ser fel ut (3)",
        "  Särskilt boende - andel kunder som känner sig trygga   3 500 %",
        "    ! en procentsats utanför 0–100",
        "    ! långt från föregående utfall eller från målvärdet",
    ]
    for arguments in ((), ("--plain",)):
        lines = nacka("status", *arguments).lines
        assert lines[lines.index(expected[0]) :][:4] == expected
    status = nacka("status", "--json").json
    assert is_status(status)
    assert [(each["key"], each["warning"]) for each in status["doubts"]] == [
        ("sabo-trygghet", "out_of_range"),
        ("sabo-trygghet", "jump"),
        ("fritidsgardar-besok-flickor", "duplicate_name"),
        ("fritidsgardar-besok-flickor-rad-2", "duplicate_name"),
    ]
    assert status["doubts"][0]["text"] == "en procentsats utanför 0–100"
    assert [each["outcome"] for each in status["indicators"] if each["key"] == "sabo-trygghet"] == ["3 500"]


def test_what_looks_wrong_in_one_area(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "3 500")
    area = nacka("status", "--json", "--area", "aldreomsorg").json
    assert {each["key"] for each in area["doubts"]} == {"sabo-trygghet"}
    assert "Ser fel ut (1)" in nacka("status", "--area", "aldreomsorg").lines
    assert "Ser fel ut" not in nacka("status", "--area", "omsorg-och-assistans").out


def test_fail_on_doubtful_looks_at_the_area_alone(nacka: Folder) -> None:
    nacka("status", "--fail-on", "doubtful", code=1)
    nacka("status", "--area", "aldreomsorg", "--fail-on", "doubtful")
    nacka("enter", "sabo-trygghet", "3 500")
    nacka("status", "--area", "aldreomsorg", "--fail-on", "doubtful", code=1)


@pytest.mark.thorough
def test_a_sum_that_does_not_agree_is_told(linkoping: Folder) -> None:
    file = linkoping.path / "plan.toml"
    linkoping("export", str(file))
    text = file.read_text()
    assert 'variance = "' in text
    before, _, after = text.partition("\nvariance = ")
    file.write_text(f'{before}\nvariance = "99 999"\n{after.partition(chr(10))[2]}')
    linkoping("import", str(file))
    out = linkoping("status").out
    assert "! avvikelsen stämmer inte med kolumnerna" in out
    doubts = linkoping("status", "--json").json["doubts"]
    assert "variance_mismatch" in {each["warning"] for each in doubts if "/" in each["key"]}


@pytest.mark.parametrize("doubt", list(Doubt))
def test_every_doubt_is_told_whole_in_80_columns(doubt: Doubt) -> None:
    assert width_of(f"    ! {word(doubt)}") <= 80


def test_self_checks_that_are_not_approved(huddinge: Folder) -> None:
    assert "✗ Ej godkänt" not in huddinge("status").out
    key = huddinge("list", "self-checks", "--json").json[0]["key"]
    file = huddinge.path / "plan.toml"
    huddinge("export", str(file))
    result = '[[self_check.result]]\nperiod = "2024"\nstatus = "not_approved"\n'
    start = file.read_text().index(f'[[self_check]]\nkey = "{key}"')
    end = file.read_text().index("[[", start + 5)
    file.write_text(f"{file.read_text()[:end]}{result}\n{file.read_text()[end:]}")
    huddinge("import", str(file))
    out = huddinge("status").out
    assert "✗ Ej godkänt 2024" in out
