"""Ends a program by force when it has printed so many lines: python ending.py LINES COMMAND. Prints what it printed."""

from __future__ import annotations

import subprocess
import sys


def main(lines: str, *command: str) -> None:
    """Start it, read, end it as the task manager does, and read what is left."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as ended:
        assert ended.stdout is not None
        said = [ended.stdout.readline() for _line in range(int(lines))]
        ended.kill()
        said += ended.stdout.readlines()
        ended.wait(60)
    print(b"".join(each for each in said if each.endswith(b"\n")).decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
