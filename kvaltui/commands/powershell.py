"""Completion for PowerShell: a script with the commands, their options and choices, made of what is declared.

shtab, which writes those for the other shells, has none for it (docs/decisions/argparse-and-shtab.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.parser import ASKED_ABOVE_ALL, PROGRAM, Argument, Command
from kvaltui.i18n import say

_QUOTES = "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\u201a\u201b"
"""What ends a text in single quotes, as PowerShell reads it."""
_SCRIPT = """\
# Completion of {program} for Windows PowerShell 5.1 and PowerShell 7: made by "{program} completion powershell".
# It is pure ASCII; what is told beside a choice is written with \\u before the number of a character.
Register-ArgumentCompleter -Native -CommandName @({names}) -ScriptBlock {{
    param($wordToComplete, $commandAst, $cursorPosition)

    # A command: what it is for, its options (what follows each: nothing, a value, or one of some), its places.
    $commands = @{{
{commands}
    }}
    $groups = @{{
{groups}
    }}

    function Get-Told([string] $text) {{ [regex]::Unescape($text) }}
    function New-Choice([string] $word, [string] $kind, [string] $told) {{
        if (-not $told) {{ $told = $word }}
        $shown = if ($word.Contains(' ')) {{ "'$word'" }} else {{ $word }}
        [System.Management.Automation.CompletionResult]::new($shown, $word, $kind, $told)
    }}

    # The words before the one that is being written.
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object {{ $_.Extent.EndOffset -lt $cursorPosition }} | ForEach-Object {{ $_.ToString() }})
    $name = ''
    $group = ''
    $place = 0
    $following = $null
    foreach ($word in $before) {{
        if ($null -ne $following) {{ $following = $null; continue }}
        $options = $commands[$name].Options
        if ($word.StartsWith('-')) {{
            if ($options.ContainsKey($word) -and $null -ne $options[$word].Following) {{
                $following = $options[$word].Following
            }}
        }} elseif ($group) {{
            $name = "$group $word"
            $group = ''
            if (-not $commands.ContainsKey($name)) {{ return }}
        }} elseif ($name -eq '' -and $groups.ContainsKey($word)) {{
            $group = $word
        }} elseif ($name -eq '') {{
            $name = $word
            if (-not $commands.ContainsKey($name)) {{ return }}
        }} else {{
            $place += 1
        }}
    }}

    $command = $commands[$name]
    $found = @()
    if ($null -ne $following) {{
        $found = @($following | ForEach-Object {{ New-Choice $_ 'ParameterValue' '' }})
    }} elseif ($wordToComplete.StartsWith('-')) {{
        $found = @($command.Options.GetEnumerator() | Sort-Object Key |
            ForEach-Object {{ New-Choice $_.Key 'ParameterName' (Get-Told $_.Value.Told) }})
    }} elseif ($group) {{
        $found = @($commands.GetEnumerator() | Where-Object {{ $_.Key.StartsWith("$group ") }} | Sort-Object Key |
            ForEach-Object {{ New-Choice $_.Key.Substring($group.Length + 1) 'Command' (Get-Told $_.Value.Told) }})
    }} elseif ($name -eq '') {{
        $found = @($commands.GetEnumerator() | Where-Object {{ $_.Key -and -not $_.Key.Contains(' ') }} |
            ForEach-Object {{ New-Choice $_.Key 'Command' (Get-Told $_.Value.Told) }})
        $found += @($groups.GetEnumerator() | ForEach-Object {{ New-Choice $_.Key 'Command' (Get-Told $_.Value) }})
        $found = @($found | Sort-Object ListItemText)
    }} elseif ($place -lt $command.Places.Count) {{
        $found = @($command.Places[$place] | ForEach-Object {{ New-Choice $_ 'ParameterValue' '' }})
    }}
    # Where nothing is found, PowerShell itself offers the files.
    $found | Where-Object {{ $_.ListItemText.StartsWith($wordToComplete, [StringComparison]::OrdinalIgnoreCase) }}
}}
"""


def script() -> str:
    """The script, in the language that is spoken."""
    return _SCRIPT.format(
        program=PROGRAM,
        names=", ".join(map(_quoted, (PROGRAM, f"{PROGRAM}.exe"))),
        commands="\n".join(_command(each) for each in (OPEN, *COMMANDS.values())),
        groups="\n".join(f"        {_quoted(name)} = {_told(say(about))}" for name, about in GROUPS.items()),
    )


def _command(command: Command) -> str:
    """A command as a line of the script's table."""
    own = {each.name for each in command.arguments}
    every = (*command.arguments, *(each for each in (*EVERYWHERE, *ASKED_ABOVE_ALL) if each.name not in own))
    options = "; ".join(entry for each in every if each.is_option for entry in _option(each))
    offered = [_listed(_offered(each)) for each in command.arguments if not each.is_option]
    places = ", ".join(offered)
    told = _told(say(command.summary))
    # Of one place a comma before it keeps a list of one.
    return (
        f"        {_quoted(command.name)} = @{{ Told = {told}; Places = @({',' * (len(offered) == 1)}{places}); "
        f"Options = @{{ {options} }} }}"
    )


def _option(option: Argument) -> Iterator[str]:
    following = _listed(_offered(option)) if option.takes_value else "$null"
    for name in option.names:
        yield f"{_quoted(name)} = @{{ Told = {_told(say(option.help))}; Following = {following} }}"


def _offered(argument: Argument) -> Iterable[str]:
    """What may stand there, where that can be told beforehand."""
    return COMMANDS if argument.completes == "command" else argument.choices


def _listed(words: Iterable[str]) -> str:
    return f"@({', '.join(map(_quoted, words))})"


def _told(text: str) -> str:
    """A text for a person as the script holds it, in ASCII; the script puts the characters back."""
    escaped = text.replace("\\", "\\\\")
    return _quoted("".join(each if each.isascii() else f"\\u{ord(each):04x}" for each in escaped))


def _quoted(text: str) -> str:
    return "'" + "".join(2 * each if each in _QUOTES else each for each in text) + "'"
