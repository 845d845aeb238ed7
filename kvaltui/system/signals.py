"""What the system asks of the program while it is open: to end, to stop, to look at its terminal's size."""

from __future__ import annotations

import sys

from kvaltui.system.any_signals import AnySignals, Heard

if sys.platform == "win32":
    from kvaltui.system.signals_windows import SystemSignals
else:
    from kvaltui.system.signals_posix import SystemSignals

__all__ = ["AnySignals", "Heard", "SystemSignals"]
