"""Where the program starts: `kvaltui` and `python -m kvaltui`."""

import gc
import sys

# A command is over before there is garbage worth looking for, and looking costs a tenth of `status`. What works on a
# great deal is still swept, and the program that stays open sets this back.
gc.set_threshold(100_000)

from kvaltui import cli  # noqa: E402


def main() -> int:
    """Run the program with the arguments of the process, and return its exit code."""
    try:
        return cli.main()
    finally:
        # The process ends: nothing that is left needs to be looked through.
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
