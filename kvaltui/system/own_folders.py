"""Where a person's own settings, data and log lie, as each system has it (docs/decisions/own-folders.md)."""

from __future__ import annotations

import sys
from pathlib import Path

_NAME = "kvaltui"

if sys.platform == "win32" or sys.platform == "darwin":

    def settings_folder() -> Path:
        """The folder of a person's own settings. On Windows they go with the person from computer to computer."""
        from platformdirs import user_config_path

        return user_config_path(_NAME, appauthor=False, roaming=True)

    def data_folder() -> Path:
        """The folder of a person's own data, which stays on the computer: a database that is copied at each sign-in
        would lose what was written elsewhere, and the device's secret is of one device.
        """
        from platformdirs import user_data_path

        return user_data_path(_NAME, appauthor=False)

    def state_folder() -> Path:
        """The folder of what the program remembers by itself."""
        from platformdirs import user_state_path

        return user_state_path(_NAME, appauthor=False)

    def log_folder() -> Path:
        """The folder of the log, where it does not lie beside the database."""
        from platformdirs import user_log_path

        return user_log_path(_NAME, appauthor=False)

else:
    import os

    # As platformdirs says it, whose import would cost every change twice what it takes to write it.

    def settings_folder() -> Path:
        """The folder of a person's own settings."""
        return _base("XDG_CONFIG_HOME", ".config") / _NAME

    def data_folder() -> Path:
        """The folder of a person's own data."""
        return _base("XDG_DATA_HOME", ".local/share") / _NAME

    def state_folder() -> Path:
        """The folder of what the program remembers by itself."""
        return _base("XDG_STATE_HOME", ".local/state") / _NAME

    def log_folder() -> Path:
        """The folder of the log, where it does not lie beside the database."""
        return state_folder() / "log"

    def _base(variable: str, otherwise: str) -> Path:
        """The folder that a variable names. What is empty or no whole path is passed over, as XDG's rules have it."""
        given = os.environ.get(variable, "")
        return Path(given) if given.startswith("/") else Path.home() / otherwise
