"""What the program costs the person who waits for it: start, bytes and time per key, memory, idling, a slow line.

`make bench` runs it. Every figure stands beside its floor, measured in the same run: a bare Textual program, and a grid
that draws its own lines without any of kvaltui's work. On a shared machine trust the ratios, not the times.
"""
