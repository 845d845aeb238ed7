"""Starts the program: the command `kvaltui`, and `python -m kvaltui`."""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command line and return its exit code (the codes of `kvaltui --help`; 130 after Ctrl+C)."""
    try:
        from kvaltui.cli import main as run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
