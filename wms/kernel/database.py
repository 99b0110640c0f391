"""The only two ways to the data: `write(command, do)` in one transaction, `read()` in one snapshot."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any, NoReturn, TypeVar

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from wms.kernel.commands import Answer, Command, keep_answer, keep_refusal, kept_answer
from wms.kernel.engines import Engines, open_engines
from wms.kernel.keys import KeysAtWork
from wms.kernel.outbox import Listeners, store_announced
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Busy, NoRoom, Refusal, Refused, StillRunning
from wms.kernel.tables import StoredCommand
from wms.kernel.turn import Turn
from wms.kernel.wire import assert_no_write, writing

T = TypeVar("T")

PATIENCE_S = 5.0
"""How long a write may take with all its tries before the sender is asked to come again."""

TRIES = 5
"""How often a write runs that meets deadlocks or lost connections."""

LOCK_TIME_OUT = "55P03"

AGAIN = frozenset({"40001", "40P01", LOCK_TIME_OUT, "57P01", "57P02", "57P03", "57014"})
"""PostgreSQL: serialization failure, deadlock, lock time-out, server going or coming, statement time-out."""

FULL = frozenset({"53100"})
"""PostgreSQL: no space left on the device."""


class Database:
    """The house's memory, SQLite or PostgreSQL behind one face."""

    def __init__(self, url: str, listeners: Listeners | None = None) -> None:
        """Open the database under `url`; `listeners` tells which reactions wait for which fact."""
        self.url = url
        self.engines: Engines = open_engines(url)
        self.listeners: Listeners = listeners or {}
        self.wake: list[Callable[[], None]] = []
        """Called after a commit that left work behind: the courier's nudge."""
        self._turn = Turn() if self.engines.is_sqlite else None
        self._keys = KeysAtWork()
        self._writer = sessionmaker(self.engines.writer, expire_on_commit=False)
        self._reader = sessionmaker(self.engines.reader, autoflush=False)
        event.listen(self._reader, "before_flush", _refuse_flush)

    def write(self, act: Command, do: Callable[[Session], T]) -> Answer[T]:
        """Run `do` in one write transaction and keep the command's answer with the effect.

        `do` may run several times (each time in a fresh transaction), never in part. A command key that was seen
        before gets its stored answer, or the stored Refusal. Raises Refusal, Busy (come again), NoRoom (disk full).
        """
        assert_no_write()
        with self._keys.hold(act.uid) if act.kept else nullcontext():
            return self._patiently(act, do)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open one consistent snapshot; what is changed in it is refused, not lost. Raises Busy (come again)."""
        try:
            with self._reader() as session:
                yield session
        except DBAPIError as trouble:
            if is_passing(trouble):
                raise Busy from trouble
            raise

    def ask(self, question: Prepared, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Ask one question of what is committed now: the quickest way in, for what every request needs to know.

        Raises Busy (come again).
        """
        for last in (False, True):
            try:
                return question.ask(self.engines.asker, values)
            except DBAPIError as trouble:
                if not is_passing(trouble):
                    raise
                if last:
                    raise Busy from trouble
        raise AssertionError("the last try either answers or raises")

    def close(self) -> None:
        """Let go of every connection."""
        for engine in (self.engines.writer, self.engines.reader, self.engines.asker):
            engine.dispose()

    @property
    def is_sqlite(self) -> bool:
        """Whether the data is a single file with a single writing process."""
        return self.engines.is_sqlite

    def _patiently(self, act: Command, do: Callable[[Session], T]) -> Answer[T]:
        until = time.monotonic() + PATIENCE_S
        clashes = 0
        for attempt in range(1, TRIES + 1):
            try:
                return self._once(act, do, until)
            except Refusal as refusal:
                return self._refuse(act, refusal, until)
            except IntegrityError:
                # A clash of keys means that somebody was faster: the second run sees what they wrote and says so
                # properly. When it clashes again, it is a bug and no race.
                clashes += 1
                if clashes > 1 or attempt == TRIES:
                    raise
            except (DBAPIError, StaleDataError) as trouble:
                _give_up_if_hopeless(trouble, attempt, until)
                time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter, not a secret
        raise AssertionError("the last try either answers or raises")

    def _once(self, act: Command, do: Callable[[Session], T], until: float) -> Answer[T]:
        fresh = _fresh_info(act) | {"listeners": self.listeners}
        with self._my_turn(until), writing(), self._writer(info=fresh) as session, session.begin():
            info = session.info  # its own: what an action notes there is not seen in `fresh`
            if act.kept and (answer := kept_answer(session, act)):
                return answer
            value = do(session)
            session.flush()
            info["wake"] |= store_announced(session, act, self.listeners)
            if act.kept:
                keep_answer(session, act, value)
        if info["wake"]:
            for nudge in self.wake:
                nudge()
        return Answer(value)

    def _refuse(self, act: Command, refusal: Refusal, until: float) -> Answer[Any]:
        if not act.kept or not refusal.kept or isinstance(refusal, Refused):
            raise refusal
        try:
            with self._my_turn(until), writing(), self._writer() as session, session.begin():
                # The same command may have gone through, or been refused, while this one was rolled back.
                if answer := kept_answer(session, act):
                    return answer
                keep_refusal(session, act, refusal)
        except IntegrityError:
            return self._replay(act, refusal)
        except DBAPIError as trouble:
            _give_up_if_hopeless(trouble, TRIES, until)
        raise refusal

    def _replay(self, act: Command, refusal: Refusal) -> Answer[Any]:
        with self.read() as session:
            if answer := kept_answer(session, act):
                return answer
        raise refusal

    @contextmanager
    def _my_turn(self, until: float) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        self._turn.take(until - time.monotonic())
        try:
            yield
        finally:
            self._turn.give()


def _fresh_info(act: Command) -> dict[str, Any]:
    return {"command": act, "announced": [], "decisions": [], "wake": False, "wire": None}


def _refuse_flush(_session: Session, _context: object, _instances: object) -> NoReturn:
    raise AssertionError("a reading session was asked to write")


def _give_up_if_hopeless(trouble: DBAPIError | StaleDataError, attempt: int, until: float) -> None:
    """Return when another try can help; raise NoRoom, Busy or the bug itself where it cannot."""
    if is_full(trouble):
        raise NoRoom from trouble
    if is_held_elsewhere(trouble):
        raise StillRunning from trouble
    if not is_passing(trouble):
        raise trouble
    if attempt >= TRIES or time.monotonic() >= until:
        raise Busy from trouble


def is_passing(trouble: DBAPIError | StaleDataError) -> bool:
    """Tell whether the same transaction can work when it is run again."""
    if isinstance(trouble, StaleDataError):
        return True
    if trouble.connection_invalidated or getattr(trouble.orig, "sqlstate", None) in AGAIN:
        return True
    if isinstance(trouble, OperationalError) and getattr(trouble.orig, "sqlstate", "") is None:
        return True  # PostgreSQL could not be reached, so it could not give its error a number
    name: str = getattr(trouble.orig, "sqlite_errorname", "")
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def is_held_elsewhere(trouble: DBAPIError | StaleDataError) -> bool:
    """Tell whether another process is carrying out the very same command: we waited for its key in vain."""
    if (
        isinstance(trouble, StaleDataError)
        or getattr(trouble.orig, "sqlstate", None) != LOCK_TIME_OUT
    ):
        return False
    return (trouble.statement or "").startswith(f"INSERT INTO {StoredCommand.__tablename__} ")


def is_full(trouble: DBAPIError | StaleDataError) -> bool:
    """Tell whether the disk has no room left."""
    cause = getattr(trouble, "orig", None)
    return (
        getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL"
        or getattr(cause, "sqlstate", None) in FULL
    )
