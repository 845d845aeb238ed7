"""python -m benchmarks [--rounds N] [--size 80x24] [--json FILE]: the program and its floors, in turns, in one run."""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks import computed, interactive
from benchmarks.interactive import HELLO, Figures, Subject
from benchmarks.sample import make_folder

SIZES = ("80x24", "100x30", "120x40")
SMALL, LARGE = 60, 5000


def main() -> int:
    """Measure everything and print medians, with the ratio to each subject's floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds in which all programs take turns (5)")
    parser.add_argument("--size", action="append", choices=SIZES, help="a size of the window; all of them without it")
    parser.add_argument("--json", type=Path, help="also write every figure to this file")
    arguments = parser.parse_args()
    report: dict[str, object] = {"python": platform.python_version()}
    with tempfile.TemporaryDirectory() as folder:
        plans = {rows: make_folder(Path(folder) / str(rows), rows) for rows in (SMALL, LARGE)}
        subjects = [HELLO, interactive.grid(SMALL), interactive.grid(LARGE)]
        subjects += [interactive.kvaltui(plans[rows], rows) for rows in (SMALL, LARGE)]
        for size in arguments.size or SIZES:
            print(f"\n{size.replace('x', '×')}: median of {arguments.rounds} alternating rounds (× its floor)")
            report[size] = medians = _take_turns(subjects, _cells(size), arguments.rounds)
            _print_table(medians)
        slow = {subject.name: interactive.measure_slow_line(subject, _cells(SIZES[0])) for subject in subjects[3:]}
        others = computed.instructions(plans[SMALL]) | computed.judging()
    report |= {"slow line": slow, "computed": others}
    print()
    for name, figures in slow.items():
        print(f"{name}: " + ", ".join(f"{figure} {value:.2f}" for figure, value in figures.items()))
    for name, value in others.items():
        print(f"{name}: {value:,.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _cells(size: str) -> tuple[int, int]:
    columns, lines = size.split("x")
    return int(columns), int(lines)


def _take_turns(subjects: list[Subject], size: tuple[int, int], rounds: int) -> dict[str, Figures]:
    runs: dict[str, list[Figures]] = {subject.name: [] for subject in subjects}
    for subject in subjects:
        interactive.measure(subject, size)
    for number in range(rounds):
        first = number % len(subjects)
        for subject in subjects[first:] + subjects[:first]:
            runs[subject.name].append(interactive.measure(subject, size))
    return {
        name: {figure: statistics.median(run[figure] for run in measured) for figure in measured[0]}
        for name, measured in runs.items()
    }


def _floor_of(name: str, figure: str, medians: dict[str, Figures]) -> float | None:
    if not name.startswith("kvaltui"):
        return None
    floor = f"bare grid {name.split()[1]}" if "key" in figure else HELLO.name
    return medians[floor].get(figure)


def _print_table(medians: dict[str, Figures]) -> None:
    figures = list(dict.fromkeys(figure for measured in medians.values() for figure in measured))
    width = max(map(len, figures))
    print(" " * width + "".join(f"{name:>19}" for name in medians))
    for figure in figures:
        cells = []
        for name, measured in medians.items():
            value, floor = measured.get(figure), _floor_of(name, figure, medians)
            text = "–" if value is None else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
            cells.append(f"{text} ×{value / floor:.2f}" if value is not None and floor else text)
        print(figure.ljust(width) + "".join(cell.rjust(19) for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
