"""A Windows library without code, whose functions are those of another: for what Wine does not have yet.

`cryptography` takes its random numbers from `ProcessPrng` of bcryptprimitives.dll, which every Windows has and Debian's
Wine has not. `SystemFunction036` of advapi32.dll takes the same arguments and does the same.
"""

from __future__ import annotations

import struct

_AT = 0x1000
"""Where its one section is laid in memory, and the measure for that."""
_FILE = 0x200
"""Where the section stands in the file, and the measure for that."""
_HEADERS = "<2s58xI4s2H3I2H"
_OPTIONAL = "<H2B5IQ2I6H4I2H4Q2I"
_X64 = 0x8664
_IS_LIBRARY = 0x2022
_IS_PE32_PLUS = 0x20B
_LIKES_ANY_PLACE = 0x140
_READ_DATA = 0x40000040


def library(name: str, function: str, of: str) -> bytes:
    """The bytes of a 64-bit library `name` with one function, which is `of`, such as `advapi32.SystemFunction036`."""
    exported = _exported(name, function, of)
    optional = struct.pack(
        _OPTIONAL,
        *(_IS_PE32_PLUS, 14, 0),
        *(0, len(exported), 0, 0, 0),  # no code, and nowhere to begin
        0x180000000,
        *(_AT, _FILE),
        *(6, 0, 0, 0, 6, 0),
        *(0, 2 * _AT, _FILE, 0),
        *(3, _LIKES_ANY_PLACE),
        *(0x100000, _AT, 0x100000, _AT),
        *(0, 16),
    )
    directories = struct.pack("<2I", _AT, len(exported)) + bytes(15 * 8)
    size_of_optional = len(optional) + len(directories)
    headers = struct.pack(_HEADERS, b"MZ", 64, b"PE\0\0", _X64, 1, 0, 0, 0, size_of_optional, _IS_LIBRARY)
    section = struct.pack("<8s6I2HI", b".rdata", len(exported), _AT, _FILE, _FILE, 0, 0, 0, 0, _READ_DATA)
    return (headers + optional + directories + section).ljust(_FILE, b"\0") + exported.ljust(_FILE, b"\0")


def _exported(name: str, function: str, of: str) -> bytes:
    """The table of what others may call: a function that lies within the table is the name of another's."""
    size = struct.calcsize("<2I2H7I")
    texts = [each.encode("ascii") + b"\0" for each in (name, function, of)]
    functions = size
    names, numbers = functions + 4, functions + 8
    first = numbers + 4  # the number of the function among them takes two bytes
    own_name, its_name, others_name = (first + sum(map(len, texts[:at])) for at in range(3))
    table = struct.pack("<2I2H7I", 0, 0, 0, 0, _AT + own_name, 1, 1, 1, _AT + functions, _AT + names, _AT + numbers)
    return table + struct.pack("<2IHH", _AT + others_name, _AT + its_name, 0, 0) + b"".join(texts)
