"""Shell completion: the commands, their options and choices, as a script for the shell.

What the person's own database has, the script asks for at Tab (`offering.py`): the program as it is written on the
line, which need not be on the path.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import shtab

from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.errors import DONE
from kvaltui.commands.output import write
from kvaltui.commands.parser import ASKED_ABOVE_ALL, PROGRAM, Argument, Completes
from kvaltui.i18n import say

# bash hands over the words with their quotes, and takes what is offered with them; a quote that is open it closes
# itself.
_ASKING = {
    "bash": r"""
_kvaltui_offer() {
  local program=${COMP_WORDS[0]/#\~\//$HOME/} begun=$2 quote= word told
  case $begun in
    \"*|\'*) quote=${begun:0:1}; begun=${begun:1} ;;
    *) begun=${begun//\\/} ;;
  esac
  while IFS=$'\t' read -r word told; do
    [[ $word == "$begun"* ]] || continue
    if [[ -z $quote ]]; then
      printf '%q\n' "$word"
    elif [[ $word != *[\"\'\`\$\\]* ]]; then
      printf '%s\n' "$word"
    fi
  done < <("$program" _completions "$1" --line "${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null)
}
_kvaltui_offer_starter_or_file() {
  _kvaltui_offer starter "$1"
  compgen -f -- "$1"
}
""",
    "zsh": r"""
_kvaltui_offer() {
  local kind=$1 key told
  shift
  local -a line offered shown
  line=("${(@Q)${(@z)LBUFFER}}")
  local from=${line[(I)kvaltui|*/kvaltui]}
  line=("${(@)line[from,-1]}")
  while IFS=$'\t' read -r key told; do
    offered+=("$key")
    shown+=("$key${told:+  $told}")
  done < <("${line[1]/#\~\//$HOME/}" _completions $kind "${(@)line[2,-1]}" 2>/dev/null </dev/null)
  (( $#offered )) && compadd "$@" -l -d shown -a offered
}
_kvaltui_offer_starter_or_file() {
  local found=1
  _kvaltui_offer starter "$@" && found=0
  _files && found=0
  return found
}
""",
    "fish": r"""
function _kvaltui_offer
    set -l line (commandline -opc)
    set -l program (string replace -r '^~/' "$HOME/" -- $line[1])
    set -e line[1]
    type -q -- $program; or return
    command $program _completions $argv[1] $line 2>/dev/null </dev/null
end
function _kvaltui_offer_starter_or_file
    _kvaltui_offer starter
    __fish_complete_path (commandline -ct)
end
""",
}
"""What asks the program, in each shell."""


def run(context: Context) -> int:
    """Print the completion script for a shell."""
    shell: str = context.arguments.shell
    if shell == "powershell":
        from kvaltui.commands.powershell import script

        write(script().rstrip("\n"))
    else:
        write(shtab.complete(_whole_parser(), shell=shell, preamble=_asking(shell)))
    return DONE


def _whole_parser() -> ArgumentParser:
    """The parser of every command at once, with groups such as `period` as commands that have commands of their own."""
    parser = ArgumentParser(prog=PROGRAM, allow_abbrev=False, add_help=False)
    commands = parser.add_subparsers()
    _add_all(parser, (*EVERYWHERE, *OPEN.arguments, *ASKED_ABOVE_ALL))
    groups: dict[str, Any] = {"": commands}
    for command in COMMANDS.values():
        group, _space, name = command.name.rpartition(" ")
        if group not in groups:
            below = commands.add_parser(group, help=say(GROUPS[group]), add_help=False)
            _add_all(below, ASKED_ABOVE_ALL)
            groups[group] = below.add_subparsers()
        own = groups[group].add_parser(name, help=say(command.summary), allow_abbrev=False, add_help=False)
        names = {argument.name for argument in command.arguments}
        everywhere = (argument for argument in (*EVERYWHERE, *ASKED_ABOVE_ALL) if argument.name not in names)
        _add_all(own, (*command.arguments, *everywhere))
    return parser


def _add_all(parser: ArgumentParser, arguments: tuple[Argument, ...]) -> None:
    for argument in arguments:
        action = _add(parser, argument)
        completer = _completer(argument.completes)
        if completer is not None:
            vars(action)["complete"] = completer


def _completer(completes: Completes) -> Any:
    """What shtab has to know of it: for each shell a function, or in fish what calls it."""
    if completes is Completes.FILE:
        return shtab.FILE
    if completes is Completes.FOLDER:
        return shtab.DIR
    if not completes.is_asked_for:
        return None
    name = _function(completes)
    return {"bash": name, "zsh": name, "fish": f"({name})"}


def _function(completes: Completes) -> str:
    """The function of the scripts that offers something."""
    return f"_kvaltui_offer_{completes}{'_or_file' if completes is Completes.STARTER else ''}"


def _asking(shell: str) -> str:
    """What asks the program, with a function for each thing to ask for: bash can only be given the name of one."""
    kinds = [each for each in Completes if each.is_asked_for and each is not Completes.STARTER]
    if shell == "fish":
        lines = (f"function {_function(each)}; _kvaltui_offer {each}; end" for each in kinds)
    else:
        lines = (f'{_function(each)}() {{ _kvaltui_offer {each} "$@"; }}' for each in kinds)
    return _ASKING[shell] + "\n".join(lines)


def _add(parser: ArgumentParser, argument: Argument) -> Any:
    help_text = say(argument.help).replace("%", "%%")
    if not argument.takes_value and argument.is_option:
        return parser.add_argument(*argument.names, help=help_text, action="store_true")
    value = say(argument.value) if argument.value else None
    choices = argument.choices or (_first_words() if argument.completes is Completes.COMMAND else None)
    nargs = "*" if argument.takes_rest else "?" if argument.may_be_left_out else None
    return parser.add_argument(*argument.names, metavar=value, help=help_text, choices=choices, nargs=nargs)


def _first_words() -> tuple[str, ...]:
    """The words that a command may begin with."""
    return tuple(dict.fromkeys(name.split()[0] for name in COMMANDS))
