"""The account that the program runs as, and the computer that it runs on, as the system knows them."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its name, and the person's full name, "" where the system does not say it."""

    name: str
    full_name: str


if sys.platform == "win32":
    from kvaltui.system import security_windows

    def current_account() -> Account:
        """The account of this process (not `%USERNAME%`, which anybody may set)."""
        name = security_windows.account_name() or security_windows.own_sid()
        return Account(name, security_windows.display_name(name))

    def account_id() -> str:
        """What tells the account from others on the computer, whatever it is called."""
        return security_windows.own_sid()

    def computer_name() -> str:
        """The computer's name in its network, without the domain."""
        return os.environ.get("COMPUTERNAME", "")

    @cache
    def computer_id() -> str:
        """What tells this computer from others, "" where the system does not say."""
        return security_windows.computer_id()
else:
    _MACHINE_ID = Path("/etc/machine-id")

    def current_account() -> Account:
        """The account of this process (not `$USER`, which anybody may set)."""
        import pwd

        try:
            entry = pwd.getpwuid(os.getuid())
        except KeyError:
            return Account(str(os.getuid()), "")
        return Account(entry.pw_name, entry.pw_gecos.partition(",")[0].strip())

    def account_id() -> str:
        """What tells the account from others on the computer, whatever it is called."""
        return str(os.getuid())

    def computer_name() -> str:
        """The computer's name in its network, without the domain."""
        # As socket.gethostname says it, whose import would cost more than all else here.
        return os.uname().nodename.partition(".")[0]

    @cache
    def computer_id() -> str:
        """What tells this computer from others, "" where the system does not say."""
        try:
            return _MACHINE_ID.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
