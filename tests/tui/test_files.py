"""Files in and out by keyboard alone: paths completed, imports shown before, exports, backups, copies that meet."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from textual import events

from kvaltui.config import Config
from kvaltui.exchange.bundle_file import join, read_bundle, write_bundle
from kvaltui.exchange.exporting import REPORT_SUFFIXES, SUFFIXES
from kvaltui.exchange.importing import apply, preview
from kvaltui.exchange.plan_reader import read_document, read_plan_file
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.exchange.sealed_file import seal, unseal
from kvaltui.exchange.starter import read_starter
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, Outcome
from kvaltui.model.structure import Area, Plan
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import list_plans, load_plan
from kvaltui.store.signing import Unproved
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.first_start import FirstStart
from kvaltui.tui.forms.questions import QuestionScreen
from kvaltui.tui.screens.areas import AreasScreen
from kvaltui.tui.screens.intake_dialog import IntakeDialog
from kvaltui.tui.screens.path_dialog import PathDialog
from kvaltui.tui.screens.reading_screen import ReadingScreen
from kvaltui.tui.widgets.path_line import PathLine
from kvaltui.work.exporting import FORMATS
from kvaltui.work.paths import Name, PathRefused, common_beginning, completed, names_for, read_path, short
from kvaltui.work.plan_maker import Beginning
from kvaltui.written_path import PathError
from tests.sampled import sampled
from tests.tui.work import NACKA, Work, at_work, program

YEAR = Period(2022)
MANAGER = Author("chef", "Enhetschefen")
FILES = (".toml", ".csv")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program is started in."""
    folder = tmp_path / "arbete"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def nacka(folder: Path, *, also: Iterable[AnyEntity] = (), mode: str = "areas") -> KvaltuiApp:
    return program(folder, NACKA, mode=mode, also=also)


def plan_file(path: Path, *changed: AnyEntity) -> Path:
    """The starter plan as a plan file, with some things changed."""
    path.write_text(write_plan(read_starter(NACKA).with_entities(changed)), encoding="utf-8")
    return path


def outcome(value: str, indicator: str = "sabo-trygghet") -> Outcome:
    return replace(read_starter(NACKA).all(Outcome)[f"{indicator}/2022/"], value=value)


async def let_go(work: Work, held: threading.Event) -> None:
    """Let work in a thread, which was held back, come to its end."""
    held.set()
    await work.app.workers.wait_for_complete()
    await work.pilot.pause()


def value(work: Work) -> str:
    return work.find(Outcome, "sabo-trygghet/2022/").value  # type: ignore[union-attr]


# Paths


def test_names_are_offered_folders_first_and_only_files_that_fit(place: Path) -> None:
    for name in ("b.toml", "B2.CSV", "bild.png", ".dold.toml", "ond\x1b[2J.toml"):
        (place / name).touch()
    (place / "bok").mkdir()
    (place / "blinkar").symlink_to("blinkar")  # in a circle
    assert names_for("b", FILES) == [Name("bok/", True), Name("b.toml", False), Name("B2.CSV", False)]
    assert names_for("", ()) == [Name("bok/", True)]
    for name in ("Zenit.csv", "ärende.csv", "åtgärd 10.csv", "Åtgärd 9.csv"):
        (place / name).touch()
    names = [each.text for each in names_for("", FILES)]
    assert names[3:] == ["Zenit.csv", "Åtgärd 9.csv", "åtgärd 10.csv", "ärende.csv"]
    assert names_for(".", FILES) == [Name(".dold.toml", False)]
    assert names_for(f"{place}/bok/", FILES) == []
    with pytest.raises(PathRefused):
        names_for("finns-inte/x", FILES)


def test_a_path_is_completed_as_far_as_the_names_agree(place: Path) -> None:
    names = [Name("plan-2022.toml", False), Name("plan-2023.toml", False)]
    assert common_beginning("~/mapp/p", names) == "~/mapp/plan-202"
    assert common_beginning("plan-202", names) == "plan-202"
    assert common_beginning("x", names[:1]) == "plan-2022.toml"
    assert common_beginning("x", []) == "x"
    assert completed("~", Name("mapp/", True)) == "~/mapp/"


def test_home_is_written_short_and_read_back(own_home: Path) -> None:
    assert short(own_home / "a" / "b.toml") == "~/a/b.toml"
    assert read_path(" ~/a/b.toml ") == own_home / "a" / "b.toml"
    assert short(Path("/annan/mapp")) == "/annan/mapp"
    with pytest.raises(PathRefused):
        read_path("  ")


# Import


@pytest.mark.thorough
async def test_a_plan_file_is_shown_before_it_is_taken_in(tmp_path: Path, place: Path) -> None:
    plan_file(place / "min plan.toml", outcome("77 %"), Area(key="ny", name="Ny enhet [/x]", order=9))
    (place / "annan").mkdir()
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i")
        await work.type("min")
        await work.press("tab")
        assert "min plan.toml" in work.shown
        await work.press("enter")
        assert isinstance(work.app.screen, IntakeDialog)
        assert value(work) == "86 %"
        assert "Ändras (1) Utfall 2022: Särskilt boende - andel kunder som känner sig trygga" in work.shown
        assert "Värde 86 % → 77 %" in work.shown
        assert "Läggs till (1) Område Ny enhet [/x]" in work.shown
        await work.press("enter")
        assert value(work) == "77 %"
        assert "Sparat" in work.shown
        assert "min plan.toml: 1 nya, 1 ändrade" in work.shown
        assert history(work.app.session.database, NACKA, limit=1)[0].origin.text == "file min plan.toml"
        await work.press("ctrl+z")
        assert value(work) == "86 %"
        assert work.find(Area, "ny").retired


@pytest.mark.thorough
async def test_a_table_is_shown_with_what_it_would_mean_and_what_looks_wrong(tmp_path: Path, place: Path) -> None:
    rows = "nyckel;utfall\nsabo-mat-smakar;95\nsabo-trygghet;3 500\n"
    (place / "t.csv").write_text(rows, encoding="utf-8")
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i")
        await work.type("t.csv")
        await work.press("enter")
        assert isinstance(work.app.screen, IntakeDialog)
        shown = work.shown
        assert "! 1 utfall ser fel ut" in shown
        assert "Se efter en gång till: en procentsats utanför 0–100" in shown
        assert "✓ Uppnått: 95 % mot minst 80 %" in shown
        assert shown.index("känner sig trygga") < shown.index("maten smakar"), "what looks wrong comes first"
        await work.press("enter")
        assert "t.csv: 0 nya, 2 ändrade ! 1 utfall ser fel ut" in work.shown


@pytest.mark.thorough
async def test_a_table_that_cannot_be_read_tells_how_many_rows_and_the_first_of_them(
    tmp_path: Path, place: Path
) -> None:
    rows = "nyckel;utfall\nsabo-mat-smakar;1e5\nsabo-trygghet;12.500\nsabo-maltid-trevlig;12 34\n"
    (place / "t.csv").write_text(rows, encoding="utf-8")
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i")
        await work.type("t.csv")
        await work.press("enter")
        assert "3 rader kan inte läsas in:" in work.shown
        assert "t.csv, rad 2, kolumn utfall: ”1e5”" in work.shown
        assert value(work) == "86 %"


@pytest.mark.thorough
async def test_nothing_of_kvaltuis_own_is_written_over(tmp_path: Path, place: Path) -> None:
    (place / "config.toml").write_text('[plan]\nkey = ""\n', encoding="utf-8")
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "e", "h", "enter", "ctrl+u")
        await work.type("config.toml")
        await work.press("enter", "enter")
        assert "arbetsmapps inställningar" in work.shown
    assert (place / "config.toml").read_text(encoding="utf-8") == '[plan]\nkey = ""\n'


@pytest.mark.thorough
async def test_esc_leaves_everything_as_it_was_and_keeps_the_path(tmp_path: Path, place: Path) -> None:
    plan_file(place / "plan.toml", outcome("77 %"))
    async with at_work(nacka(tmp_path)) as work:
        before = work.content.position
        await work.press("space", "a", "i")
        await work.type("plan.toml")
        await work.press("enter")
        await work.press("escape")
        assert work.app.screen.query_one(PathLine).text == "plan.toml"
        await work.press("escape")
        assert isinstance(work.app.screen, AreasScreen)
        assert work.content.position == before


async def test_a_path_that_is_too_long_is_told_and_nothing_of_it_is_put_in(tmp_path: Path, place: Path) -> None:
    plan_file(place / "plan.toml", outcome("77 %"))
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i")
        await work.type("plan")
        work.app.post_message(events.Paste("x" * 2001))
        await work.pilot.pause()
        assert "För långt: högst 2 000 tecken" in work.shown
        assert work.app.screen.query_one(PathLine).text == "plan"
        await work.type(".toml")
        await work.press("enter")
        assert "Värde 86 % → 77 %" in work.shown


@pytest.mark.thorough
async def test_folders_are_gone_into_with_the_arrows(tmp_path: Path, place: Path) -> None:
    (place / "inre" / "innerst").mkdir(parents=True)
    plan_file(place / "inre" / "innerst" / "plan.toml", outcome("77 %"))
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i", "down", "enter", "down", "enter", "down")
        await work.press("enter")
        assert isinstance(work.app.screen, IntakeDialog)
        assert "Värde 86 % → 77 %" in work.shown


@pytest.mark.thorough
async def test_what_is_refused_is_listed_and_nothing_can_be_stored(tmp_path: Path, place: Path) -> None:
    plan_file(place / "plan.toml", outcome("77 %"), outcome("10 %", "sabo-mat-smakar"), Area(key="ny", name="Ny"))
    locked = Completion(area="aldreomsorg", period=YEAR)
    async with at_work(nacka(tmp_path, also=[locked])) as work:
        before = work.content.position
        await work.press("space", "a", "i")
        await work.type("plan.toml")
        await work.press("enter")
        assert "Avvisas (2)" in work.shown
        assert "klarmarkerat för 2022" in work.shown
        assert "Inget kan sparas" in work.shown
        assert "Läs in" not in work.shown
        await work.press("enter")
        assert isinstance(work.app.screen, IntakeDialog)
        assert work.content.position == before


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "content", "told"),
    sampled(
        [
            ("plan.toml", "format = 1\n[plan\n", "plan.toml"),
            ("plan.toml", "format = 1\n[plan]\nkey='x'\ntitle='X'\nfel = 1\n", "fel"),
            ("figurer.csv", "key;utfall\nfinns-inte;1\n", "rad 2"),
            ("paket.kvb", "inget paket", "paket.kvb"),
            ("bild.png", "x", "ändelsen är ingen av"),
        ],
        keep=2,
    ),
)
async def test_a_file_that_cannot_be_used_is_told_and_the_path_stays(
    tmp_path: Path, place: Path, name: str, content: str, told: str
) -> None:
    (place / name).write_text(content, encoding="utf-8")
    async with at_work(nacka(tmp_path)) as work:
        before = work.content.position
        await work.press("space", "a", "i")
        await work.type(name)
        await work.press("enter")
        assert isinstance(work.app.screen, PathDialog)
        assert told in work.shown
        assert work.app.screen.query_one(PathLine).text == name
        assert work.content.position == before


@pytest.mark.thorough
@pytest.mark.parametrize(("typed", "told"), [("", "Skriv sökvägen till en fil"), ("finns-inte.toml", "finns inte")])
async def test_a_path_that_is_no_file_is_told(tmp_path: Path, place: Path, typed: str, told: str) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i")
        if typed:
            await work.type(typed)
        await work.press("enter")
        assert isinstance(work.app.screen, PathDialog)
        assert told in work.shown


@pytest.mark.thorough
async def test_a_table_is_taken_in_for_the_period_that_is_looked_at(tmp_path: Path, place: Path) -> None:
    (place / "siffror.csv").write_text("nyckel;utfall;egen kolumn\nsabo-trygghet;77 %;x\n", encoding="utf-8")
    async with at_work(nacka(tmp_path, mode="indicators")) as work:
        await work.press("space", "a", "i")
        await work.type("siffror.csv")
        await work.press("enter")
        assert "Värde 86 % → 77 %" in work.shown
        assert "Kolumner som inte läses: egen kolumn" in work.shown
        await work.press("enter")
        assert value(work) == "77 %"


@pytest.mark.thorough
async def test_a_file_with_nothing_new_says_so(tmp_path: Path, place: Path) -> None:
    plan_file(place / "plan.toml")
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i")
        await work.type("plan.toml")
        await work.press("enter")
        assert "Allt i filen finns redan här" in work.shown


@pytest.mark.thorough
async def test_a_new_plan_in_a_file_is_opened_when_it_is_taken_in(tmp_path: Path, place: Path) -> None:
    (place / "ny.toml").write_text(
        'format = 1\n[plan]\nkey = "ny"\ntitle = "En ny plan"\nperiods = ["2026"]\n', encoding="utf-8"
    )
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "i")
        await work.type("ny.toml")
        await work.press("enter")
        assert "En ny plan: En ny plan" in work.shown
        await work.press("enter")
        assert work.app.session.key == "ny"
        assert "En ny plan" in work.lines[1]


@pytest.mark.thorough
async def test_reading_is_stopped_at_once_and_storing_before_its_commit(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_file(place / "plan.toml", outcome("77 %"))
    is_reading, may_go_on = threading.Event(), threading.Event()

    def slow_read(*args: object) -> object:
        is_reading.set()
        may_go_on.wait(20)
        return read_plan_file(*args)  # type: ignore[arg-type]

    def slow_apply(*args: object, **values: object) -> object:
        done = apply(*args, **values)  # type: ignore[arg-type]
        is_reading.set()
        may_go_on.wait(20)
        return done

    monkeypatch.setattr("kvaltui.work.file_change.read_plan_file", slow_read)
    monkeypatch.setattr("kvaltui.work.intake.apply", slow_apply)
    monkeypatch.setattr("tests.tui.settling.waits_for_threads", False)
    async with at_work(nacka(tmp_path)) as work:
        before = work.content.position
        await work.press("space", "a", "i")
        await work.type("plan.toml")
        await work.press("enter")
        is_reading.wait(20)
        await work.pilot.pause()
        assert "Läser plan.toml … Esc avbryter" in work.shown
        await work.press("escape")
        assert "Avbrutet" in work.shown
        await let_go(work, may_go_on)
        assert isinstance(work.app.screen, PathDialog)
        await work.press("enter")
        await let_go(work, may_go_on)
        assert isinstance(work.app.screen, IntakeDialog)
        is_reading.clear()
        may_go_on.clear()
        await work.press("enter")
        is_reading.wait(20)
        await work.pilot.pause()
        assert "Sparar … Esc avbryter" in work.shown
        await work.press("escape")
        assert "Avbryter …" in work.shown
        await let_go(work, may_go_on)
        assert "Avbrutet: inget har ändrats" in work.shown
        assert isinstance(work.app.screen, IntakeDialog)
        assert work.content.position == load_plan(work.app.session.database, NACKA).position == before


# Export


@pytest.mark.thorough
@pytest.mark.parametrize(
    "ending", sampled([".xlsx", ".csv", ".docx", ".html", ".md", ".toml", ".kvb", ".json"], keep=2)
)
async def test_every_kind_of_file_is_written_under_a_proposed_name(tmp_path: Path, place: Path, ending: str) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "e")
        await work.type(ending)
        await work.press("enter", "enter")
        (written,) = place.iterdir()
        assert (written.stem, written.suffix) == ("nacka-2022", ending)
        assert written.stat().st_size > 1000
        assert f"Skrev {short(written)[:20]}" in work.shown
        assert isinstance(work.app.screen, AreasScreen)


@pytest.mark.thorough
async def test_the_ending_that_is_written_decides(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "e", "enter", "ctrl+u")
        await work.type("min plan.toml")
        await work.press("enter")
    assert write_plan(read_document((place / "min plan.toml").read_text(encoding="utf-8"), "x").content) == write_plan(
        read_starter(NACKA)
    )


@pytest.mark.thorough
async def test_a_file_that_is_there_is_replaced_only_when_asked_for_twice(tmp_path: Path, place: Path) -> None:
    there = place / "nacka-2022.toml"
    there.write_text("viktigt", encoding="utf-8")
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "e", "p", "l", "a", "n", "f", "enter")
        await work.press("enter")
        assert "nacka-2022.toml finns redan. Enter en gång till ersätter den" in work.shown
        assert there.read_text(encoding="utf-8") == "viktigt"
        await work.press("enter")
        assert there.read_text(encoding="utf-8") != "viktigt"


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "told"), [("plan.pdf", "ändelsen är ingen av"), ("finns/inte.toml", "finns inte")])
async def test_a_file_that_cannot_be_written_is_told_and_the_name_stays(
    tmp_path: Path, place: Path, name: str, told: str
) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "e", "p", "l", "a", "n", "f", "enter", "ctrl+u")
        await work.type(name)
        await work.press("enter")
        assert isinstance(work.app.screen, PathDialog)
        assert told in work.shown
        assert name in work.shown


# Backup and copies


@pytest.mark.thorough
async def test_a_backup_is_made_and_is_whole(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "s")
        assert "kan inte läsas" not in work.shown
        await work.press("enter")
        assert "Skrev" in work.shown
    (made,) = (tmp_path / "backups").iterdir()
    with open_database(made, read_only=True) as database:
        assert [plan.key for plan in list_plans(database)] == [NACKA]


@pytest.mark.thorough
async def test_a_backup_never_replaces_a_file(tmp_path: Path, place: Path) -> None:
    (place / "upptagen.db").write_text("viktigt", encoding="utf-8")
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "s", "ctrl+u")
        await work.type("upptagen.db")
        await work.press("enter")
        assert "finns redan" in work.shown
    assert (place / "upptagen.db").read_text(encoding="utf-8") == "viktigt"


def copy_with(folder: Path, plan: Path, *changed: AnyEntity) -> bytes:
    """Another copy of the plan, taken from a database, with something changed in it; as a bundle."""
    with open_database(plan) as database:
        bundle = write_bundle(database, NACKA)
    folder.mkdir()
    with open_database(folder / "kvaltui.db", create=True) as other:
        join(read_bundle(bundle, "x.kvb"), other, accepts_unproved=True)
        record(other, NACKA, changed, by=MANAGER, seen=load_plan(other, NACKA).position)
        return write_bundle(other, NACKA)


@pytest.mark.thorough
async def test_a_bundle_is_shown_before_and_its_conflicts_come_after(tmp_path: Path, place: Path) -> None:
    app = nacka(tmp_path)
    (place / "hemifrån.kvb").write_bytes(copy_with(tmp_path / "b", tmp_path / "kvaltui.db", outcome("77 %")))
    async with at_work(app) as work:
        work.app.session.record([outcome("88 %")])
        await work.press("space", "a", "i")
        await work.type("hem")
        await work.press("tab")
        await work.press("enter")
        assert "Nya ändringar: 1" in work.shown
        assert "I konflikt (1): du avgör efteråt" in work.shown
        assert work.app.session.conflicts() == ()
        await work.press("enter")
        assert "1 ny ändring, 1 konflikt att avgöra" in work.shown
        (conflict,) = work.app.session.conflicts()
        assert conflict.reference == Reference(Kind.OUTCOME, "sabo-trygghet/2022/")


def unsigned(data: bytes) -> bytes:
    """A bundle of which nobody has signed anything."""
    header, *lines = unseal(data, "b.kvb")
    return seal([json.dumps({**json.loads(header), "statements": []}), *lines])


@pytest.mark.thorough
async def test_what_cannot_be_proved_is_taken_in_only_when_it_is_said_once_more(tmp_path: Path, place: Path) -> None:
    app = nacka(tmp_path)
    bundle = unsigned(copy_with(tmp_path / "b", tmp_path / "kvaltui.db", outcome("77 %")))
    (place / "hemifrån.kvb").write_bytes(bundle)
    async with at_work(app) as work:
        await work.press("space", "a", "i")
        await work.type("hem")
        await work.press("tab", "enter")
        assert "kan inte styrkas: det är inte signerat" in work.shown
        assert "läs vem det sägs vara" in work.shown
        await work.press("enter")
        assert "Ta in det ändå" in work.shown
        await work.press("enter")
        assert isinstance(work.app.screen, IntakeDialog)
        assert value(work) == "86 %", "the first choice is not to"
        await work.press("enter", "down", "enter")
        assert "1 ny ändring" in work.shown
        assert value(work) == "77 %"
        (revision,) = work.app.session.history(limit=1)
        assert revision.unproved is Unproved.UNSIGNED


@pytest.mark.thorough
async def test_what_sync_passes_by_for_want_of_proof_says_what_to_do(tmp_path: Path, place: Path) -> None:
    app = nacka(tmp_path)
    shared = place / "gemensam"
    shared.mkdir()
    bundle = unsigned(copy_with(tmp_path / "b", tmp_path / "kvaltui.db", outcome("77 %")))
    (shared / "annan.kvb").write_bytes(bundle)
    async with at_work(app) as work:
        await work.press("space", "a", "u")
        await work.type("gem")
        await work.press("tab", "enter")
        assert "Hoppades över: annan.kvb" in work.shown
        assert "säger sig vara" in work.shown
        assert "Importera filen om du vill se vad den gör" in work.shown
        assert value(work) == "86 %"


async def test_copies_meet_in_a_folder_that_is_remembered(tmp_path: Path, place: Path) -> None:
    app = nacka(tmp_path)
    shared = place / "gemensam"
    shared.mkdir()
    (shared / "annan.kvb").write_bytes(copy_with(tmp_path / "b", tmp_path / "kvaltui.db", outcome("77 %")))
    (shared / "trasig.kvb").write_text("inget", encoding="utf-8")
    async with at_work(app) as work:
        await work.press("space", "a", "u")
        await work.type("gem")
        await work.press("tab")
        work.app.session.record([outcome("70 %", "sabo-mat-smakar")])
        await work.press("enter")
        assert isinstance(work.app.screen, IntakeDialog)
        read = work.shown
        for _page in range(4):
            await work.press("pagedown")
            read += work.shown
        for each in ("annan.kvb: 1 ny ändring", "Ändras här (1)", "1 uppgift", "86 % → 77 %", "Saknas hos", "→ 70 %"):
            assert each in read
        assert value(work) == "86 %"
        assert len(list(shared.iterdir())) == 2
        await work.press("enter")
        assert isinstance(work.app.screen, ReadingScreen)
        assert "annan.kvb: 1 ny ändring" in work.shown
        assert "Hoppades över: trasig.kvb" in work.shown
        assert value(work) == "77 %"
        assert len(list(shared.iterdir())) == 3
        await work.press("escape", "space", "a", "u")
        assert work.app.screen.query_one(PathLine).text == short(shared)


@pytest.mark.thorough
@pytest.mark.parametrize("key", sampled(["i", "e", "k", "u"], keep=1))
async def test_a_path_that_nothing_can_have_is_told(tmp_path: Path, place: Path, key: str) -> None:
    for typed, told in (("~ingensomfinns/x", "användare som inte finns"), ("postgresql://a@b/c", "är en adress")):
        async with at_work(nacka(tmp_path)) as work:
            await work.press("space", "a", key)
            if not isinstance(work.app.screen, PathDialog):
                await work.press("enter")
            await work.press("ctrl+u")
            await work.type(typed)
            await work.press("enter")
            assert told in work.shown
            assert isinstance(work.app.screen, PathDialog)


@pytest.mark.parametrize("text", ["~ingensomfinns/x", "a" * 256, "b/" * 2100, "foo://bar", "a\0b"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(PathError):
        read_path(text)


@pytest.mark.thorough
async def test_a_folder_that_is_none_is_told(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "u")
        await work.type("finns-inte")
        await work.press("enter")
        assert "Det finns ingen mapp" in work.shown
        assert isinstance(work.app.screen, PathDialog)


async def test_a_folder_that_the_system_cannot_look_at_is_told(tmp_path: Path, place: Path) -> None:
    (place / "gemensam").symlink_to("a" * 300)  # leads to a name that is too long for any
    async with at_work(nacka(tmp_path)) as work:
        before = work.content.position
        await work.press("space", "a", "u")
        await work.type("gemensam")
        await work.press("enter")
        assert "kan inte läsas: namnet är för långt" in work.shown
        assert work.app.screen.query_one(PathLine).text == "gemensam"
        assert work.content.position == before


async def test_an_exchange_that_is_stopped_before_it_has_begun_changes_nothing(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = nacka(tmp_path)
    shared = place / "gemensam"
    shared.mkdir()
    (shared / "annan.kvb").write_bytes(copy_with(tmp_path / "b", tmp_path / "kvaltui.db", outcome("77 %")))
    is_free = threading.Event()
    async with at_work(app) as work:
        await work.press("space", "a", "u")
        await work.type("gemensam")
        await work.press("enter")
        assert isinstance(work.app.screen, IntakeDialog)
        monkeypatch.setattr("tests.tui.settling.waits_for_threads", False)
        threads = ThreadPoolExecutor(1)  # all that there are have other work
        threads.submit(is_free.wait, 20)
        asyncio.get_running_loop().set_default_executor(threads)
        await work.press("enter", "escape")
        assert "Avbryter …" in work.shown
        await let_go(work, is_free)
        assert "Avbrutet: inget har ändrats" in work.shown
        assert isinstance(work.app.screen, IntakeDialog)
        assert value(work) == "86 %"
        assert [each.name for each in shared.iterdir()] == ["annan.kvb"]


# New plans


@pytest.mark.thorough
async def test_an_empty_plan_is_made_and_opened(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "o", "end", "enter", "enter")
        assert isinstance(work.app.screen, QuestionScreen)
        await work.press("enter")
        assert "Måste fyllas i" in work.shown
        await work.type("Min plan åäö [/x]")
        await work.press("tab", "tab", "ctrl+u")
        await work.type("2026-T1")
        await work.press("enter")
        session = work.app.session
        assert session.key == "min-plan-aao-x"
        assert session.content.plan == Plan(
            key="min-plan-aao-x", title="Min plan åäö [/x]", periods=(Period.parse("2026-T1"),)
        )
        assert work.app.current_mode == "areas"
        assert "Min plan åäö [/x]" in work.lines[1]
        # An empty screen says what to do next, and which key does it.
        await work.press("f5")
        assert "Planen har inga indikatorer än. Ctrl+N lägger till den första." in work.shown
        await work.press("f3")
        assert "Planen är tom: F4 går till Områden" in work.shown


@pytest.mark.thorough
async def test_two_plans_of_the_same_name_are_two(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path)) as work:
        for _time in range(2):
            await work.press("space", "a", "n", "enter")
            await work.type("Plan")
            await work.press("enter")
        assert {plan.key for plan in work.app.session.plans()} == {NACKA, "plan", "plan-2"}


@pytest.mark.thorough
async def test_a_starter_plan_is_copied_once(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path)) as work:
        await work.press("space", "a", "n", "down", "down", "enter")
        await work.pilot.pause()
        assert work.app.session.key == "ekero-2016"
        before = work.content.position
        await work.press("space", "a", "n", "down", "down", "enter")
        assert "finns redan i databasen" in work.shown
        assert work.content.position == before


@pytest.mark.thorough
async def test_every_job_is_in_the_palette(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path)) as work:
        for words in ("importera", "utbyt", "säkerhetskopiera"):
            await work.press("ctrl+p")
            await work.type(words)
            await work.press("enter")
            assert isinstance(work.app.screen, PathDialog), words
            await work.press("escape")


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["plan.toml", "paket.kvb"])
def test_the_first_plan_comes_from_a_file_of_ones_own(tmp_path: Path, place: Path, name: str) -> None:
    made_of = plan_file(place / "plan.toml")
    with open_database(tmp_path / "kvaltui.db", create=True) as database:
        apply(preview(read_plan_file(made_of), database), database, by=MANAGER)
        (place / "paket.kvb").write_bytes(write_bundle(database, NACKA))
    with open_database(tmp_path / "ny.db", create=True) as made:
        beginning = Beginning(lambda: made, MANAGER)
        with pytest.raises(KvaltuiError):
            beginning.from_file(" ")
        with pytest.raises(KvaltuiError):
            beginning.from_file("finns-inte.kvb")
        assert beginning.from_file(name) == NACKA
        assert load_plan(made, NACKA).outcome("sabo-trygghet", YEAR) == outcome("86 %")


async def test_a_database_that_somebody_else_has_begun_is_left_as_it_is(tmp_path: Path) -> None:
    with open_database(tmp_path / "kvaltui.db", create=True) as database:
        app = FirstStart(Beginning(lambda: database, MANAGER), "kvaltui.db", Config(folder=tmp_path))
        async with app.run_test(size=(240, 24)) as pilot:
            await pilot.pause()
            record(database, "annan", [Plan(key="annan", title="Annan", periods=(YEAR,))], by=MANAGER, seen=0)
            await pilot.press("enter", "enter")
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert "kvaltui.db har redan en plan (annan)" in "".join(strip.text for strip in strips)
            assert app.is_running
        assert [each.key for each in list_plans(database)] == ["annan"]


def test_everything_that_can_be_written_is_offered_once() -> None:
    offered = [suffix for suffix, _label in FORMATS]
    assert sorted(offered) == sorted([*SUFFIXES, *REPORT_SUFFIXES])


# Pictures


async def write_name(work: Work, name: str) -> None:
    """Write a name in the place of what stands in the dialog, and have it taken."""
    await work.press("ctrl+u")
    await work.type(name)
    await work.press("enter")


async def test_a_picture_of_what_shows_is_saved_by_the_palette(tmp_path: Path, place: Path) -> None:
    async with at_work(nacka(tmp_path, mode="risks")) as work:
        shown = work.lines
        await work.press("ctrl+p")
        await work.type("skärmbild")
        await work.press("enter")
        dialog = work.app.screen
        assert isinstance(dialog, PathDialog)
        assert "nacka-2022-risks.svg" in work.shown
        await write_name(work, "bild.png")
        assert ".svg, .txt" in work.shown
        await write_name(work, "bild.txt")
        assert work.app.screen is not dialog
        assert "Skrev" in work.shown
    written = (place / "bild.txt").read_text(encoding="utf-8").splitlines()
    assert written == [line.replace("\N{NO-BREAK SPACE}", " ") for line in shown]


async def test_a_picture_replaces_nothing_unasked(tmp_path: Path, place: Path) -> None:
    (place / "bild.svg").write_text("mitt", encoding="utf-8")
    async with at_work(nacka(tmp_path, mode="risks")) as work:
        work.app.save_picture()
        await work.pilot.pause()
        await write_name(work, "bild.svg")
        assert "finns redan" in work.shown
        assert (place / "bild.svg").read_text(encoding="utf-8") == "mitt"
        await work.press("enter")
        assert (place / "bild.svg").read_text(encoding="utf-8").startswith("<svg")
        work.app.save_picture()
        await work.pilot.pause()
        await write_name(work, "config.toml")
        assert work.app.screen_stack[-1].query(PathLine)
    assert not (place / "config.toml").exists()
