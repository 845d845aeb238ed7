"""Completion for PowerShell: a script with the commands, their options and choices, made of what is declared.

What the person's own database has, the script asks for at Tab (`offering.py`).

shtab, which writes those for the other shells, has none for it (docs/decisions/argparse-and-shtab.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.parser import ASKED_ABOVE_ALL, ASKED_AT_TAB, PROGRAM, Argument, Command, Completes
from kvaltui.i18n import say

_QUOTES = "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\u201a\u201b"
"""What ends a text in single quotes, as PowerShell reads it."""
_SCRIPT = """\
# Completion of {program} for Windows PowerShell 5.1 and PowerShell 7: made by "{program} completion powershell".
# It is pure ASCII; what is told beside a choice is written with \\u before the number of a character.
Register-ArgumentCompleter -Native -CommandName @({names}) -ScriptBlock {{
    param($wordToComplete, $commandAst, $cursorPosition)

    # A command: what it is for, its options (what follows each: nothing, a value, or one of some), its places.
    # What is a table of its own is to be asked for.
    $commands = @{{
{commands}
    }}
    $groups = @{{
{groups}
    }}

    function Get-Told([string] $text) {{ [regex]::Unescape($text) }}
    function New-Choice([string] $word, [string] $kind, [string] $told) {{
        if (-not $told) {{ $told = $word }}
        $shown = if ($word -match '^[\\w./-]+$') {{ $word }} else {{
            "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($word) + "'"
        }}
        [System.Management.Automation.CompletionResult]::new($shown, $word, $kind, $told)
    }}
    # What may stand at a place: one of some, or what the program itself knows, a key and a name on each line.
    function Get-Offered($offered, [string[]] $words) {{
        if ($offered -isnot [hashtable]) {{ return $offered | ForEach-Object {{ New-Choice $_ 'ParameterValue' '' }} }}
        $ErrorActionPreference = 'SilentlyContinue'
        $encoding = $null
        try {{
            $encoding = [Console]::OutputEncoding
            [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
            foreach ($line in @($null | & $program {asked} $offered.Asked @words 2>$null)) {{
                $parts = "$line" -split "`t", 2
                if ($parts[0]) {{ New-Choice $parts[0] 'ParameterValue' $parts[1] }}
            }}
        }} catch {{
            # Whatever it is, nothing is offered.
        }} finally {{
            if ($null -ne $encoding) {{ [Console]::OutputEncoding = $encoding }}
        }}
    }}

    # The words before the one that is being written.
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object {{ $_.Extent.EndOffset -lt $cursorPosition }} | ForEach-Object {{
            if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) {{ $_.Value }}
            else {{ $_.ToString() }}
        }})
    $program = $commandAst.GetCommandName()
    $wordToComplete = $wordToComplete.TrimStart([char[]] @(34, 39))  # the quotes
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
        $found = @(Get-Offered $following $before)
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
        $found = @(Get-Offered $command.Places[$place] $before)
    }}
    # Where nothing is found, PowerShell itself offers the files.
    $found | Where-Object {{ $_.ListItemText.StartsWith($wordToComplete, [StringComparison]::OrdinalIgnoreCase) }}
}}
"""


def script() -> str:
    """The script, in the language that is spoken."""
    return _SCRIPT.format(
        program=PROGRAM,
        asked=ASKED_AT_TAB,
        names=", ".join(map(_quoted, (PROGRAM, f"{PROGRAM}.exe"))),
        commands="\n".join(_command(each) for each in (OPEN, *COMMANDS.values())),
        groups="\n".join(f"        {_quoted(name)} = {_told(say(about))}" for name, about in GROUPS.items()),
    )


def _command(command: Command) -> str:
    """A command as a line of the script's table."""
    own = {each.name for each in command.arguments}
    every = (*command.arguments, *(each for each in (*EVERYWHERE, *ASKED_ABOVE_ALL) if each.name not in own))
    options = "; ".join(entry for each in every if each.is_option for entry in _option(each))
    offered = [_offered(each) for each in command.arguments if not each.is_option]
    places = ", ".join(offered)
    told = _told(say(command.summary))
    # Of one place a comma before it keeps a list of one.
    return (
        f"        {_quoted(command.name)} = @{{ Told = {told}; Places = @({',' * (len(offered) == 1)}{places}); "
        f"Options = @{{ {options} }} }}"
    )


def _option(option: Argument) -> Iterator[str]:
    following = _offered(option) if option.takes_value else "$null"
    for name in option.names:
        yield f"{_quoted(name)} = @{{ Told = {_told(say(option.help))}; Following = {following} }}"


def _offered(argument: Argument) -> str:
    """What may stand there: one of some words, or what is to be asked for."""
    if argument.completes.is_asked_for:
        return f"@{{ Asked = {_quoted(argument.completes)} }}"
    return _listed(COMMANDS if argument.completes is Completes.COMMAND else argument.choices)


def _listed(words: Iterable[str]) -> str:
    return f"@({', '.join(map(_quoted, words))})"


def _told(text: str) -> str:
    """A text for a person as the script holds it, in ASCII; the script puts the characters back."""
    escaped = text.replace("\\", "\\\\")
    return _quoted("".join(each if each.isascii() else f"\\u{ord(each):04x}" for each in escaped))


def _quoted(text: str) -> str:
    return "'" + "".join(2 * each if each in _QUOTES else each for each in text) + "'"
