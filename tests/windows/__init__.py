"""The program on Windows: as real processes of Windows' own Python, under Wine (docs/windows.md, What was tried)."""
