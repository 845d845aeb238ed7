"""What differs between systems: files and folders, rights, accounts, drives, names, signals, the terminal.

Nothing outside this room asks which system the program runs on, and `tests/system/test_only_here.py` looks. Each module
has one subject and one set of public names; what is behind them is chosen where it is imported, by `sys.platform`, in
a way that mypy understands for each system (docs/architecture.md, Systems).
"""
