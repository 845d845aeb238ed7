"""What helps in each field of a form: one sentence with an example of what can be written there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kvaltui.i18n import N_
from kvaltui.model.entity import Kind

_AMOUNT = N_("A number as it is printed, such as −3 420; blank where nothing is printed")
_OF_FIGURES = N_("Where the figures come from, such as the systems of the unit or Kolada")

_HELP: Mapping[str, str] = MappingProxyType(
    {
        "actual": _AMOUNT,
        "aggregate": N_("How the total follows from the parts, such as the sum of the parts"),
        "aliases": N_("Other names that it is printed under, with semicolons between them: Trygghet; Trygg hemma"),
        "area": N_("The area that it stands in, such as Äldreomsorg; –: the plan as a whole"),
        "area_kind": N_("What the plan calls it, such as affärsområde, verksamhet or enhet"),
        "as_of": N_("The day that the figure is from, such as 31 mars or 31/3 2026"),
        "assignment_kind": N_("Such as kommungemensamt or nämndspecifikt"),
        "breakdown": N_("Parts with figures of their own, with semicolons between them, such as Kvinnor; Män"),
        "budget": _AMOUNT,
        "comment": N_("How it goes, such as “Påbörjas efter sommaren”"),
        "committee": N_("The committee that decides on it, such as Socialnämnden"),
        "consequence": N_("How bad it would be, from 1 to 5, such as 4"),
        "cumulative": N_("Yes: each figure of the year includes the ones before it, as the number of visits so far"),
        "decimals": N_("How many its figures are shown with, such as 1; blank: as they are written"),
        "definition": N_("What is counted, such as “Andelen som svarar ganska eller mycket trygg”"),
        "denominator": N_("What is divided by, such as “Alla som har svarat”"),
        "description": N_("More about it, such as why and for whom"),
        "direction": N_("Which way is the better one: of satisfaction higher is better, of waiting times lower"),
        "display_name": N_("For lists, where the name is long, such as Trygghet i boendet"),
        "due": N_("The day when it is to be done, such as 31 mars or 31/3 2026"),
        "external_id": N_("Such as N00945, for one that is fetched from there"),
        "forecast": N_("What the whole year is expected to give, such as 90 %"),
        "frequency": N_("How often it is followed up, such as every tertial"),
        "goal": N_("The goal that it follows up, such as Alla är trygga; its area follows"),
        "goal_kind": N_("What the plan calls it, such as nämndmål"),
        "horizon": N_("When it is to be reached, if later: 2026, vid mandatperiodens slut"),
        "indicator": N_("The indicator that it is about, such as Trygghet i boendet"),
        "indicators": N_("Indicators that it is to make better, such as Trygghet i boendet; several can be chosen"),
        "intent": N_("What is wanted with it, such as “Den enskilde ska känna sig trygg”"),
        "is_sum": N_("Yes: it sums the rows above it, as a row called Summa does"),
        "key": N_("Such as trygghet-2; made from the name, and never changed once saved"),
        "level": N_("Likelihood × consequence, such as 12; written by itself only where those are not known"),
        "likelihood": N_("How likely it is, from 1 to 5, such as 3"),
        "motivation": N_("Why it is judged so, such as “Halva året återstår”; it stands beside the computed status"),
        "name": N_("What it is called in the plan, such as Trygghet i boendet"),
        "new": N_("Yes: it is new in this plan, and is marked so in the report"),
        "not_applicable": N_("Yes: it stands outside all counts, as a goal that somebody else answers for"),
        "note": N_("What readers should know, such as “Enkäten gick ut sent”"),
        "numerator": N_("What is counted and divided, such as “De som har svarat ja”"),
        "organisation": N_("Whose plan it is, such as Nacka kommun"),
        "parent": N_("What it lies under, such as Äldreomsorg; –: nothing"),
        "part": N_("A part of the breakdown, such as Kvinnor; blank: the whole"),
        "partial_from": N_("A share of the target, such as 80 %; blank: as the plan has it, -: none"),
        "partial_within": N_("A distance from the target, such as 5; blank: as the plan has it, -: none"),
        "period": N_("One of the plan's periods, such as 2022 or 2022-T1"),
        "previous": _AMOUNT,
        "purpose": N_("Why it is done, such as “Att besluten verkställs i tid”"),
        "quality_factors": N_("The quality factors that it is sorted under, such as Trygghet; several can be chosen"),
        "reason": N_("Why, for those who read its history, such as “Ny rutin sedan maj”"),
        "registry_number": N_("As it stands in the registry, such as SN 2026/123"),
        "responsible": N_("A role or a unit, such as enhetschef boende"),
        "risk_bands": N_("The levels from which a risk is medium and high, such as 4; 9"),
        "risks": N_("Risks that it is to make smaller, such as the first of the list; several can be chosen"),
        "roll_up": N_("How a goal is judged by what lies under it, such as the worst decides"),
        "row_kind": N_("Of an income more is better, of a cost less: Intäkt, Kostnad"),
        "section": N_("The heading that it stands under, such as Dokumentation"),
        "self_check": N_("The self-check that it is about, such as Loggkontroll"),
        "self_checks": N_("Self-checks that it came from, such as Loggkontroll; several can be chosen"),
        "series_breaks": N_("Periods that cannot be compared with earlier ones, such as 2023; 2024-T1"),
        "service": N_("The service that it concerns, such as hemtjänst"),
        "services": N_("What else it is linked to, with semicolons between them: SoL; LSS"),
        "slug": N_("Such as loner-2; made from the name, and never changed once saved"),
        "source": _OF_FIGURES,
        "status": N_("How it goes, such as the first of the list"),
        "target": N_("As it is printed: 100 %, minst 95 %, högst 5,3, öka; blank: none"),
        "threshold": N_("What its figure is judged against, such as minst 95 % or inom 10 dagar"),
        "title": N_("What it is called in the plan, such as Kvalitetsplan 2026"),
        "unit": N_("%, antal, dagar, kr, index, ja/nej, or text for what only a person can judge"),
        "value": N_("As it is reported: 86 %, 271/705, ej mätt"),
        "variance": N_("As it is printed, such as −120; blank: computed"),
    }
)
_HELP_OF: Mapping[tuple[Kind, str], str] = MappingProxyType(
    {
        (Kind.PLAN, "partial_from"): N_("A share of the target, such as 80 %; blank: nothing is partial by its share"),
        (Kind.PLAN, "partial_within"): N_("A distance from the target in the indicator's unit, such as 5; blank: none"),
        (Kind.QUALITY_FACTOR, "name"): N_("What it is called, such as Trygghet or Självbestämmande"),
        (Kind.AREA, "name"): N_("What it is called in the plan, such as Äldreomsorg"),
        (Kind.AREA, "parent"): N_("The area that it lies in, such as Äldreomsorg; –: none, it lies on top"),
        (Kind.AREA, "note"): N_("What readers should know of it, such as who answers for it"),
        (Kind.GOAL, "name"): N_("As the plan has it, such as Alla är trygga i sitt boende"),
        (Kind.GOAL, "parent"): N_("The goal that it is a part of, such as Trygghet; –: none, it stands by itself"),
        (Kind.INDICATOR, "name"): N_("As it is printed, such as Trygghet i särskilt boende"),
        (Kind.INDICATOR, "status"): N_("Whether it is followed: one that is avslutad is kept and counts nowhere"),
        (Kind.TARGET, "value"): N_("As it is printed: 100 %, minst 95 %, högst 5,3, öka"),
        (Kind.COMPARISON, "name"): N_("Whose value it is, such as Riket"),
        (Kind.COMPARISON, "value"): N_("As it is printed there, such as 84 %"),
        (Kind.RISK, "goal"): N_("The goal that it threatens, such as Alla är trygga"),
        (Kind.RISK, "title"): N_("What may happen, such as Vräkning av barnfamilj"),
        (Kind.SELF_CHECK, "name"): N_("What is looked through, such as Genomförandeplaner eller loggar"),
        (Kind.SELF_CHECK, "frequency"): N_("How often it is done, such as every tertial"),
        (Kind.SELF_CHECK, "unit"): N_("Of its figure, such as %, antal or dagar; blank: any text"),
        (Kind.SELF_CHECK, "risks"): N_("Risks that it watches, such as the first of the list; several can be chosen"),
        (Kind.RESULT, "status"): N_("What it gave, such as godkänd; a figure below is judged by itself"),
        (Kind.RESULT, "value"): N_("As it was measured, such as 8 dagar"),
        (Kind.RESULT, "note"): N_("What was seen, such as “Två planer saknade mål”"),
        (Kind.MEASURE, "title"): N_("What is to be done, such as Ny rutin för överlämning"),
        (Kind.MEASURE, "status"): N_("How far it has come, such as planerad or genomförd"),
        (Kind.ASSIGNMENT, "name"): N_("What is to be done, such as Ta fram en handlingsplan"),
        (Kind.ASSIGNMENT, "status"): N_("How far it has come, such as pågår or genomfört"),
        (Kind.ASSESSMENT, "status"): N_("What a person finds, such as delvis uppnått"),
        (Kind.ECONOMY_TABLE, "title"): N_("The heading of the table, such as Nettokostnad per verksamhet"),
        (Kind.ECONOMY_TABLE, "unit"): N_("Of all its amounts: tkr, mnkr"),
        (Kind.ECONOMY_TABLE, "note"): N_("What readers should know of its amounts, such as “Preliminärt bokslut”"),
        (Kind.ECONOMY_ROW, "name"): N_("As the row is printed, such as Personalkostnader"),
        (Kind.ECONOMY_ROW, "forecast"): _AMOUNT,
        (Kind.ECONOMY_ROW, "level"): N_("0, or such as 1: a “varav” row of the one above it, outside sums"),
        (Kind.ECONOMY_ROW, "note"): N_("Why it differs, such as “Fler placeringar än väntat”"),
    }
)


def help_of(kind: Kind, name: str) -> str:
    """What helps in a field of a kind of thing, for the catalogue: of its kind, or else what holds for every kind."""
    return _HELP_OF.get((kind, name), _HELP.get(name, ""))
