"""What a shell offers at Tab of the person's own database: the script that completes asks for it (`completion.py`).

A Tab writes no error into somebody's line, waits for nobody, and changes nothing: in every trouble there is nothing to
offer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from kvaltui import config_file, i18n
from kvaltui.commands.context import ASSESSED_KINDS, NAMED_KINDS, Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, OPEN
from kvaltui.commands.errors import DONE
from kvaltui.commands.output import fault, write_fields
from kvaltui.commands.parser import Arguments, Completes, read
from kvaltui.i18n import say
from kvaltui.model.clean import clean, excerpt
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Indicator, Plan
from kvaltui.store.patience import not_at_all, waiting_by
from kvaltui.store.plans import standing_plans
from kvaltui.store.reading import Readable, open_to_read
from kvaltui.store.rows import Reader
from kvaltui.written_path import path_of

WHOLE_LINE = "--line"
"""Before the line as it is typed, where a shell does not say what its words are without their quotes."""
_LONGEST_TOLD = 60
_LONGEST_WORD = 200
_YES_OR_NO = ("ja", "delvis", "nej")

Offer = tuple[str, str]
"""What may stand there, and what it is called."""


def answer(arguments: Sequence[str]) -> int:
    """Print what may be offered: a kind (`Completes`) is given, and what has been typed so far after the program."""
    # Whatever it is, the person at the line has asked for something else.
    with suppress(Exception, KeyboardInterrupt), waiting_by(not_at_all):
        kind, *words = arguments
        write_fields((word, excerpt(told, _LONGEST_TOLD)) for word, told in _offered(Completes(kind), words))
        fault()
    return DONE


def _offered(kind: Completes, words: Sequence[str]) -> list[Offer]:
    """Only what can be typed as it is: a text with a line end cannot."""
    line = read(_typed(words), COMMANDS, EVERYWHERE, OPEN)
    if kind is Completes.PLAN:
        # zsh takes a command's own --plan for the one that all have.
        own = COMMANDS.get(line.name, OPEN).arguments
        kind = next((each.completes for each in own if each.name == "--plan"), kind)
    if kind is Completes.STARTER:
        from kvaltui.exchange.starter import starter_plans

        return [(each.key, each.title) for each in starter_plans()]
    given = line.arguments
    settings = config_file.load(path_of(given.config) if given.config else None)
    i18n.install("en" if (given.lang or settings.language) == "en" else "sv")
    context = Context(given, settings)
    database = open_to_read(context.location, read_only=True)
    if database is None:  # on a server, or to be upgraded
        return []
    with database:
        found = [*_in_plan(kind, context, database)]
    return [(word, told) for word, told in found if word and word == clean(word) and len(word) <= _LONGEST_WORD]


def _typed(words: Sequence[str]) -> Sequence[str]:
    """The words without their quotes. Of a line its whole ones: the last may be a quote that is still open."""
    if not words or words[0] != WHOLE_LINE:
        return words
    from shlex import shlex

    lexer = shlex(words[1], posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    found: list[str] = []
    with suppress(ValueError):
        for word in lexer:
            found.append(word)  # noqa: PERF402 - those before an open quote are kept
    return found[1:]


def _in_plan(kind: Completes, context: Context, database: Readable) -> Iterable[Offer]:
    if kind is Completes.PLAN:
        return ((each.key, each.title) for each in standing_plans(database).values())
    given, plan = context.arguments, context.plan(database)
    match kind:
        case Completes.PERIOD:
            return ((str(each), say(each)) for each in reversed(plan.periods))
        case Completes.NEW_PERIOD:
            from kvaltui.model.reporting_round import next_period

            following = next_period(plan, context.today)
            return [(str(following), say(following))]
        case Completes.CONFLICT | Completes.FIELD:
            return _contested(kind, given, plan, database)
        case Completes.PART:
            return dict.fromkeys((part, "") for each in _named(given, plan, database) for part in each.breakdown)
        case Completes.FIGURE:
            answers = any(each.scale.is_yes_no for each in _named(given, plan, database))
            return [(each, "") for each in _YES_OR_NO if answers]
        case _:
            return _keys(_KINDS[kind], plan, database)


_KINDS = {
    Completes.KEY: NAMED_KINDS,
    Completes.ASSESSED: ASSESSED_KINDS,
    Completes.AREA: (Kind.AREA,),
    Completes.INDICATOR: (Kind.INDICATOR,),
}


def _keys(kinds: Sequence[Kind], plan: Plan, database: Readable) -> Iterator[Offer]:
    """The keys of what is not retired, each with its kind before it where several things have it."""
    with database.reading():
        found = {Reference(kind, key): each for kind in kinds for key, each in _read(kind, plan, database).items()}
    counts = Counter(reference.key for reference in found)
    for reference, each in found.items():
        if not each.retired:
            yield str(reference) if counts[reference.key] > 1 else reference.key, _called(each)


def _named(given: Arguments, plan: Plan, database: Readable) -> list[Indicator]:
    """The indicator that the line names, if it does."""
    with database.reading():
        found = _read(Kind.INDICATOR, plan, database, [vars(given).get("key") or ""])
    return [each for each in found.values() if isinstance(each, Indicator)]


def _contested(kind: Completes, given: Arguments, plan: Plan, database: Readable) -> Iterable[Offer]:
    """What waits for a decision, as `conflicts` names it; or the fields in which what the line names does."""
    from kvaltui.words import field_word

    with database.reading():
        found = {str(Reference(each, key)): fields for each in Kind for key, fields in _waiting(each, plan, database)}
    if kind is Completes.CONFLICT:
        return ((named, ", ".join(map(field_word, fields))) for named, fields in found.items())
    wanted = (vars(given).get("key") or "").rstrip("/")
    meant = [fields for named, fields in found.items() if f"/{named}".find(f"/{wanted}") >= 0]
    return dict.fromkeys((field, field_word(field)) for fields in meant for field in fields)


def _waiting(kind: Kind, plan: Plan, database: Readable) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The things of a kind that have been changed on two sides, and in which fields."""
    column = "key" if kind is Kind.PLAN else "plan"
    sql = f'SELECT "key" FROM "{kind}" WHERE "{column}" = {database.mark} AND "contested" <> \'[]\''
    keys = [key for (key,) in database.fetch_sql(sql, [plan.key])]
    for key, each in _read(kind, plan, database, keys).items():
        yield key, each.contested


def _read(kind: Kind, plan: Plan, database: Readable, keys: Sequence[str] | None = None) -> Mapping[str, AnyEntity]:
    return Reader.of(kind).read(database, plan.key, keys)


def _called(entity: AnyEntity) -> str:
    """Its name or title; an economy table, say, may have neither."""
    name: str = getattr(entity, "display_name", "") or getattr(entity, "name", "") or getattr(entity, "title", "")
    return name
