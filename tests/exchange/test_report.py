"""Reports: what a committee reads, with text that stays text whatever is in it."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import docx
import pytest

from kvaltui.exchange import report_docx
from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.report import report
from kvaltui.exchange.report_blocks import Report, ReportGrid, ReportHeading, text_of
from kvaltui.exchange.report_text import html, markdown
from kvaltui.exchange.starter import read_starter, starter_plans
from kvaltui.i18n import install
from kvaltui.model.content import PlanContent
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.structure import Indicator
from kvaltui.model.summary import summarise
from tests.sampled import sampled

TODAY = date(2024, 6, 1)
NASTY = "[/x] <script>alert(1)</script> | *å* `ä` & \\ö_ =1+1"
PLAN = f"""format = 1
[plan]
key = "p"
title = '{NASTY}'
periods = ["2022"]
[[area]]
key = "a"
name = '{NASTY}'
note = '''
# ingen rubrik
- ingen lista
1. heller ingen
===
--- '''
[[indicator]]
key = "i"
area = "a"
name = '{NASTY}'
[[indicator.target]]
period = "2022"
value = "90 %"
[[indicator.outcome]]
period = "2022"
value = "86 %"
note = '{NASTY}'
[[indicator.assessment]]
period = "2022"
status = "achieved"
motivation = '{NASTY}'
[[risk]]
key = "r"
title = '{NASTY}'
level = 9
[[measure]]
key = "m"
title = '{NASTY}'
due = "2022-01-01"
risks = ["r"]
[[economy_table]]
key = "e"
title = "E"
unit = "tkr"
note = "Med fel"
[[economy_table.row]]
name = "Rad"
budget = "100"
forecast = "90"
variance = "50"
note = "Radens not"
[[economy_table.row]]
name = "varav del"
level = 1
budget = "40"
[[self_check]]
key = "s"
name = "Svarstid"
new = true
threshold = "högst 10"
unit = "dagar"
[[self_check.result]]
period = "2022"
status = "approved"
value = "9"
[[core_volume]]
key = "v"
name = "Volym"
unit = "antal"
[[core_volume.outcome]]
period = "2022"
value = "7"
"""


def report_of(content: PlanContent) -> Report:
    assert content.plan.current_period is not None
    result = judge_plan(content, content.plan.current_period, TODAY)
    return report(content, result, summarise(content, result, TODAY), TODAY)


def written(content: PlanContent, ending: str) -> str:
    return (html if ending == ".html" else markdown)(report_of(content))


class Text(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {"src", "href", "onload"} & {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.thorough
@pytest.mark.parametrize("starter", sampled((starter.key for starter in starter_plans()), 2))
def test_every_plan_makes_a_report_that_names_all_its_indicators(starter: str) -> None:
    content = read_starter(starter)
    names = [each.name for each in content.active(Indicator) if not each.is_core_volume]
    page = Text()
    page.feed(written(content, ".html"))
    assert set(names) <= set(page.text)
    document = docx.Document(io.BytesIO(report_docx.docx(report_of(content))))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert set(names) <= cells
    assert document.paragraphs[0].text == content.plan.title


def test_the_summary_and_the_reasons() -> None:
    text = written(read_starter("nacka-2022"), ".md")
    assert text.startswith("# Kvalitetsindikatorer per affärsområde 2022\n")
    assert "**▲ Delvis uppnått** 33 av 34 indikatorer bedömda, 34 inlagda" in text
    assert "| Äldreomsorg | ▲ Delvis uppnått | 1 | 2 | 2 | 0 | 5/5 | 5/5 |" in text
    assert "14 procentenheter under målet; 86 % av målet, delvis från 80 %" in text


def test_the_work_around_the_figures() -> None:
    text = written(read_starter("huddinge-2024"), ".md")
    risks = text[text.index("## Risker") : text.index("## Egenkontroller")]
    assert [int(level) for level in re.findall(r"\| (\d) \| (?:Hög|Medel|Låg)", risks)] == [9, 9, 6, 4, 3]
    assert text.count("## Åtgärder") == 1
    assert "22 utfall saknas" in text


def test_assessments_stand_with_their_motivation_and_the_computed_status() -> None:
    text = written(read_starter("linkoping-2019-t1"), ".md")
    assert "**Bedömning** " in text
    assert "Beräknat läge: " in text
    assert "Förväntas uppnås" in text
    assert "| Summa | 494 575 | -743 |" in text


def test_text_from_the_plan_stays_text() -> None:
    content = read_document(PLAN, "p.toml").content
    page = Text()
    html = written(content, ".html")
    page.feed(html)
    assert "script" not in page.tags
    assert page.text.count(NASTY) >= 5
    assert "default-src 'none'" in html
    text = written(content, ".md")
    assert "<script" not in text
    assert "\n\\# ingen rubrik  \n\\- ingen lista  \n1\\. heller ingen  \n\\===  \n\\---" in text
    rows = [line for line in text.split("\n") if line.startswith("| ") and "alert" in line]
    widths = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert rows
    assert widths <= {5, 6, 9}


def test_what_there_is_to_say_of_figures_is_said() -> None:
    text = written(read_document(PLAN, "p.toml").content, ".md")
    assert "### E (tkr)" in text
    assert "| Rad | 100 | 90 | 50 |" in text
    assert "- Rad: avvikelse är 50, men blir 10 när den räknas fram" in text
    assert "- Rad: Radens not" in text
    assert "Svarstid (ny)" in text
    assert re.search(r"\| Godkänt \| 9\. .*10", text)
    assert "| Volym | 7 |" in text
    assert "Beräknat läge: delvis uppnått." in text


def test_an_overdue_measure_says_so() -> None:
    assert "Planerad, försenad" in written(read_document(PLAN, "p.toml").content, ".md")


def test_a_report_in_english() -> None:
    install("en")
    html = written(read_starter("nacka-2022"), ".html")
    assert '<html lang="en">' in html
    assert "33 of 34 indicators assessed" in html


def test_headings_lead_from_the_title_down_and_tables_are_even() -> None:
    for starter in starter_plans():
        blocks = report_of(read_starter(starter.key)).blocks
        levels = [block.level for block in blocks if isinstance(block, ReportHeading)]
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        for block in blocks:
            if isinstance(block, ReportGrid):
                assert {len(row) for row in block.rows} <= {len(block.headings)}
                assert all(isinstance(text_of(cell), str) for row in block.rows for cell in row)
