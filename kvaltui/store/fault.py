"""What is wrong with a database, and what to do about it."""

from __future__ import annotations

from kvaltui.model.message import Message
from kvaltui.model.value import dataclass

RESTORE = Message("Restore the latest backup that “kvaltui check” finds whole")
ASK = Message("Ask who has access to the file; a backup or another copy shows what stood there")
CHOOSE = Message("Open it and choose another, or none")
MEND = Message("Open it and change it")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a database, and what to do about it.

    `is_damage` is False for what a person only has to settle in the plan, such as what two copies have become when they
    were joined: a backup with such a thing in it is as good as any.
    """

    what: Message
    advice: Message
    is_damage: bool = True
