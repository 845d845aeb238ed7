"""Plan file -> PlanContent: everything that can be wrong in a file is found here and named with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias, cast

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.plan_facts import FutureFacts
from kvaltui.exchange.plan_place import Place
from kvaltui.exchange.plan_schema import FORMAT, PLAN, POLICY, TABLES, PlanTable, key_of
from kvaltui.exchange.reading import MOST_OF_A_PLAN, read_file
from kvaltui.exchange.slug import slug
from kvaltui.garbage import no_collection
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.references import references_of
from kvaltui.model.reporting import Outcome
from kvaltui.model.rules import check_entity
from kvaltui.setting import did_you_mean, shown
from kvaltui.toml_depth import MOST_LEVELS, parse_toml

JSON_SUFFIX = ".json"
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)$")
_TOML_HINTS = {
    "overwrite": Message("the same key stands twice in one table"),
    "declare": Message("the same table stands twice"),
    "Illegal character": Message("a control character; write it as \\u and four digits"),
}

_MOST_VALUES = 20_000_000
"""Of a JSON text: many times a plan of 100,000 indicators. Empty lists take thirty times the room of their text."""

_Raw: TypeAlias = Mapping[str, Any]


class PlanFileError(FileError):
    """A plan file that cannot be used. `field` is the key that is wrong, such as `indicator[3].target[1].value`."""


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """What a plan file holds: the content, and of each thing the fields that the file gives a value."""

    name: str
    content: PlanContent
    given: Mapping[Reference, frozenset[str]]


def read_document(text: str, name: str, *, is_json: bool = False) -> PlanDocument:
    """Read the text of a plan file called `name`, in TOML or in JSON.

    Raises PlanFileError with file, line (in JSON: only of what is no JSON), key and what was expected
    (docs/files.md, Plan files).
    """
    with no_collection():
        tables = _parsed(_json_tables if is_json else parse_toml, text, name)
        return _Reader("" if is_json else text, name).document(tables)


def read_plan_file(path: Path) -> PlanDocument:
    """Read a plan file from disk; one that is called .json holds the same tables and keys as JSON.

    Raises PlanFileError as `read_document` does, and FileError when it cannot be opened.
    """
    data = read_file(path, MOST_OF_A_PLAN)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = Message("{file}, line {line}: the text is not UTF-8", file=path.name, line=str(line))
        raise PlanFileError(message) from None
    return read_document(text, path.name, is_json=path.suffix.casefold() == JSON_SUFFIX)


def _parsed(parse: Callable[[str], _Raw], text: str, name: str) -> _Raw:
    try:
        return parse(text)
    except RecursionError:
        problem = Message("the tables or lists are nested too deeply: at most {count} levels", count=MOST_LEVELS)
        raise PlanFileError(Message("{file}: {problem}", file=name, problem=problem)) from None
    except json.JSONDecodeError as error:
        line, hint = str(error.lineno), Message('write "key": value, and texts within quotation marks')
        raise PlanFileError(
            Message("{file}, line {line}: this is not JSON: {hint}", file=name, line=line, hint=hint)
        ) from None
    except KvaltuiError as error:
        raise PlanFileError(Message("{file}: {problem}", file=name, problem=error.message)) from None
    except ValueError as error:  # more than TOMLDecodeError: a number of 5,000 digits, say
        raise PlanFileError(_not_toml(str(error), text, name)) from None


def _not_toml(problem: str, text: str, name: str) -> Message:
    place = _TOML_PLACE.search(problem)
    line = place[1] if place else str(text.count("\n") + 1)
    repeated = next((hint for phrase, hint in _TOML_HINTS.items() if phrase in problem), None)
    hint = repeated or Message("write key = value, and texts within quotation marks")
    return Message("{file}, line {line}: this is not TOML: {hint}", file=name, line=line, hint=hint)


def _json_tables(text: str) -> _Raw:
    if text.count(",") > _MOST_VALUES or text.count("{") + text.count("[") > _MOST_VALUES // 4:
        raise KvaltuiError(Message("it holds too many values: at most {count}", count=_MOST_VALUES))
    try:
        found = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError:
        raise
    except ValueError:
        raise KvaltuiError(Message("a number has too many digits")) from None
    if not isinstance(found, dict):
        raise KvaltuiError(Message("expected an object with the keys of a plan file"))
    return found


def _object(pairs: list[tuple[str, Any]]) -> _Raw:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise KvaltuiError(Message("the same key stands twice in one table"))
    return found


@dataclass(slots=True)
class _Reader:
    """Reads the tables of a file; `text` is where they stand, for lines, "" where there are none to tell."""

    text: str
    name: str
    entities: dict[Reference, AnyEntity] = field(default_factory=dict)
    places: dict[Reference, Place] = field(default_factory=dict)
    given: dict[Reference, frozenset[str]] = field(default_factory=dict)

    def document(self, tables: _Raw) -> PlanDocument:
        self._check_format(tables)
        self._refuse_unknown(tables, ("format", PLAN.name, POLICY.name, *(table.name for table in TABLES)), Place())
        self._read_plan(tables)
        for table in TABLES:
            for order, (raw, place) in enumerate(self._tables(tables, table, Place())):
                entity = self._add(table, {**self._values(table, raw, place), "order": order}, place)
                for child in table.children:
                    self._read_children(child, raw, place, entity)
        self._check_references()
        content = PlanContent.of(self.entities.values())
        self._check_rules(content)
        return PlanDocument(self.name, content, self.given)

    def _check_format(self, tables: _Raw) -> None:
        found = tables.get("format")
        if found is None:
            raise self._error(Place(), "format", Message("the key is missing; a plan file begins with “format = 1”"))
        if type(found) is int and found > FORMAT:
            from kvaltui.installed import how_to_upgrade

            later = Message(
                "the file was made by a later version of kvaltui; this program reads format 1. {how}",
                how=how_to_upgrade(),
            )
            raise self._error(Place(), "format", later)
        if isinstance(found, bool) or found != FORMAT:
            problem = Message("format {found} is not known; this program reads format 1", found=shown(found))
            raise self._error(Place(), "format", problem)

    def _read_plan(self, tables: _Raw) -> None:
        raw = self._one_table(tables, PLAN)
        policy = self._one_table(tables, POLICY)
        values = self._values(POLICY, policy, Place().child(POLICY.name, -1))
        plan = self._values(PLAN, raw, Place().child(PLAN.name, -1))
        self._add(PLAN, {**values, **plan}, Place().child(PLAN.name, -1))

    def _one_table(self, tables: _Raw, table: PlanTable) -> _Raw:
        found = tables.get(table.name, {} if table is POLICY else None)
        if found is None:
            raise self._error(Place(), table.name, Message("the table is missing"))
        if not isinstance(found, dict):
            raise self._error(Place(), table.name, Message("expected a table [{table}]", table=table.name))
        return found

    def _tables(self, above: _Raw, table: PlanTable, place: Place) -> Iterator[tuple[_Raw, Place]]:
        found = above.get(table.name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            name = ".".join([*(part for part, _ in place.path), table.name])
            raise self._error(place, table.name, Message("expected tables [[{table}]]", table=name))
        for index, raw in enumerate(found):
            yield raw, place.child(table.name, index)

    def _read_children(self, table: PlanTable, above: _Raw, place: Place, parent: AnyEntity) -> None:
        slugs: set[str] = set()
        for order, (raw, child_place) in enumerate(self._tables(above, table, place)):
            values = self._values(table, raw, child_place)
            values[table.parent_field] = parent.key
            if table.type_ is EconomyRow:
                values = {"slug": slug(str(values.get("name", "")), slugs), **values, "order": order}
                slugs.add(cast(str, values["slug"]))
            self._add(table, values, child_place)

    def _values(self, table: PlanTable, raw: _Raw, place: Place) -> dict[str, object]:
        """The fields that the file gives; each key known and of the right type."""
        keys = table.key_names
        if not raw.keys() <= keys.keys():
            self._refuse_unknown(raw, (*keys, *(child.name for child in table.children)), place)
        values: dict[str, object] = {}
        for name, value in raw.items():
            key = keys.get(name)
            if key is None:
                continue
            try:
                values[key.field] = key.notation.read(value)
            except KvaltuiError as error:
                raise self._error(place, name, error.message) from None
        return values

    def _add(self, table: PlanTable, values: Mapping[str, object], place: Place) -> AnyEntity:
        for key in table.keys:
            if key.field not in values and key.field not in table.defaults:
                raise self._error(place, key.name, Message("the key is missing"))
        entity = table.type_(**{**values, **table.fixed})  # type: ignore[arg-type]
        if isinstance(entity, Outcome):
            entity = self._numbered(entity, place)
        reference = Reference(entity.kind, entity.key)
        if reference in self.entities:
            self._refuse_repeated(table, reference, place)
        self.entities[reference] = entity
        self.places[reference] = place
        self.given[reference] = frozenset(values)
        return entity

    def _numbered(self, outcome: Outcome, place: Place) -> Outcome:
        """Two outcomes for one period and part are two readings, as long as their sources differ."""
        while (earlier := self.entities.get(Reference(Kind.OUTCOME, outcome.key))) is not None:
            if cast(Outcome, earlier).source == outcome.source:
                problem = Message("a second outcome for the same period and part must have another source")
                raise self._error(place, "period", problem)
            outcome = replace(outcome, reading=outcome.reading + 1)
        return outcome

    def _refuse_repeated(self, table: PlanTable, reference: Reference, place: Place) -> None:
        first = self.places[reference]
        line = first.line(self.text)
        where = Message("line {line}", line=str(line)) if line else first.dotted()
        key = "key" if "key" in table.key_names else "period"
        raise self._error(
            place, key, Message("“{key}” is already there ({where})", key=str(reference.key), where=where)
        )

    def _refuse_unknown(self, raw: _Raw, known: tuple[str, ...], place: Place) -> None:
        for name in raw:
            if name not in known:
                raise self._error(place, name, Message("the key is not known{hint}", hint=did_you_mean(name, known)))

    def _check_references(self) -> None:
        for reference, entity in self.entities.items():
            for attribute, named in references_of(entity):
                if named not in self.entities:
                    known = [each.key for each in self.entities if each.kind is named.kind]
                    hint = did_you_mean(named.key, known)
                    problem = Message(
                        "there is no [[{table}]] with the key “{key}”{hint}", table=named.kind, key=named.key, hint=hint
                    )
                    raise self._error(self.places[reference], key_of(entity, attribute), problem)

    def _check_rules(self, content: PlanContent) -> None:
        facts = FutureFacts(content)
        for reference, entity in self.entities.items():
            try:
                check_entity(entity, facts)
            except RuleError as error:
                place, key = self.places[reference], key_of(entity, error.field)
                if entity.kind is Kind.PLAN and key in POLICY.key_names:
                    place = Place().child(POLICY.name, -1)
                raise self._error(place, key, error.message) from None

    def _error(self, place: Place, key: str, problem: Message) -> PlanFileError:
        where, line = place.dotted(shown(key)[1:-1]), place.line(self.text, key)
        if line is None:
            message = Message("{file}, {key}: {problem}", file=self.name, key=where, problem=problem)
        else:
            message = Message(
                "{file}, line {line}, {key}: {problem}", file=self.name, line=str(line), key=where, problem=problem
            )
        return PlanFileError(message, field=where)
