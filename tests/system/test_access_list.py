"""What a Windows access list lets everybody do, read from its text."""

from __future__ import annotations

import pytest

from kvaltui.system.access_list import Right, of_everybody

ALL = Right.READ | Right.WRITE | Right.APPEND | Right.REMOVE_CHILD | Right.CHANGE_RIGHTS | Right.TAKE
OWN = "(A;;FA;;;S-1-5-21-1-2-3-1001)(A;;FA;;;SY)(A;;FA;;;BA)"
WRITING = Right.WRITE | Right.APPEND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One's own folder of the profile, inherited or not.
        (f"O:S-1-5-21-1-2-3-1001D:P{OWN}", Right(0)),
        ("D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;S-1-5-21-1-2-3-1001)", Right(0)),
        ("D:", Right(0)),
        ("D:PAI", Right(0)),
        # A folder that is made directly on C:\.
        ("D:AI(A;ID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)", Right.READ),
        ("D:AI(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU)", Right.READ | WRITING),
        # What only what is made in the folder inherits is none of its own.
        ("D:(A;OICIIO;GA;;;WD)", Right(0)),
        ("D:(A;CIOI;GA;;;WD)", ALL),
        # Rights by their names, by their numbers, and generic ones.
        ("D:(A;;FR;;;WD)", Right.READ),
        ("D:(A;;FW;;;AN)", WRITING),
        ("D:(A;;FRFW;;;IU)", Right.READ | WRITING),
        ("D:(A;;CCDCLC;;;BU)", Right.READ | WRITING),
        ("D:(A;;0x80000000;;;BU)", Right.READ),
        ("D:(A;;0x40000000;;;BU)", WRITING),
        ("D:(A;;0X10000000;;;BU)", ALL),
        ("D:(A;;WD;;;BU)", Right.CHANGE_RIGHTS),
        ("D:(A;;0xc0000;;;BU)", Right.CHANGE_RIGHTS | Right.TAKE),
        ("D:(A;;DT;;;BU)", Right.REMOVE_CHILD),
        ("D:(A;;FX;;;WD)", Right(0)),
        # The groups by their identifiers, those of the domain too; other people and groups are not everybody.
        ("D:(A;;FR;;;S-1-1-0)", Right.READ),
        ("D:(A;;FR;;;S-1-5-21-10-20-30-513)", Right.READ),
        ("D:(A;;FR;;;S-1-5-21-10-20-30-514)", Right.READ),
        ("D:(A;;FA;;;S-1-5-21-10-20-30-1513)", Right(0)),
        ("D:(A;;FA;;;CO)", Right(0)),
        # What is denied is not counted off, and auditing is no right.
        ("D:(D;;FA;;;WD)(A;;FR;;;WD)", Right.READ),
        ("D:(D;;FA;;;WD)", Right(0)),
        ('D:(XA;;FR;;;WD;(@User.Title=="PM"))', Right.READ),
        # No list at all lets everybody do all: a disk without rights, such as a memory stick's.
        ("", ALL),
        ("O:BAG:DU", ALL),
        ("D:NO_ACCESS_CONTROL", ALL),
        ("O:BAD:NO_ACCESS_CONTROLS:(AU;SAFA;FA;;;WD)", ALL),
        ("O:BAG:BAD:P(A;;FA;;;BA)S:(AU;SAFA;FA;;;WD)", Right(0)),
    ],
)  # fmt: skip
def test_what_everybody_may_do(text: str, expected: Right) -> None:
    assert of_everybody(text) == expected
