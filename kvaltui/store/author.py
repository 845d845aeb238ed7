"""Who makes a change: the operating system's account, with a display name."""

from __future__ import annotations

from kvaltui.model.clean import clean
from kvaltui.model.limits import LONGEST_NAME_OF_AUTHOR
from kvaltui.model.value import dataclass
from kvaltui.system.accounts import current_account


@dataclass(frozen=True, slots=True)
class Author:
    """`account` is the operating system's name for the person, `name` what others see in the history."""

    account: str
    name: str

    @property
    def shown_name(self) -> str:
        """What a reader calls the person: the account where no name is known."""
        return self.name or self.account


def current_author(display_name: str = "") -> Author:
    """The author of this process: the account that it runs as.

    Without a display name from the settings, the account's full name is shown, or the account itself.
    """
    account = current_account()
    name = display_name.strip() or account.full_name or account.name
    return Author(clean(account.name)[:LONGEST_NAME_OF_AUTHOR], clean(name)[:LONGEST_NAME_OF_AUTHOR])
