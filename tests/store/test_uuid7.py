"""UUIDs that sort by the time they were made."""

from __future__ import annotations

import threading
import time
import uuid

import pytest

from kvaltui.store.uuid7 import uuid7


def test_they_are_what_the_standard_says() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(uuid7())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= before + 10_000
    assert str(made) == str(uuid.UUID(str(made)))


def test_they_grow_even_within_a_millisecond_and_when_the_clock_jumps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [uuid7() for _ in range(10_000)]
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    made += [uuid7() for _ in range(100)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_never_get_the_same() -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7() for _ in range(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(set(made)) == 8000
