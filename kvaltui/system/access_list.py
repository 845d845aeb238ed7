"""What a Windows access list, written as text, lets everybody do.

The text is Microsoft's security descriptor definition language (SDDL). Rights that are denied are not counted: what is
said here to be open may be closed, never the other way round.
"""

from __future__ import annotations

from enum import IntFlag
from functools import reduce

from kvaltui.model.pattern import pattern


class Right(IntFlag):
    """What may be done with a file or in a folder: the bits of an access mask that are asked about."""

    READ = 0x1
    WRITE = 0x2
    APPEND = 0x4
    REMOVE_CHILD = 0x40
    CHANGE_RIGHTS = 0x40000
    TAKE = 0x80000


_ALL = reduce(lambda one, other: one | other, Right)
_BY_NAME = {
    "GA": _ALL,
    "GR": Right.READ,
    "GW": Right.WRITE | Right.APPEND,
    "FA": _ALL,
    "FR": Right.READ,
    "FW": Right.WRITE | Right.APPEND,
    "CC": Right.READ,
    "DC": Right.WRITE,
    "LC": Right.APPEND,
    "DT": Right.REMOVE_CHILD,
    "WD": Right.CHANGE_RIGHTS,
    "WO": Right.TAKE,
}
_GENERIC = {0x10000000: _ALL, 0x40000000: Right.WRITE | Right.APPEND, 0x80000000: Right.READ}
_ENTRY = pattern(r"\((?:A|OA|XA|ZA);([A-Z]*);(0[xX][0-9a-fA-F]+|[A-Z]*);[^;)]*;[^;)]*;([^;)]+)")
_NO_LIST = "NO_ACCESS_CONTROL"
_EVERYBODY = frozenset({"WD", "AN", "AU", "BU", "BG", "IU", "NU", "DU", "DG", "S-1-1-0", "S-1-5-11", "S-1-5-32-545"})
"""Everyone, anonymous, authenticated and interactive users, users and guests of the computer and of the domain."""
_USERS_OF_DOMAIN = pattern(r"S-1-5-21-[0-9-]+-51[34]")


def of_everybody(text: str) -> Right:
    """What the access list of a security descriptor lets everybody do. One that has no list lets everybody do all."""
    _owner_and_group, has_list, entries = text.partition("D:")
    if not has_list or _NO_LIST in entries.partition("(")[0]:
        return _ALL
    found = Right(0)
    for flags, rights, whom in _ENTRY.findall(entries):
        # An entry that only what is made in the folder inherits (IO) is none of its own.
        is_own = "IO" not in [flags[at : at + 2] for at in range(0, len(flags), 2)]
        if is_own and (whom in _EVERYBODY or _USERS_OF_DOMAIN.fullmatch(whom)):
            found |= _read(rights)
    return found


def _read(rights: str) -> Right:
    if rights[:2].lower() == "0x":
        mask = int(rights, 16)
        generic = (all_of_it for bit, all_of_it in _GENERIC.items() if mask & bit)
        return reduce(lambda one, other: one | other, generic, Right(mask & _ALL))
    pairs = (rights[at : at + 2] for at in range(0, len(rights), 2))
    return reduce(lambda one, other: one | other, (_BY_NAME.get(pair, Right(0)) for pair in pairs), Right(0))
