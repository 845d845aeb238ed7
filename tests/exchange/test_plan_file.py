"""Plan files: there and back, byte for byte, and everything that can be wrong in one."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.plan_reader import PlanFileError, read_document, read_plan_file
from kvaltui.exchange.plan_schema import TABLES
from kvaltui.exchange.plan_writer import key_line, write_plan, write_plan_json
from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Area, Indicator
from tests.exchange.strategies import plan_contents
from tests.properties import examples

PLANS = sorted(path.name for path in (files("kvaltui") / "plans").iterdir() if path.name.endswith(".toml"))
TABLE_NAMES = {table.name for table in TABLES}
HEAD = 'format = 1\n[plan]\nkey = "p"\ntitle = "P"\nperiods = ["2021", "2022"]\n'
INDICATOR = HEAD + '[[indicator]]\nkey = "i"\nname = "I"\n'
TARGET = '[[indicator.target]]\nperiod = "2022"\n'
OUTCOME_ONLY = '[[indicator.outcome]]\nperiod = "2022"\n'
OUTCOME = INDICATOR + OUTCOME_ONLY
POLICY = HEAD + "[assessment]\n"
ASSESSED = '[[indicator.assessment]]\nperiod = "2022"\nstatus = "achieved"\nmotivation = " "\n'
RISK = '[[risk]]\nkey = "r"\ntitle = "R"\n'
CHECK = '[[self_check]]\nkey = "s"\nname = "S"\n'
ECONOMY = '[[economy_table]]\nkey = "e"\ntitle = "E"\n[[economy_table.row]]\nname = "R"\n'


def things(content: PlanContent) -> dict[Any, Any]:
    return {(entity.kind, entity.key): entity for entity in content}


@pytest.mark.parametrize("name", PLANS)
def test_starter_plans_come_back_byte_for_byte(name: str) -> None:
    content = read_document((files("kvaltui") / "plans" / name).read_text(encoding="utf-8"), name).content
    written = write_plan(content)
    again = read_document(written, name).content
    assert things(again) == things(content)
    assert write_plan(again) == written


def without_empty_lists(value: Any) -> Any:
    """JSON has a list for every table; TOML only for those there are."""
    return {key: each for key, each in value.items() if each != [] or key not in TABLE_NAMES}


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_as_json_has_the_tables_and_keys_of_its_file(name: str) -> None:
    content = read_document((files("kvaltui") / "plans" / name).read_text(encoding="utf-8"), name).content
    found = json.loads(write_plan_json(content))
    assert without_empty_lists(found) == tomllib.loads(write_plan(content))
    assert found.keys() >= TABLE_NAMES


@pytest.mark.parametrize("name", PLANS)
def test_starter_plans_come_back_from_json(name: str, tmp_path: Path) -> None:
    content = read_document((files("kvaltui") / "plans" / name).read_text(encoding="utf-8"), name).content
    path = tmp_path / "plan.JSON"
    path.write_text(write_plan_json(content), encoding="utf-8")
    assert write_plan(read_plan_file(path).content) == write_plan(content)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "rad 1: det här är inte JSON"),
        ('{"format": 1,\n "plan": {"key": p}}', "rad 2: det här är inte JSON"),
        ("[]", "ett objekt med en planfils nycklar"),
        ('{"format": 1, "format": 1}', "samma nyckel står två gånger"),
        ('{"format": ' + "1" * 5000 + "}", "för många siffror"),
        ("[" * 100_000, "för djupt"),
        ('{"format": 1, "plan": {"key": "p", "titel": "P"}}', "plan.titel: okänd nyckel; menade du ”title”?"),
        ('{"format": 1, "plan": {"key": "p", "title": null, "periods": []}}', "plan.title"),
        ('{"format": 1, "plan": {"key": "p", "title": "P", "periods": [NaN]}}', "plan.periods"),
        ('{"format": 1, "plan": {"key": "p", "title": "P", "periods": ["2022"]}, "area": {}}', "[[area]]"),
    ],
    ids=["cut", "line", "list", "repeated", "digits", "nested", "key", "null", "number", "table"],
)
def test_what_is_wrong_in_json_is_told_with_its_key(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanFileError) as refused:
        read_plan_file(path)
    assert say(refused.value.message).startswith("plan.json")
    assert told in say(refused.value.message)


@examples(60)
@given(plan_contents())
def test_any_plan_comes_back_byte_for_byte(content: PlanContent) -> None:
    written = write_plan(content)
    again = read_document(written, "random.toml").content
    assert things(again) == things(content)
    assert write_plan(again) == written


@pytest.mark.thorough
@given(st.data())
@examples(20)
def test_the_text_does_not_depend_on_the_order_in_memory(data: st.DataObject) -> None:
    content = data.draw(plan_contents(size=2))
    shuffled = PlanContent.of(data.draw(st.permutations(list(content))))
    assert write_plan(shuffled) == write_plan(content)


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.booleans() | st.integers() | st.lists(st.text()))
@example('\x7f\x00\x1b\r\n\t\'"""\\')
@example('"""\n"""')
@example("\n")
def test_any_value_is_toml(value: Any) -> None:
    try:
        line = key_line("a", value)
        line.encode()
    except UnicodeEncodeError:
        return
    assert tomllib.loads(line) == {"a": value}


@given(st.text() | st.text().map(lambda text: HEAD + text))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(PlanFileError, match=r"any\.toml"):
        read_document(text + "\n[[x]]", "any.toml")


FRAGMENTS = """
[[indicator]] | [[indicator.outcome]] | [[area]] | [area] | [[risk]] | [[economy_table]] | [[economy_table.row]]
[[self_check]] | [assessment] | [[measure]] | key = "a" | key = "b" | name = "n" | title = "t" | parent = "a"
parent = "b" | area = "a" | period = "2022" | period = 3 | value = "1" | value = ">" | level = 9 | level = -1
sum = true | key = [] | kind = "cost" | kind = {a = 1} | breakdown = ["a", 1] | \x00 | name = "\\u0000" | ' \"\"\"
risk_bands = [9, 4] | due = 2022-01-01 | due = "x" | retired = true | budget = "x" | name.x = 1
""".replace("\n", " | ").split(" | ")


@pytest.mark.thorough
@examples(300)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12))
def test_any_file_of_the_right_words_is_read_or_refused(lines: list[str]) -> None:
    try:
        content = read_document(HEAD + "\n".join(lines), "any.toml").content
    except PlanFileError as error:
        message = say(error.message)
    else:
        message = "any.toml"
        assert things(read_document(write_plan(content), "again.toml").content) == things(content)
    assert "any.toml" in message


def table(header: str, **values: str) -> str:
    return "\n".join([f"[[{header}]]", *(f'{key} = "{value}"' for key, value in values.items()), ""])


def area(key: str, **values: str) -> str:
    return table("area", key=key, name="A", **values)


def goal(key: str, parent: str) -> str:
    return table("goal", key=key, name="G", parent=parent)


REFUSED = [
    # what is wrong with it, the file, the key that is named, words of the message
    ("no format", "", "format", "f.toml, format: nyckeln saknas"),
    ("another format", "format = 2", "format", "f.toml, rad 1, format: filen är gjord med en senare version"),
    ("a boolean format", "format = true", "format", "format true är okänt"),
    ("no plan", "format = 1\n", "plan", "f.toml, plan: tabellen saknas"),
    ("a plan that is no table", 'format = 1\nplan = "x"\n', "plan", "rad 2, plan: här ska stå en tabell [plan]"),
    ("no title", 'format = 1\n[plan]\nkey = "p"', "plan.title", "rad 2, plan.title: nyckeln saknas"),
    ("a wrong table", HEAD + "[[indikator]]", "indikator", "rad 6, indikator: okänd nyckel; menade du ”indicator”?"),
    ("one bracket", HEAD + '[area]\nkey = "a"\n', "area", "rad 6, area: här ska stå tabeller [[area]]"),
    (
        "a wrong key",
        INDICATOR + "direktion = 1",
        "indicator[1].direktion",
        "rad 9, indicator[1].direktion: okänd nyckel",
    ),
    ("a mistyped key", INDICATOR + "direktion = 1", "indicator[1].direktion", "menade du ”direction”?"),
    ("a wrong word", INDICATOR + 'direction = "hihger"', "indicator[1].direction", "higher, lower, band, neutral"),
    ("a list wanted", INDICATOR + 'breakdown = "BOU"', "indicator[1].breakdown", "en lista inom hakparenteser"),
    ("a number among texts", INDICATOR + "breakdown = [1]", "indicator[1].breakdown", "rad 9"),
    ("a boolean wanted", INDICATOR + "cumulative = 1", "indicator[1].cumulative", "rad 9"),
    ("a text wanted", INDICATOR + "source = 86", "indicator[1].source", "rad 9, indicator[1].source: "),
    ("a whole number wanted", INDICATOR + "decimals = 1.5", "indicator[1].decimals", "ett heltal"),
    ("a date wanted", OUTCOME + 'as_of = "30/4"', "indicator[1].outcome[1].as_of", "ett datum som 2022-04-30"),
    ("a wrong type below", OUTCOME + "value = 86", "indicator[1].outcome[1].value", "rad 11"),
    ("not a period", INDICATOR + 'series_breaks = ["2022-X"]', "indicator[1].series_breaks", "2022-X"),
    ("one key twice", HEAD + 2 * area("a"), "area[2].key", "rad 10, area[2].key: ”a” finns redan (rad 6)"),
    ("a key of two", INDICATOR + table("core_volume", key="i", name="V"), "core_volume[1].key", "”i” finns redan"),
    ("one figure twice", INDICATOR + 2 * TARGET, "indicator[1].target[2].period", "finns redan (rad 9)"),
    ("one reading twice", OUTCOME + OUTCOME_ONLY, "indicator[1].outcome[2].period", "en annan källa"),
    ("a missing parent", HEAD + area("a", parent="b"), "area[1].parent", "det finns ingen [[area]] med nyckeln ”b”"),
    ("a mistyped parent", HEAD + area("omsorg") + area("b", parent="omsrg"), "area[2].parent", "menade du ”omsorg”?"),
    ("its own parent", HEAD + area("a", parent="a"), "area[1].parent", "rad 9"),
    ("areas in a circle", HEAD + area("a", parent="b") + area("b", parent="a"), "area[1].parent", "rad 9"),
    ("goals in a circle", HEAD + goal("a", "b") + goal("b", "a"), "goal[1].parent", "rad 9"),
    ("a key with spaces", HEAD + area("en nyckel"), "area[1].key", "rad 7, area[1].key: "),
    ("no name", HEAD + table("area", key="a", name=" "), "area[1].name", "rad 8"),
    (
        "a wrong policy",
        POLICY + 'partial_from = "nästan"',
        "assessment.partial_from",
        "rad 7, assessment.partial_from: ",
    ),
    ("wrong bands", POLICY + "risk_bands = [9, 4]", "assessment.risk_bands", "rad 7"),
    ("a period twice", HEAD.replace("2021", "2022"), "plan.periods", "rad 5, plan.periods: "),
    ("an outcome that cannot be read", OUTCOME + 'value = "12.500"', "indicator[1].outcome[1].value", "rad 11"),
    ("a forecast that cannot be read", OUTCOME + 'forecast = "1e5"', "indicator[1].outcome[1].forecast", "rad 11"),
    ("a target that cannot be read", INDICATOR + TARGET + 'value = "12 34"', "indicator[1].target[1].value", "rad 11"),
    ("a wrong unit", OUTCOME + 'value = "86 dagar"', "indicator[1].outcome[1].value", "rad 11"),
    (
        "a period that the plan has not",
        OUTCOME.replace('2022"\n', '2020"\n') + 'value = "86 %"',
        "indicator[1].outcome[1].period",
        "rad 10",
    ),
    ("a part that there is not", OUTCOME + 'part = "BOU"', "indicator[1].outcome[1].part", "BOU"),
    ("no motivation", INDICATOR + ASSESSED, "indicator[1].assessment[1].motivation", "rad 12"),
    ("a wrong level", HEAD + RISK + "likelihood = 3\nconsequence = 3\nlevel = 8", "risk[1].level", "rad 11"),
    ("a measure for nothing", HEAD + table("measure", key="m", title="M"), "measure[1].risks", "rad 6"),
    (
        "a self-check's result",
        HEAD + CHECK + table("self_check.result", period="2020", status="approved"),
        "self_check[1].result[1].period",
        "rad 10",
    ),
    ("a threshold", HEAD + CHECK + 'threshold = "12.500"', "self_check[1].threshold", "rad 9"),
    ("text in a number", HEAD + ECONOMY + 'budget = "mycket"', "economy_table[1].row[1].budget", "rad 11"),
    (
        "a retired thing in use",
        HEAD + area("a") + "retired = true\n" + area("b", parent="a"),
        "area[1].retired",
        "rad 9",
    ),
    ("not TOML", HEAD + "[[indicator]\n", "", "f.toml, rad 6: det här är inte TOML"),
    (
        "a key twice in a table",
        "format = 1\nformat = 1\n",
        "",
        "rad 2: det här är inte TOML: samma nyckel står två gånger",
    ),
    ("a control character", 'format = 1\n\na = "\x00"', "", "rad 3: det här är inte TOML: ett styrtecken"),
    ("lists without end", "a = " + 5000 * "[", "", "f.toml"),
    ("a number without end", "a = " + 5000 * "9", "", "f.toml"),
    ("an end in the middle", HEAD + 'a = """', "", "f.toml, rad 6"),
]


@pytest.mark.parametrize(("text", "field", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_wrong_is_named(text: str, field: str, words: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        read_document(text, "f.toml")
    assert words in say(caught.value.message)
    assert caught.value.field == field


def test_the_line_is_found_past_prose_and_comments() -> None:
    first = '[[area]] # one\nkey = "a"\nname = "A"\nnote = """\n[[area]]\nname = "x"\n"""\n'
    text = HEAD + first + '[[area]]\n  "key" = "b"\n\n  name = 3\n'
    with pytest.raises(PlanFileError, match=r"line 16, area\[2\]\.name"):
        read_document(text, "f.toml")


def test_what_is_written_inline_is_named_without_a_line() -> None:
    with pytest.raises(PlanFileError, match=r"^f\.toml, area\[2\]\.name: "):
        read_document(
            'format = 1\narea = [{key="a", name="A"}, {key="b", name=3}]\n[plan]\nkey="p"\ntitle="P"\n', "f.toml"
        )


def test_text_from_outside_is_cleaned() -> None:
    content = read_document(HEAD + '[[area]]\nkey = "a"\nname = "\\u001b[31mÅ\\u202e\\u0000 [/x]"\n', "f.toml").content
    area = content.get(Area, "a")
    assert area is not None
    assert area.name == "�[31mÅ�� [/x]"


def test_a_key_from_outside_is_cleaned_in_the_message() -> None:
    with pytest.raises(PlanFileError) as caught:
        read_document(HEAD + '"\\u001b]52;c;x\\u0007" = 1\n', "f.toml")
    assert not {"\x1b", "\x07"} & set(say(caught.value.message))


def test_a_value_from_outside_is_cleaned_in_the_message() -> None:
    for key in ("series_breaks = ['\\u001b[31m']", 'direction = "\\u001b[31m"', 'area = "\\u001b[31m"'):
        with pytest.raises(PlanFileError) as caught:
            read_document(INDICATOR + key.replace("'", '"'), "f.toml")
        assert "\x1b" not in say(caught.value.message)


def test_two_readings_of_one_figure() -> None:
    outcome = '[[indicator.outcome]]\nperiod = "2022"\n'
    text = INDICATOR + f'{outcome}value = "6,1"\nsource = "Personal"\n{outcome}value = "5,6"\nsource = "HR"\n'
    outcomes = read_document(text, "f.toml").content.all(Outcome)
    assert [(each.reading, each.value, each.source) for each in outcomes.values()] == [
        (1, "6,1", "Personal"),
        (2, "5,6", "HR"),
    ]


def test_rows_of_economy_are_told_apart_by_their_names() -> None:
    row = '[[economy_table.row]]\nname = "Övrigt"\n'
    content = read_document(HEAD + f'[[economy_table]]\nkey = "e"\ntitle = "E"\n{row}{row}', "f.toml").content
    assert list(content.all(EconomyRow)) == ["e/ovrigt", "e/ovrigt-2"]


def test_keys_of_extensions_are_written_only_where_they_say_something() -> None:
    written = write_plan(read_document(INDICATOR, "f.toml").content)
    assert "retired" not in written
    assert "display_name" not in written
    assert "[[core_volume]]" not in written
    assert "series_breaks = []" in written


def test_a_retired_thing_is_written_so() -> None:
    content = read_document(INDICATOR + "retired = true\n", "f.toml").content
    assert not list(content.active(Indicator))
    assert "\nretired = true\n" in write_plan(content)


def test_a_file_with_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + (HEAD + '[[area]]\nkey = "a"\nname = "Ä"\nnote = """\na\nb"""\n').replace("\n", "\r\n").encode()
    )
    area = read_plan_file(path).content.get(Area, "a")
    assert area is not None
    assert area.note == "a\nb"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes((HEAD + "# ").encode() + "å".encode("latin-1"))
    with pytest.raises(PlanFileError, match=r"p\.toml, line 6: the text is not UTF-8"):
        read_plan_file(path)
    for wrong in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(FileError, match="cannot be read"):
            read_plan_file(wrong)


@pytest.mark.thorough
def test_a_hundred_thousand_indicators_take_time_in_proportion() -> None:
    """A tenth of them here; what would be quadratic shows already."""
    text = HEAD + "".join(
        f'[[indicator]]\nkey = "i{number}"\nname = "I"\n[[indicator.outcome]]\nperiod = "2022"\nvalue = "86 %"\n'
        for number in range(10_000)
    )
    content = read_document(text, "f.toml").content
    assert len(content.all(Indicator)) == len(content.all(Outcome)) == 10_000
    with pytest.raises(PlanFileError, match="line 60009"):
        read_document(text + '[[indicator]]\nkey = "i9"\nname = "I"\nnmae = "I"\n', "f.toml")
