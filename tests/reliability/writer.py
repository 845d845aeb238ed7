"""A process that enters figures one after the other and says each when it is stored.

python -m tests.reliability.writer FILE FIRST COUNT [PAUSE]: enters COUNT outcomes, the first for indicator i<FIRST>,
the next for the one after it and so on around; prints "i3 17 0.004" when the 17th is committed as outcome of i3, with
the seconds that it took.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kvaltui.store.author import Author
from tests.reliability.sample import INDICATORS, enter, open_copy


def main(path: str, first: str, count: str, pause: str = "0") -> None:
    """Enter the figures."""
    author = Author(f"konto{first}", f"Samordnare {first}")
    with open_copy(Path(path)) as database:
        for number in range(1, int(count) + 1):
            indicator = f"i{(int(first) + number - 1) % INDICATORS}"
            began = time.perf_counter()
            enter(database, indicator, str(number), author)
            took = time.perf_counter() - began
            sys.stdout.write(f"{indicator} {number} {took:.6f}\n")
            sys.stdout.flush()
            if float(pause):
                time.sleep(float(pause))


if __name__ == "__main__":
    main(*sys.argv[1:])
