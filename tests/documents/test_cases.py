"""The cases that really occur in the five documents, judged by the program: one test for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.i18n import say
from kvaltui.model.absence import MissingReason
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.figure import parse_figure
from kvaltui.model.fulfilment import Counts, NodeResult, PlanResult, judge_plan
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.policy import parse_policy
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.quantity import Operator
from kvaltui.model.reporting import Outcome
from kvaltui.model.risk import Band
from kvaltui.model.scale import Scale
from kvaltui.model.self_check_judging import judge_result, self_check_results
from kvaltui.model.status import Doubt, Status
from kvaltui.model.structure import Goal, Indicator, Plan
from kvaltui.model.summary import summarise
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import Rule
from kvaltui.model.tree import ROOT
from kvaltui.model.verdict import judge
from kvaltui.words import status_word

ACHIEVED, PARTIALLY, NOT = Status.ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED
APRIL = Period.parse("2019-T1")
IN_MAY = date(2019, 5, 15)
NEXT_YEAR = date(2023, 2, 1)


starter = cache(read_starter)


@cache
def nacka() -> PlanResult:
    return judge_plan(starter("nacka-2022"), Period(2022), NEXT_YEAR)


@cache
def linkoping() -> PlanResult:
    return judge_plan(starter("linkoping-2019-t1"), APRIL, IN_MAY)


def entered(key: str, value: str, part: str = "", forecast: str = "") -> IndicatorResult:
    """An indicator of Linköping as it would be judged with another outcome for April."""
    content = starter("linkoping-2019-t1")
    outcome = content.outcome(key, APRIL, part) or Outcome(indicator=key, period=APRIL, part=part)
    changed = content.with_entities([replace(outcome, value=value, forecast=forecast)])
    return judge_plan(changed, APRIL, IN_MAY).indicators[key]


def counted(counts: Counts) -> tuple[int, int, int, int]:
    return counts.achieved, counts.partially_achieved, counts.not_achieved, counts.not_assessed


def node(result: PlanResult, kind: Kind, key: str) -> NodeResult:
    return result.nodes[Reference(kind, key)]


class TestNacka:
    def test_19_achieved_8_partially_6_not_and_1_not_assessed(self) -> None:
        total = nacka().nodes[ROOT].counts
        assert counted(total) == (19, 8, 6, 1)
        assert (total.of, total.reported, total.not_applicable) == (34, 34, 0)

    @pytest.mark.parametrize(
        ("area", "counts"),
        [
            ("aldreomsorg", (1, 2, 2, 0)),
            ("omsorg-och-assistans", (3, 1, 0, 1)),
            ("familj-och-arbete", (6, 5, 2, 0)),
            ("kultur-och-fritid", (9, 0, 2, 0)),
        ],
    )
    def test_each_area(self, area: str, counts: tuple[int, int, int, int]) -> None:
        assert counted(node(nacka(), Kind.AREA, area).counts) == counts

    def test_without_a_yellow_band_every_shortfall_is_a_failure(self) -> None:
        content = starter("nacka-2022")
        strict = content.with_entities([replace(content.plan, partial_from="")])
        assert counted(judge_plan(strict, Period(2022), NEXT_YEAR).nodes[ROOT].counts) == (19, 0, 14, 1)

    def test_fewer_falls_is_confirmed_with_a_yes(self) -> None:
        falls = nacka().indicators["sabo-fallincidenter"]
        assert (falls.outcome, falls.status, falls.verdict.rule) == ("Ja", ACHIEVED, Rule.YES)

    def test_an_interval_that_spans_the_target_is_not_assessed(self) -> None:
        spanning = nacka().indicators["daglig-verksamhet-trygghet"]
        assert spanning.figure is not None
        assert (spanning.figure.low, spanning.figure.high) == (Decimal(72), Decimal(100))
        assert spanning.figure.operator is Operator.INTERVAL
        assert spanning.status is Status.NOT_ASSESSED
        assert "spänner över målet" in say(spanning.verdict.reason)

    @pytest.mark.parametrize(
        ("key", "status"),
        [("trafflokaler-besok", ACHIEVED), ("trafflokaler-unga", PARTIALLY), ("musikskolan-medverkande", ACHIEVED)],
    )
    def test_shall_increase_with_a_number_means_at_least_that_number(self, key: str, status: Status) -> None:
        result = nacka().indicators[key]
        assert (result.verdict.rule, result.status) == (Rule.AT_LEAST, status)

    def test_the_same_name_twice_gives_a_warning_and_both_stay(self) -> None:
        doubted = [key for key, result in nacka().indicators.items() if Doubt.DUPLICATE_NAME in result.doubts]
        assert doubted == ["fritidsgardar-besok-flickor", "fritidsgardar-besok-flickor-rad-2"]
        assert [nacka().indicators[key].status for key in doubted] == [NOT, ACHIEVED]
        names = {starter("nacka-2022").all(Indicator)[key].name for key in doubted}
        assert names == {"Fritidsgårdar - andel besök av flickor"}


class TestHuddinge:
    @pytest.mark.parametrize(("days", "status"), [("8", ACHIEVED), ("10 dagar", ACHIEVED), ("12", NOT)])
    def test_ten_days_in_the_prose_of_a_purpose_is_a_threshold(self, days: str, status: Status) -> None:
        check = starter("huddinge-2024").all(SelfCheck)["familjeradgivning-forsta-besok"]
        verdict = judge_result(check, Result(self_check=check.key, period=Period(2024), value=days))
        assert verdict is not None
        assert (verdict.rule, verdict.status) == (Rule.AT_MOST, status)

    def test_risks_stand_with_the_gravest_first_and_their_open_measures(self) -> None:
        content = starter("huddinge-2024")
        summary = summarise(content, judge_plan(content, Period(2024), NEXT_YEAR), NEXT_YEAR)
        assert [(each.risk.key, each.level, each.band, len(each.open_measures)) for each in summary.risks] == [
            ("vald-ingen-insats", 9, Band.HIGH, 3),
            ("barn-far-inte-stod-rattssakert", 9, Band.HIGH, 2),
            ("inget-samordnat-stod", 6, Band.MEDIUM, 1),
            ("nas-inte-av-forebyggande-stod", 4, Band.MEDIUM, 1),
            ("barnperspektiv-saknas", 3, Band.LOW, 1),
        ]

    def test_twelve_self_checks_are_due_for_2024_with_the_results_of_2023_beside_them(self) -> None:
        checks = self_check_results(starter("huddinge-2024"), Period(2024))
        assert len(checks) == 12
        assert all(each.due for each in checks)
        assert Counter(each.status for each in checks) == {
            ResultStatus.APPROVED: 3,
            ResultStatus.UNKNOWN: 4,
            None: 5,
        }

    def test_two_indicators_without_available_data(self) -> None:
        result = judge_plan(starter("huddinge-2024"), Period(2023), NEXT_YEAR)
        without = [key for key, each in result.indicators.items() if each.missing is MissingReason.NO_DATA]
        assert without == ["unga-grov-kriminalitet-fullfoljt", "vuxna-fullfoljt-tolvsteg"]
        assert counted(result.nodes[ROOT].counts) == (0, 0, 0, 22)


class TestLinkoping:
    def test_the_words_of_an_unfinished_period_are_those_of_the_legend(self) -> None:
        assert [status_word(status, expected=True) for status in (ACHIEVED, PARTIALLY, NOT)] == [
            "förväntas uppnås",
            "förväntas delvis uppnås",
            "förväntas inte uppnås",
        ]

    def test_17_committee_goals_are_assessed_beside_what_is_computed(self) -> None:
        goals = [goal for goal in starter("linkoping-2019-t1").active(Goal) if goal.goal_kind == "nämndmål"]
        nodes = [node(linkoping(), Kind.GOAL, goal.key) for goal in goals]
        assert Counter(each.status for each in nodes) == {ACHIEVED: 9, PARTIALLY: 8}
        assert all(each.manual and each.manual.status is each.status for each in nodes)
        assert not any(each.is_stale for each in nodes)

    def test_a_goal_is_judged_achieved_although_its_indicators_are_not(self) -> None:
        leadership = node(linkoping(), Kind.GOAL, "chef-och-ledarskap")
        assert (leadership.status, leadership.computed) == (ACHIEVED, NOT)

    def test_a_goal_that_does_not_concern_the_committee_stands_outside(self) -> None:
        assert node(linkoping(), Kind.GOAL, "naringsliv").status is Status.NOT_APPLICABLE

    def test_one_new_is_judged_against_the_year_before(self) -> None:
        districts = linkoping().indicators["omradesbaserad-socialtjanst"]
        assert (districts.target, districts.outcome) == ("1 ny", "2")
        assert (districts.verdict.rule, districts.status) == (Rule.ADD, NOT)
        assert entered("omradesbaserad-socialtjanst", "3").status is ACHIEVED

    def test_what_is_not_measurable_and_goes_out_is_outside_the_counts(self) -> None:
        water = linkoping().indicators["vattenforbrukning"]
        assert (water.missing, water.status) == (MissingReason.NOT_MEASURABLE, Status.NOT_APPLICABLE)
        total = linkoping().nodes[ROOT].counts
        assert (total.of, total.not_applicable) == (37, 1)

    def test_a_number_with_a_note(self) -> None:
        figure = parse_figure("1 (Malmslätt)", Scale("antal"))
        assert (figure.exact, figure.note) == (Decimal(1), "Malmslätt")

    def test_a_year_in_the_parenthesis_is_the_year_of_reference(self) -> None:
        result = judge_plan(starter("linkoping-2019-t1"), Period(2017), IN_MAY)
        figure = result.indicators["gymnasium-placerad-del-av-ak9"].figure
        assert figure is not None
        assert (figure.exact, figure.reference_year) == (Decimal("25.06"), 2016)

    def test_four_ways_of_having_no_figure_are_four_reasons(self) -> None:
        assert [
            linkoping().indicators["gymnasium-placerad-hela-ak9"].missing,
            linkoping().indicators["medarbetarengagemang"].missing,
            parse_figure("Inga tillgängliga data", Scale("%")).missing,
            linkoping().indicators["vattenforbrukning"].missing,
        ] == [
            MissingReason.VALUE_MISSING,
            MissingReason.NOT_MEASURED,
            MissingReason.NO_DATA,
            MissingReason.NOT_MEASURABLE,
        ]
        assert linkoping().indicators["chefer-utomnordisk-bakgrund"].missing is MissingReason.NOT_MEASURED

    @pytest.mark.parametrize("key", ["barnperspektiv", "behandling-och-rad", "arbete-efter-projekt"])
    def test_what_is_followed_up_later_is_deferred(self, key: str) -> None:
        result = linkoping().indicators[key]
        assert (result.missing, result.status) == (MissingReason.DEFERRED, Status.NOT_ASSESSED)

    def test_each_part_is_judged_and_the_whole_is_partial(self) -> None:
        days = linkoping().indicators["utredningstid"]
        assert [(part.part, part.outcome, part.verdict.status) for part in days.parts] == [
            ("BOU", "119", ACHIEVED),
            ("VUX", "29", ACHIEVED),
            ("LSS", "167", NOT),
        ]
        assert days.status is PARTIALLY
        assert "LSS" in say(days.verdict.reason)

    def test_parts_may_be_typed_at_once(self) -> None:
        content = starter("linkoping-2019-t1")
        typed = [
            replace(each, retired=True)
            for each in content.active(Outcome)
            if each.indicator == "utredningstid" and each.period == APRIL
        ]
        whole = Outcome(indicator="utredningstid", period=APRIL, value="BOU 119; VUX 29; LSS 167")
        days = judge_plan(content.with_entities([*typed, whole]), APRIL, IN_MAY).indicators["utredningstid"]
        assert [verdict.status for _, verdict in days.verdict.parts] == [ACHIEVED, ACHIEVED, NOT]
        assert days.status is PARTIALLY

    @pytest.mark.parametrize(("part", "glued"), [("BOU", "1137"), ("VUX", "348"), ("LSS", "1749")])
    def test_a_footnote_mark_that_is_glued_on_gives_a_warning(self, part: str, glued: str) -> None:
        content = starter("linkoping-2019-t1")
        year = Period(2018)
        outcome = content.outcome("utredningstid", year, part)
        assert outcome is not None
        right = judge_plan(content, year, IN_MAY).indicators["utredningstid"]
        assert Doubt.JUMP not in right.doubts
        as_typed = content.with_entities([replace(outcome, value=glued)])
        assert Doubt.JUMP in judge_plan(as_typed, year, IN_MAY).indicators["utredningstid"].doubts

    def test_an_estimate_is_judged_and_marked(self) -> None:
        homes = linkoping().indicators["akutbostader"]
        assert (homes.outcome, homes.is_estimated, homes.status) == ("Bedömd 99%", True, PARTIALLY)
        occupancy = linkoping().indicators["belaggningsgrad-boende"]
        assert (occupancy.outcome, occupancy.is_estimated, occupancy.status) == ("Bedömd till 98%", True, ACHIEVED)

    def test_greater_than_is_kept_as_such(self) -> None:
        result = judge_plan(starter("linkoping-2019-t1"), Period(2018), IN_MAY)
        figure = result.indicators["belaggningsgrad-boende"].figure
        assert figure is not None
        assert (figure.operator, figure.low, figure.high) == (Operator.GREATER, Decimal(98), None)
        assert entered("belaggningsgrad-boende", ">98%").status is ACHIEVED

    def test_respectively_is_judged_pair_by_pair(self) -> None:
        now = linkoping().indicators["ej-ateraktualiserade"]
        assert [verdict.status for _, verdict in now.verdict.parts] == [ACHIEVED, ACHIEVED]
        as_2017 = entered("ej-ateraktualiserade", "79% resp 84%")
        assert [(part, verdict.status) for part, verdict in as_2017.verdict.parts] == [
            ("0-12 år", PARTIALLY),
            ("13-20 år", PARTIALLY),
        ]
        assert [verdict.status for _, verdict in entered("ej-ateraktualiserade", "90% resp 60%").verdict.parts] == [
            ACHIEVED,
            NOT,
        ]

    @pytest.mark.parametrize("key", ["brukarundersokningar", "digitala-tjanster", "kvalitativa-undersokningar"])
    def test_a_count_in_april_against_a_full_year_target_waits_for_a_forecast(self, key: str) -> None:
        result = linkoping().indicators[key]
        assert (result.outcome, result.target, result.status) == ("0", "2", Status.NOT_ASSESSED)
        assert entered(key, "0", forecast="2").status is ACHIEVED
        assert entered(key, "0", forecast="1").status is NOT
        assert entered(key, "2").status is ACHIEVED, "the target is met already"

    def test_two_sources_with_different_values_give_a_warning(self) -> None:
        sick = judge_plan(starter("linkoping-2019-t1"), Period(2018), IN_MAY).indicators["total-sjukfranvaro"]
        assert sick.outcome == "6,1"
        assert Doubt.CONFLICTING_SOURCES in sick.doubts
        assert Doubt.CONFLICTING_SOURCES not in linkoping().indicators["heltidsanstallningar"].doubts

    def test_a_total_that_was_entered_is_judged_alone(self) -> None:
        sick = linkoping().indicators["total-sjukfranvaro"]
        assert [(part.part, part.outcome) for part in sick.parts] == [("Män", "3,6"), ("Kvinnor", "7,0")]
        assert (sick.outcome, sick.target, sick.status) == ("6,6", "5,3", PARTIALLY)

    def test_within_14_days_is_at_most_14(self) -> None:
        days = linkoping().indicators["forhandsbedomningar"]
        assert (days.verdict.rule, days.status) == (Rule.AT_MOST, ACHIEVED)

    def test_a_time_limit_is_no_number_to_judge_a_count_by(self) -> None:
        late = linkoping().indicators["verkstallda-beslut-boende"]
        assert [part.outcome for part in late.parts] == ["34", "25"]
        assert {part.verdict.rule for part in late.parts} == {Rule.QUALITATIVE}
        assert late.status is Status.NOT_ASSESSED

    def test_words_are_judged_by_a_person_only(self) -> None:
        for key in ("bredd-boenden-och-insatser", "balans-insatser-ifo", "balans-belaggning-platser"):
            result = linkoping().indicators[key]
            assert (result.verdict.rule, result.status) == (Rule.QUALITATIVE, Status.NOT_ASSESSED)

    def test_core_volumes_and_staff_are_outside_the_counts(self) -> None:
        volumes = [each.key for each in starter("linkoping-2019-t1").active(Indicator) if each.is_core_volume]
        assert len(volumes) == 8
        assert linkoping().nodes[ROOT].counts.of == 37


class TestSocialnamndAndEkero:
    def test_a_deviation_of_cost_is_neither_good_nor_bad(self) -> None:
        deviation = starter("socialnamnd-2020").all(Indicator)["nettokostnadsavvikelse-ifo"]
        dearer = judge(
            parse_figure("4,2", deviation.scale),
            parse_target("0 %", deviation.scale),
            previous=None,
            policy=parse_policy("80 %", ""),
            scale=deviation.scale,
        )
        assert (dearer.rule, dearer.status) == (Rule.NONE, Status.NOT_ASSESSED)

    @pytest.mark.parametrize("key", ["bemotande-service-tillganglighet", "individuell-handlingsplan"])
    def test_no_target_is_invented(self, key: str) -> None:
        result = judge_plan(starter("ekero-2016"), Period(2018), NEXT_YEAR).indicators[key]
        assert (result.target, result.verdict.rule, result.status) == (None, Rule.NONE, Status.NOT_ASSESSED)

    @pytest.mark.parametrize("key", ["socialnamnd-2020", "ekero-2016"])
    def test_a_plan_without_figures_is_not_assessed(self, key: str) -> None:
        content = starter(key)
        period = content.all(Plan)[key].current_period
        assert period is not None
        total = judge_plan(content, period, NEXT_YEAR).nodes[ROOT]
        assert (total.status, counted(total.counts), total.counts.reported) == (
            Status.NOT_ASSESSED,
            (0, 0, 0, 14),
            0,
        )
