"""`status --json`: every key of docs/commands.md, JSON, in its order, and nulls where there is none."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.starter import read_starter
from kvaltui.exchange.status_json import status_object
from kvaltui.model.content import PlanContent
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.summary import summarise
from tests.prose import PROJECT

COUNTS = ["achieved", "partially_achieved", "not_achieved", "not_assessed", "not_applicable", "of", "reported"]
LAST = ["conflicts", "doubts", "changes", "waiting", "overdue_measures", "economy"]
FIRST = ["plan", "title", "period", "total", "areas", "goals", "indicators", "risks", "self_checks", "missing"]
KEYS = {
    "total": ["status", *COUNTS],
    "areas": ["key", "name", "status", "computed", "stale", *COUNTS, "changes", "complete"],
    "goals": ["key", "area", "name", "status", "computed", "manual", "stale"],
    "indicators": [
        "key", "name", "area", "goal", "unit", "target", "outcome", "status", "computed", "rule", "reason", "change",
        "previous", "missing", "estimated", "warnings", "conflict", "parts", "manual", "stale", "responsible",
    ],
    "risks": ["key", "title", "level", "band", "open_measures", "overdue_measures", "responsible"],
    "self_checks": ["key", "name", "section", "status", "period", "due", "responsible"],
    "changes": ["better", "worse", "same", "not_comparable"],
    "waiting": ["responsible", "unit", "count"],
    "economy": ["table", "row", "name", "unit", "amount", "variance"],
}  # fmt: skip
TODAY = date(2024, 6, 1)


def status_of(content: PlanContent) -> dict[str, Any]:
    assert content.plan.current_period is not None
    result = judge_plan(content, content.plan.current_period, TODAY)
    found: dict[str, Any] = json.loads(json.dumps(status_object(content, result, summarise(content, result, TODAY))))
    return found


@pytest.mark.parametrize("plan", ["huddinge-2024", "linkoping-2019-t1", "nacka-2022"])
def test_every_object_has_the_documented_keys(plan: str) -> None:
    found = status_of(read_starter(plan))
    assert list(found) == [*FIRST, *LAST]
    assert list(found["total"]) == KEYS["total"]
    assert list(found["changes"]) == KEYS["changes"]
    for name in ("areas", "goals", "indicators", "risks", "self_checks", "waiting", "economy"):
        assert {tuple(each) for each in found[name]} <= {tuple(KEYS[name])}


def test_the_page_of_the_commands_tells_of_every_key() -> None:
    section = (PROJECT / "docs/commands.md").read_text(encoding="utf-8").partition("## JSON")[2]
    rows = re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|$", section, re.MULTILINE)
    told = {key: re.findall(r"`(\w+)`", holds) for keys, holds in rows for key in re.findall(r"`(\w+)`", keys)}
    assert [*FIRST, *LAST] == list(told)
    for name, keys in KEYS.items():
        once = list(dict.fromkeys(each for each in told[name] if each in keys))
        assert once == [each for each in keys if name == "total" or each not in COUNTS]


def test_nacka_as_it_must_be() -> None:
    found = status_of(read_starter("nacka-2022"))
    assert found["total"] == {
        "status": "partially_achieved",
        "achieved": 19,
        "partially_achieved": 8,
        "not_achieved": 6,
        "not_assessed": 1,
        "not_applicable": 0,
        "of": 34,
        "reported": 34,
    }
    assert [[area[name] for name in COUNTS[:4]] for area in found["areas"]] == [
        [1, 2, 2, 0],
        [3, 1, 0, 1],
        [6, 5, 2, 0],
        [9, 0, 2, 0],
    ]
    first = found["indicators"][0]
    assert (first["key"], first["target"], first["outcome"]) == ("sabo-trygghet", "100 %", "86 %")
    assert (first["status"], first["rule"]) == ("partially_achieved", "at_least")
    assert "14 procentenheter" in first["reason"]
    assert [first[name] for name in ("goal", "change", "previous", "missing", "manual")] == [None] * 5


def test_what_there_is_and_what_there_is_not() -> None:
    content = read_document(
        """format = 1
[plan]
key = "p"
title = "P"
periods = ["2021", "2022"]
[[area]]
key = "a"
name = "A"
[[goal]]
key = "g"
area = "a"
name = "G"
[[goal.assessment]]
period = "2022"
status = "achieved"
motivation = "Nästan."
[[indicator]]
key = "i"
area = "a"
goal = "g"
name = "I"
breakdown = ["BOU", "VUX"]
[[indicator.target]]
period = "2022"
value = "90 %"
[[indicator.outcome]]
period = "2021"
value = "80 %"
[[indicator.outcome]]
period = "2022"
part = "BOU"
value = "95 %"
[[indicator.outcome]]
period = "2022"
part = "VUX"
value = "20 %"
[[indicator]]
key = "tom"
name = "Tom"
[[indicator]]
key = "ej"
name = "Ej"
[[indicator.outcome]]
period = "2022"
value = "ej mätt"
[[risk]]
key = "r"
title = "R"
level = 6
[[self_check]]
key = "s"
name = "S"
""",
        "p.toml",
    ).content
    found = status_of(content)
    indicators = {each["key"]: each for each in found["indicators"]}
    assert indicators["i"]["parts"] == [
        {"part": "BOU", "target": "90 %", "outcome": "95 %", "status": "achieved"},
        {"part": "VUX", "target": "90 %", "outcome": "20 %", "status": "not_achieved"},
    ]
    assert indicators["i"]["status"] == "partially_achieved"
    assert (indicators["tom"]["outcome"], indicators["tom"]["target"], indicators["tom"]["area"]) == (None, None, None)
    assert indicators["ej"]["missing"] == "not_measured"
    assert found["missing"] == ["tom"]
    (goal,) = found["goals"]
    assert (goal["status"], goal["computed"]) == ("achieved", "partially_achieved")
    assert goal["manual"] == {"status": "achieved", "motivation": "Nästan.", "author": "", "at": ""}
    (risk,) = found["risks"]
    assert (risk["key"], risk["title"], risk["level"], risk["band"]) == ("r", "R", 6, "medium")
    assert (risk["open_measures"], risk["overdue_measures"], risk["responsible"]) == (0, 0, "")
    (check,) = found["self_checks"]
    assert (check["status"], check["period"], check["due"]) == (None, None, True)
