"""Quality plans in the terminal: figures entered, judged, and followed over the years."""

__version__ = "0.2.0"
