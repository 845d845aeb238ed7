"""Why there is no figure, in the words that committee papers have for it.

docs/rules.md, Why there is no figure, has them all, reason by reason; a test reads that table.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from kvaltui.model.moment import has_figure
from kvaltui.model.number import DASHES
from kvaltui.model.pattern import pattern


class MissingReason(StrEnum):
    """Why there is no figure (`missing` in `status --json`)."""

    NOT_MEASURED = "not_measured"
    NOT_MEASURABLE = "not_measurable"
    VALUE_MISSING = "value_missing"
    NO_DATA = "no_data"
    NONRESPONSE = "nonresponse"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    DEFERRED = "deferred"


WORDS: Final = {
    MissingReason.NOT_MEASURED: "ej mätt",
    MissingReason.NOT_MEASURABLE: "ej mätbart",
    MissingReason.VALUE_MISSING: "uppgift saknas",
    MissingReason.NO_DATA: "inga tillgängliga data",
    MissingReason.NONRESPONSE: "bortfall",
    MissingReason.SUPPRESSED: "sekretess",
    MissingReason.NOT_APPLICABLE: "ej tillämplig",
    MissingReason.DEFERRED: "följs upp senare",
}
"""How each reason is written."""

_COMMON: Final = {words: reason for reason, words in WORDS.items()} | {
    "-": MissingReason.NOT_MEASURED,
    "..": MissingReason.SUPPRESSED,
    ".": MissingReason.NOT_APPLICABLE,
}
_OF_WORK: Final = "deferred_work"
_NO: Final = r"(?:ej|inte|icke)"
_NONE: Final = r"(?:ingen|inga|inget)"
_STUDY: Final = r"(?:mätning|undersökning|brukarundersökning|enkät|uppföljning|granskning|kontroll)(?:en|ar|er)?"
_DONE: Final = r"(?:gjor[dt]s?|genomför[dt]s?|utför[dt]s?|skett|ägt rum)"
_VALUE: Final = (
    r"(?:uppgift(?:er|en|erna)?|uppg\.?|värde(?:t|n)?|utfall(?:et)?|resultat(?:et)?|siffr(?:a|or)|svar|redovisning)"
)
_DATA: Final = r"(?:data|mätdata|statistik(?:en)?|underlag(?:et)?|dataunderlag(?:et)?)"
_AVAILABLE: Final = r"tillgänglig[ta]?"
_WHEN: Final = (
    r"(?:[thq][1-4]|tertial|kvartal|halvår|helår|20[0-9]{2}|hösten|våren|först|senare|efter|vid|när|under|i|inom|till|på|per|med"
    r"|en gång|varje|vart|vartannat|årligen|nästa)"
)
# After these a text may go on, as long as no figure stands in it: "uppgift saknas i kolada", "mäts ej 2023".
_BEGINNINGS: Final = (
    (
        MissingReason.DEFERRED,
        rf"(?:mäts|mätas|följs|redovisas|rapporteras|{_VALUE} \w+|{_DATA} \w+) (?:upp )?(?:först|{_NO} förrän) .+"
        rf"|(?:mäts|mätas) (?!{_NO}\b).+|följs upp(?! {_NO}\b)(?: .+)?|bedömning(?:en)? (?:sker|görs|kommer) .+"
        rf"|(?:{_VALUE} |{_DATA} )?(?:redovisas|rapporteras|presenteras|publiceras|offentliggörs|levereras) {_WHEN}\b.*"
        rf"|(?:ska|skall|kommer att) (?:mätas|följas upp|redovisas|rapporteras)(?: .+)?|bedöms {_WHEN}\b.*",
    ),
    (
        MissingReason.NOT_MEASURED,
        rf"(?:har )?(?:ännu )?{_NO} (?:upp)?mät(?:ts?|da|ta)|(?:mäts|mättes|mätt) {_NO}|följs {_NO} upp"
        rf"|(?:har )?{_NO} följts upp|{_NO} uppfölj[dt]|{_NO} undersök[tsd]|{_NONE} {_STUDY}(?: har)?(?: {_DONE})?"
        rf"|{_STUDY} (?:har )?(?:{_NO} (?:har )?{_DONE}|saknas|(?:är )?inställ[dt])"
        rf"|{_STUDY} (?:gjordes|genomfördes|görs|genomförs|sker|utfördes) {_NO}|mätvärden? saknas",
    ),
    (
        MissingReason.NOT_MEASURABLE,
        rf"{_NO} mätbar[ta]?|omätbar[ta]?|(?:kan |kunde |har )?{_NO} (?:kunnat |kunna )?mätas"
        rf"|går {_NO} att (?:mäta|följa upp)|(?:{_NO} möjligt?|omöjligt?) att (?:mäta|följa upp)",
    ),
    (
        MissingReason.SUPPRESSED,
        r"sekretess(?:belag[td]a?|skäl)?|skyddade? uppgift(?:er)?|maskera[dt]|röjanderisk"
        r"|för få (?:(?:enkät)?svar(?:ande)?|personer|observationer|individer|deltagare|brukare)"
        r"|för (?:litet|lågt) (?:underlag|antal)(?: svar)?|underlag(?:et)? (?:är )?för litet"
        rf"|(?:redovisas|visas) {_NO} (?:på grund av|pga|p\.g\.a\.) (?:sekretess|för få|litet).*",
    ),
    (
        MissingReason.NONRESPONSE,
        rf"(?:(?:för )?(?:stort|högt) |svars)?bortfall|(?:har )?{_NO} (?:be)?svarat?|{_NO} svar|(?:inga|inget) svar"
        rf"|svarade {_NO}|(?:för )?låg svarsfrekvens",
    ),
    (
        MissingReason.NO_DATA,
        rf"{_NONE} (?:{_AVAILABLE} )?{_DATA}(?: {_AVAILABLE})?|{_NO} {_AVAILABLE}"
        rf"|{_DATA} (?:saknas|finns {_NO}|(?:är )?{_NO} {_AVAILABLE})",
    ),
    (
        MissingReason.VALUE_MISSING,
        rf"(?:{_VALUE} )?saknas|{_VALUE} (?:finns {_NO}|(?:har )?{_NO} (?:inkommit|lämnats|rapporterats|redovisats))"
        rf"|{_NONE} (?:uppgift(?:er)?|siffr(?:a|or)|resultat)|{_NO} (?:in)?rapportera[td]|{_NO} redovisa[td]"
        rf"|(?:redovisas|rapporteras) {_NO}|(?:har )?{_NO} (?:inkommit|inlämnat|lämnats|rapporterats|redovisats)"
        rf"|{_NO} (?:angive[tn]|angett|uppgett|uppgive[tn]|ifyll[dt]|levererat?)|finns {_NO}|okän[dt]",
    ),
    (
        MissingReason.NOT_APPLICABLE,
        rf"{_NO} (?:tillämplig[ta]?|tillämpbar[ta]?|aktuell[ta]?|relevan[ta]{{1,2}})|(?:berörs?|gäller) {_NO}"
        rf"|(?:indikatorn |måttet )?(?:har )?(?:utgår|utgått)",
    ),
)
_SIGNS: Final = (
    (MissingReason.NOT_MEASURED, rf"[{DASHES}—]{{1,3}}"),
    (MissingReason.VALUE_MISSING, r"u[./]? ?s\.?"),
    (MissingReason.SUPPRESSED, r"\.\."),
    (MissingReason.NOT_APPLICABLE, r"\.|e[./] ?t\.?|n[./]? ?a\.?|#n/a"),
)
# What may be said of work that goes on as well: it is a reason only where an outcome is a number.
_WORK: Final = (
    rf"(?:{_STUDY} |{_VALUE} |{_DATA} )(?:pågår|väntas|inväntas|kommer|sker|görs|genomförs)(?! {_NO}\b)(?: .+)?"
    rf"|(?:{_STUDY} |{_VALUE} |{_DATA} )?(?:är )?{_NO} (?:klar[ta]?|färdigt?|fastställ[dt])(?: .+)?"
    r"|(?:kommer|väntas|inväntar) .+"
)
# One pattern for all, since most texts are none of them.
_ABSENCE: Final = pattern(
    "|".join(
        [rf"(?:(?P<{reason}>{words})(?:[\s,.:;–-]+.*)?)" for reason, words in _BEGINNINGS]
        + [rf"(?P<{reason}_sign>{signs})" for reason, signs in _SIGNS]
        + [rf"(?P<{_OF_WORK}>{_WORK})"]
    ),
    re.IGNORECASE,
)


def absence_of(text: str, *, is_number: bool = True) -> MissingReason | None:
    """The reason that a text on one line gives for there being no figure; None where it gives none.

    It may go on after the reason, and name years, dates and periods. With another number in it (`is_with_a_figure`) it
    is no reason: no figure is swallowed by a word. Where outcomes are words (`is_number` false), what may be said of
    work that goes on is no reason.
    """
    known = _COMMON.get(text.lower())
    if known is not None:
        return known
    reason = _reason(text, is_number=is_number)
    return None if reason is None or has_figure(text) or "%" in text else reason


def is_with_a_figure(text: str) -> bool:
    """Whether a text is a reason for there being no figure, and then has one: `mäts till 86 %`."""
    return _reason(text, is_number=True) is not None and any(map(str.isnumeric, text))


def _reason(text: str, *, is_number: bool) -> MissingReason | None:
    if text[:1].isdigit():
        return None
    found = _ABSENCE.fullmatch(text)
    if not found or (found.lastgroup == _OF_WORK and not is_number):
        return None
    return MissingReason((found.lastgroup or "").removesuffix("_sign").removesuffix("_work"))
