"""The systems that the program is for, and the libraries that it needs on each, in the versions of constraints.txt."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True, slots=True)
class System:
    """A system by its name, as Python's markers tell it, and the tags of the wheels that it takes, newest first."""

    name: str
    platform: str
    machine: str
    tags: tuple[str, ...]

    def markers(self, python: str) -> dict[str, str]:
        """What a requirement can ask about: the values of this system with a Python such as `3.12`."""
        is_windows = self.platform == "win32"
        names = {"win32": "Windows", "darwin": "Darwin", "linux": "Linux"}
        return {
            "extra": "",
            "implementation_name": "cpython",
            "os_name": "nt" if is_windows else "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_system": names[self.platform],
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": self.platform,
        }


def _macos(machine: str, *versions: str) -> tuple[str, ...]:
    return tuple(f"macosx_{version}_{kind}" for version in versions for kind in (machine, "universal2"))


WINDOWS = System("Windows, x86-64", "win32", "AMD64", ("win_amd64",))
SYSTEMS = (
    WINDOWS,
    System("Windows, ARM", "win32", "ARM64", ("win_arm64",)),
    System("macOS, Apple", "darwin", "arm64", _macos("arm64", "11_0")),
    System("macOS, Intel", "darwin", "x86_64", _macos("x86_64", "10_15", "10_13", "10_12", "10_9")),
    *(
        System(f"Linux (glibc), {name}", "linux", machine, tuple(f"manylinux{each}_{machine}" for each in versions))
        for name, machine in (("x86-64", "x86_64"), ("ARM", "aarch64"))
        for versions in [("_2_28", "_2_17", "2014")]
    ),
    *(
        System(f"Linux (musl), {name}", "linux", machine, (f"musllinux_1_2_{machine}",))
        for name, machine in (("x86-64", "x86_64"), ("ARM", "aarch64"))
    ),
)


def project() -> dict[str, object]:
    """The table [project] of pyproject.toml."""
    found: dict[str, object] = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def stated() -> list[Requirement]:
    """What the program itself asks for."""
    dependencies = project()["dependencies"]
    assert isinstance(dependencies, list)
    return [Requirement(each) for each in dependencies]


def pins() -> Iterator[Requirement]:
    """The lines of constraints.txt."""
    for line in (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        yield Requirement(line)


def pinned(markers: Mapping[str, str]) -> dict[str, str]:
    """The one version of each library that constraints.txt has for a system, by its normalised name."""
    holding = [each for each in pins() if each.marker is None or each.marker.evaluate(dict(markers))]
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in holding}


def needed(system: System, python: str) -> dict[str, str]:
    """The libraries of the program and theirs on a system, by normalised name, each with its version.

    What each asks for is read from what is installed here. Raises KeyError for a library without a version.
    """
    markers = system.markers(python)
    versions = pinned(markers)
    followed = set[tuple[str, frozenset[str]]]()
    waiting = [(each, frozenset[str]()) for each in stated()]
    while waiting:
        each, extras_of_asker = waiting.pop()
        name, extras = canonicalize_name(each.name), frozenset(each.extras)
        if _holds(each, markers, extras_of_asker) and (name, extras) not in followed:
            followed.add((name, extras))
            waiting += [(Requirement(line), extras) for line in requires(name) or ()]
    return {name: versions[name] for name in sorted({name for name, _extras in followed})}


def _holds(each: Requirement, markers: Mapping[str, str], extras: frozenset[str]) -> bool:
    """Whether a library asks for something, when it is itself asked for with some extras."""
    return each.marker is None or any(each.marker.evaluate({**markers, "extra": name}) for name in ("", *extras))


def needed_anywhere() -> dict[str, set[str]]:
    """All the libraries that the program needs on some system, with the versions of each."""
    versions: dict[str, set[str]] = {}
    for system in SYSTEMS:
        for python in PYTHONS:
            for name, version in needed(system, python).items():
                versions.setdefault(name, set()).add(version)
    return dict(sorted(versions.items()))
