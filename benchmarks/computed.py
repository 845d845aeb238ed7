"""What does not need a terminal: instructions of `status`, and judging a very large plan."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.sample import environment

INDICATORS, PERIODS = 20_000, 12


def instructions(folder: Path) -> dict[str, float]:
    """Millions of instructions (callgrind) of `status`, plain and as JSON; nothing where valgrind is not installed."""
    if not shutil.which("valgrind"):
        return {}
    program = [sys.executable, "-m", "kvaltui", "--config", str(folder / "config.toml"), "status"]
    return {
        f"{name} M instructions": _callgrind([*program, *options])
        for name, options in (("status --plain", ["--plain"]), ("status --json", ["--json"]))
    } | {"status in a terminal M instructions": _callgrind(program, terminal=True)}


def _callgrind(command: list[str], *, terminal: bool = False) -> float:
    with tempfile.TemporaryDirectory() as folder:
        out = f"--callgrind-out-file={folder}/out"
        log = Path(folder) / "log"
        valgrind = ["valgrind", "--tool=callgrind", out, f"--log-file={log}", *command]
        if terminal:
            valgrind = ["script", "-qec", " ".join(valgrind), "/dev/null"]
        subprocess.run(
            valgrind, timeout=1200, check=True, env=environment(), stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        found = re.search(r"Collected : (\d+)", log.read_text())
    return int(found[1]) / 1e6 if found else float("nan")


def judging() -> dict[str, float]:
    """Seconds to judge and roll up 20,000 indicators for each of 12 months."""
    from kvaltui.model.content import PlanContent
    from kvaltui.model.fulfilment import judge_plan
    from kvaltui.model.period import Frequency, Period
    from kvaltui.model.reporting import Outcome, TargetValue
    from kvaltui.model.structure import Area, Indicator, Plan

    months = tuple(Period(2022, Frequency.MONTH, number) for number in range(1, PERIODS + 1))
    entities: list[Plan | Area | Indicator | TargetValue | Outcome] = [Plan(key="p", title="P", periods=months)]
    entities += [Area(key=f"a{number}", name="A", order=number) for number in range(INDICATORS // 100)]
    for number in range(INDICATORS):
        key = f"i{number}"
        entities.append(Indicator(key=key, name=key, area=f"a{number // 100}", frequency=Frequency.MONTH, order=number))
        for month in months:
            entities.append(TargetValue(indicator=key, period=month, value="80 %"))
            entities.append(Outcome(indicator=key, period=month, value=f"{(number * 7 + month.number) % 100} %"))
    content = PlanContent.of(entities)
    began = time.perf_counter()
    for month in months:
        judge_plan(content, month, date(2023, 1, 1))
    return {f"judge {INDICATORS} x {PERIODS} s": time.perf_counter() - began}
