"""The promises of docs/reliability.md, each tried on the real program, with figures printed at the end.

`make reliability` runs them in full; the ordinary test run tries them at a size that fits there.
"""
