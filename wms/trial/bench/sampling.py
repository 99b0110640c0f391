"""Where the time goes: every few milliseconds somebody looks what the working thread is doing, and notes the kind."""

import sys
import threading
from collections import Counter
from types import FrameType
from typing import Self

EVERY_S = 0.004

SWITCH_S = 0.000_05
"""How soon who looks gets the interpreter. With Python's usual 5 ms it would mostly get it where the watched thread
lets go of it by itself, and see nothing but waiting for the database."""

DATABASE = (
    "sqlalchemy/engine/default.py",
    "wms/kernel/prepared.py",
    "sqlalchemy/engine/base.py:_commit_impl",
)
"""Where Python waits for the database: these call it."""

KINDS = (
    (
        "carrier and printers",
        ("wms/shipping/gateway/", "devices/transports/", "devices/printing.py"),
    ),
    ("rendering", ("devices/virtual/", "wms/printing/drawing.py", "labels/")),
    ("planning", ("wms/waves/", "/rules/", "wms/orders/actions/allocating.py")),
)
"""By kind, what stands anywhere on the way to what is done just now."""

DRIVER = "database: driver"
STATEMENTS = "database: statements and rows"
"""The database's time in two parts: where it works itself, and where SQLAlchemy writes to it and reads its rows."""

REST = "rest"
OURS = "sqlalchemy/"


class Sampler:
    """Looks at the thread that made it, from `with` to its end."""

    def __init__(self) -> None:
        """Look at the thread that asks."""
        self._watched = threading.get_ident()
        self._over = threading.Event()
        self._looks: Counter[str] = Counter()
        self._thread = threading.Thread(target=self._look, name="sampler", daemon=True)

    def __enter__(self) -> Self:
        self._usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        self._thread.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._over.set()
        self._thread.join()
        sys.setswitchinterval(self._usual)

    def shares(self) -> dict[str, float]:
        """Return by kind of work how many of a hundred looks met it, the most first."""
        total = self._looks.total() or 1
        return {kind: 100 * looks / total for kind, looks in self._looks.most_common()}

    def _look(self) -> None:
        while not self._over.wait(EVERY_S):
            frame = sys._current_frames().get(self._watched)  # noqa: SLF001 - the only way to look
            if frame is not None:
                self._looks[kind_of(_stack(frame))] += 1


def kind_of(stack: list[str]) -> str:
    """Return what kind of work a stack is, innermost first, as `file:function`."""
    if any(stack[0].startswith(file) or file in stack[0] for file in DATABASE):
        return DRIVER
    for kind, files in KINDS:
        if any(file in place for place in stack for file in files):
            return kind
    return STATEMENTS if OURS in stack[0] else REST


def _stack(frame: FrameType | None) -> list[str]:
    found = []
    while frame is not None:
        found.append(f"{frame.f_code.co_filename}:{frame.f_code.co_name}")
        frame = frame.f_back
    return found
