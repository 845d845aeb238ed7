"""Every command and its arguments, as `--help` and shell completion show them (docs/commands.md)."""

from __future__ import annotations

from kvaltui.commands.parser import Argument, Command, Completes
from kvaltui.model.message import Message
from kvaltui.model.value import replace

FAIL_ON = ("not_achieved", "partially_achieved", "missing", "overdue", "doubtful")
LISTS = (
    "areas", "goals", "indicators", "risks", "measures", "self-checks", "assignments", "plans", "periods",
)  # fmt: skip
SCREENS = (
    "overview", "areas", "indicators", "risks", "self-checks", "measures", "economy", "history", "settings", "help",
)  # fmt: skip
SHELLS = ("bash", "zsh", "fish", "powershell")
STATUSES = ("achieved", "partially_achieved", "not_achieved", "not_assessed", "not_applicable")

EVERYWHERE = (
    Argument(
        "--config",
        Message("the config file; otherwise $KVALTUI_CONFIG, ./config.toml or your own"),
        Message("FILE"),
        completes=Completes.FILE,
    ),
    Argument(
        "--db",
        Message("the database: a file or the address of a server"),
        Message("PATH_OR_URL"),
        completes=Completes.FILE,
    ),
    Argument("--plan", Message("the plan, by its key"), Message("KEY"), completes=Completes.PLAN),
    Argument("--lang", Message("the language: Swedish or English"), choices=("sv", "en")),
    Argument("--trust", Message("read the settings here from now on, though others may write them")),
    Argument("--read-only", Message("change nothing in the database")),
    Argument("--debug", Message("show the whole of an error, for those who mend the program")),
)

_PERIOD = Argument(
    "--period",
    Message("the period, such as 2022 or 2022-T1; otherwise the plan's current one"),
    Message("PERIOD"),
    completes=Completes.PERIOD,
)
_JSON = Argument("--json", Message("print JSON, for other programs"))
_KEY = Argument("key", Message("a key, or a kind and a key: risk/loggar"), Message("KEY"), completes=Completes.KEY)
_FILE = Argument("file", Message("the file"), Message("FILE"), completes=Completes.FILE)


def _file_or_not(help_: Message) -> Argument:
    return Argument("file", help_, Message("FILE"), may_be_left_out=True, completes=Completes.FILE)


_FORCE = Argument(
    "--force", Message("replace the file where there is one; never the settings, the database or what is no file")
)
_ACCEPT_UNPROVED = Argument(
    "--accept-unproved", Message("take in changes too of which it cannot be proved who made them; the history tells so")
)
_OF_PERIOD = Argument("period", Message("the period"), Message("PERIOD"), completes=Completes.PERIOD)
_AREA = Argument("--area", Message("the area, by its key"), Message("KEY"), is_required=True, completes=Completes.AREA)

OPEN = Command(
    "",
    Message(
        "Quality plans in the terminal: figures, goals and their fulfilment. Without a command, the program opens."
    ),
    "opening:open_program",
    (
        Argument(
            "--begin-with",
            Message("where there is no terminal and no database: make one with this plan, and show the main job"),
            Message("STARTER_OR_FILE"),
            completes=Completes.STARTER,
        ),
    ),
)

_ALL = (
    Command(
        "init",
        Message("make config.toml and the database"),
        "setup:init",
        (
            Argument(
                "--plan",
                Message("what to start from: a starter plan, a plan file (.toml, .json) or a bundle (.kvb)"),
                Message("STARTER_OR_FILE"),
                completes=Completes.STARTER,
            ),
            Argument(
                "--folder",
                Message("where; otherwise the folder you stand in"),
                Message("FOLDER"),
                completes=Completes.FOLDER,
            ),
            _ACCEPT_UNPROVED,
            Argument("--shared", Message("for a group: all who belong to the group of the folder may read and write")),
        ),
        needs_settings=False,
    ),
    Command(
        "demo", Message("try the program on a copy of the starter plans that is thrown away afterwards"), "opening:demo"
    ),
    Command(
        "status",
        Message("goal fulfilment at a glance"),
        "status:run",
        (
            _PERIOD,
            Argument("--area", Message("only this area and what lies in it"), Message("KEY"), completes=Completes.AREA),
            Argument("--missing", Message("list everything that waits for a figure")),
            Argument("--plain", Message("plain text, without colours and bars")),
            _JSON,
            Argument("--fail-on", Message("leave with exit code 1 when something is so"), choices=FAIL_ON),
        ),
        Message("Exit codes: 0 done, 1 --fail-on holds, 2 wrong usage, 3 a database that cannot be used."),
        only_reads=True,
    ),
    Command(
        "list",
        Message("list everything of one kind"),
        "listing:run",
        (Argument("what", Message("what to list"), choices=LISTS), _PERIOD, _JSON),
        only_reads=True,
    ),
    Command(
        "show",
        Message("one thing with its history of figures, verdicts and reasons"),
        "showing:run",
        (_KEY, _PERIOD, _JSON),
    ),
    Command(
        "enter",
        Message("enter an outcome; prints the verdict and its reason"),
        "entering:enter",
        (
            Argument("key", Message("the indicator, by its key"), Message("KEY"), completes=Completes.INDICATOR),
            Argument(
                "value",
                Message("the outcome as it is written: 86 %, 72–100 %, 271/705, ej mätt"),
                Message("VALUE"),
                completes=Completes.FIGURE,
            ),
            _PERIOD,
            Argument(
                "--part",
                Message("the part of the breakdown that the outcome is of"),
                Message("NAME"),
                completes=Completes.PART,
            ),
            Argument("--note", Message("a note"), Message("TEXT")),
            Argument("--source", Message("where the outcome comes from"), Message("TEXT")),
            Argument(
                "--forecast", Message("the forecast for the whole period"), Message("VALUE"), completes=Completes.FIGURE
            ),
        ),
        Message('The value "" takes the outcome away; the history keeps it.'),
    ),
    Command(
        "assess",
        Message("a person's assessment of an indicator, goal or area"),
        "entering:assess",
        (
            replace(_KEY, completes=Completes.ASSESSED),
            Argument("status", Message("the status"), choices=STATUSES),
            Argument("--motivation", Message("why; an assessment needs it"), Message("TEXT"), is_required=True),
            _PERIOD,
        ),
    ),
    Command(
        "import",
        Message("take in a plan file (.toml, .json), a table (.csv, .xlsx) or a bundle (.kvb)"),
        "importing:import_file",
        (
            _FILE,
            Argument("--dry-run", Message("only show what would be added, changed and refused")),
            _ACCEPT_UNPROVED,
            _PERIOD,
            Argument(
                "--decimal",
                Message("what stands before decimals in a table's texts; otherwise its own numbers tell"),
                choices=("comma", "point"),
            ),
        ),
        Message("All or nothing; nothing is ever deleted."),
    ),
    Command(
        "export",
        Message("write the plan to a file: .toml, .csv, .xlsx, .json or .kvb"),
        "exporting:export_file",
        (_FILE, _PERIOD, _FORCE),
        Message("A file that is there already is left as it is, unless --force is given."),
    ),
    Command(
        "report",
        Message("the plan and its fulfilment as a document: .md, .html or .docx"),
        "exporting:report",
        (
            _file_or_not(Message("the file; otherwise the report is printed")),
            _PERIOD,
            _FORCE,
        ),
        Message("A file that is there already is left as it is, unless --force is given."),
    ),
    Command(
        "history",
        Message("who changed what, when, from what to what"),
        "history:show_history",
        (
            Argument(
                "key",
                Message("only what concerns this key"),
                Message("KEY"),
                may_be_left_out=True,
                completes=Completes.KEY,
            ),
            Argument("--limit", Message("how many changes, the newest first; otherwise 20"), Message("NUMBER")),
            _JSON,
        ),
    ),
    Command(
        "undo",
        Message("take back a change, by making a new one"),
        "history:undo",
        (
            Argument(
                "revision",
                Message("the number of the change in the history; otherwise your latest"),
                Message("REVISION"),
                may_be_left_out=True,
            ),
            Argument("--anyway", Message("even if later changes build on it")),
        ),
    ),
    Command("period list", Message("the plan's periods"), "periods:list_periods", (_JSON,)),
    Command(
        "period add",
        Message("add a period to the plan"),
        "periods:add",
        (
            replace(_OF_PERIOD, completes=Completes.NEW_PERIOD),
            Argument(
                "--copy-targets-from",
                Message("the period whose targets to copy"),
                Message("PERIOD"),
                completes=Completes.PERIOD,
            ),
        ),
    ),
    Command(
        "period complete",
        Message("mark an area complete for a period, which locks its figures"),
        "periods:complete",
        (_OF_PERIOD, _AREA),
    ),
    Command(
        "period reopen",
        Message("open an area again for a period that was marked complete"),
        "periods:reopen",
        (_OF_PERIOD, _AREA, Argument("--motivation", Message("why"), Message("TEXT"), is_required=True)),
    ),
    Command("conflicts", Message("values that were entered on two sides"), "conflicts:show_conflicts", (_JSON,)),
    Command(
        "resolve",
        Message("decide a conflict"),
        "conflicts:resolve",
        (
            Argument(
                "key",
                Message("what is in conflict, as “conflicts” names it"),
                Message("KEY"),
                completes=Completes.CONFLICT,
            ),
            Argument(
                "--field",
                Message("the field, where several are in conflict"),
                Message("FIELD"),
                completes=Completes.FIELD,
            ),
            Argument("--ours", Message("keep what was entered on this computer")),
            Argument("--theirs", Message("keep what was entered on the other")),
            Argument(
                "--take", Message("the number of the value to keep, as “conflicts” numbers them"), Message("NUMBER")
            ),
            Argument("--value", Message("another value than those"), Message("VALUE")),
        ),
        Message("What says one thing together, such as a value with its note and source, is decided at once."),
    ),
    Command(
        "sync",
        Message("exchange changes with other copies through a folder"),
        "bundles:sync",
        (
            Argument("folder", Message("the shared folder"), Message("FOLDER"), completes=Completes.FOLDER),
            Argument("--dry-run", Message("only show what would come and go, area by area")),
            _ACCEPT_UNPROVED,
        ),
    ),
    Command(
        "backup",
        Message("back up the database"),
        "upkeep:backup",
        (_file_or_not(Message("where; otherwise the folder of backups")),),
    ),
    Command(
        "restore",
        Message("put a backup in the database's place; what it replaces is kept"),
        "upkeep:restore",
        (
            _file_or_not(Message("the backup; without one, those there are")),
            Argument("--force", Message("also a backup of another database")),
        ),
    ),
    Command("check", Message("prove that the database is whole"), "upkeep:check"),
    Command("locate", Message("where config, database, backups and log lie"), "locating:locate", (_JSON,)),
    Command(
        "screenshot",
        Message("draw a screen of the program in a file: .svg as it looks, .txt as plain text"),
        "picturing:screenshot",
        (
            _FILE,
            Argument("--screen", Message("which screen; otherwise the overview"), Message("SCREEN"), choices=SCREENS),
            Argument("--size", Message("columns and lines, such as 120x40; otherwise 80x24"), Message("SIZE")),
            _PERIOD,
            _FORCE,
        ),
        Message("Nothing in the database is changed, and no terminal is needed."),
    ),
    Command(
        "guide",
        Message("the user's guide, in Swedish"),
        "guiding:guide",
        (
            Argument(
                "section",
                Message("only the sections with these words in their heading, or else in their text"),
                Message("WORDS"),
                may_be_left_out=True,
                takes_rest=True,
            ),
        ),
        Message("In a terminal it opens in your pager ($PAGER); in a pipe it is printed as Markdown."),
        needs_settings=False,
        only_reads=True,
    ),
    Command(
        "man",
        Message("the manual page of all commands"),
        "manual:run",
        details=Message("In a terminal it opens with “man”; in a pipe or a file it is printed as “man” reads it."),
        needs_settings=False,
        only_reads=True,
    ),
    Command(
        "help",
        Message("what a command does and how it is written; without one, all of them"),
        "",
        (
            Argument(
                "command", Message("the command"), Message("COMMAND"), may_be_left_out=True, completes=Completes.COMMAND
            ),
        ),
        needs_settings=False,
        only_reads=True,
    ),
    Command(
        "completion",
        Message("print the completion of commands for a shell"),
        "completion:run",
        (Argument("shell", Message("the shell"), choices=SHELLS),),
        Message(
            "For bash: kvaltui completion bash > ~/.local/share/bash-completion/completions/kvaltui\n"
            "For PowerShell: kvaltui completion powershell | Out-File -Append -Encoding utf8 $PROFILE"
        ),
        needs_settings=False,
    ),
)

COMMANDS = {command.name: command for command in _ALL}
GROUPS = {"period": Message("the plan's periods: list, add, mark areas complete, open them again")}
"""What the commands of two words are about."""
