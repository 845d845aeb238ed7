"""Where the program starts: `kvaltui` and `python -m kvaltui`."""

import sys

from kvaltui.cli import main

if __name__ == "__main__":
    sys.exit(main())
