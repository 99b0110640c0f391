"""Files: a device such as /dev/usb/lp0, or a folder that gets one file a job."""

import os
import select
import stat
import tempfile
from pathlib import Path
from time import monotonic

from devices.transports.wire import BrokenOff, NothingSent, Wire

ENDING = ".job"


def open_path(path: str, seconds: float) -> Wire:
    """Open a device file or a folder. Raises NothingSent where there is neither."""
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            return _Folder(Path(path))
        if stat.S_ISREG(mode):
            raise NothingSent(f"{path} is an ordinary file: name a folder or a device")
        return _Device(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY), seconds)
    except (OSError, ValueError) as reason:
        raise NothingSent(f"{path} cannot be opened: {reason}") from reason


class _Folder:
    """One file a job; it has its name only once all of it is there."""

    answers = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, data: bytes) -> None:
        try:
            handle, part = tempfile.mkstemp(suffix=".part", dir=self.folder)
        except OSError as reason:
            raise NothingSent(f"no file can be made in {self.folder}: {reason}") from reason
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(part).rename(Path(part).with_suffix(ENDING))
        except OSError as reason:
            Path(part).unlink(missing_ok=True)
            raise NothingSent(f"nothing was kept in {self.folder}: {reason}") from reason

    def receive(self, seconds: float) -> bytes:
        return b""

    def close(self) -> None:
        """Nothing is held open between two jobs."""


class _Device:
    """A device file, which may make us wait, or take half."""

    answers = False

    def __init__(self, handle: int, seconds: float) -> None:
        self.handle, self.seconds = handle, seconds

    def send(self, data: bytes) -> None:
        sent, last = 0, monotonic()
        while sent < len(data):
            try:
                taken = self._write(data[sent : sent + select.PIPE_BUF])
            except OSError as reason:
                raise _lost(sent, len(data), str(reason)) from reason
            if taken:
                sent, last = sent + taken, monotonic()
            elif monotonic() - last >= self.seconds:
                raise _lost(sent, len(data), "the device takes no more")

    def _write(self, part: bytes) -> int:
        """Return how many bytes the device took; 0 when it was not ready for any."""
        _, ready, _ = select.select([], [self.handle], [], self.seconds)
        try:
            return os.write(self.handle, part) if ready else 0
        except BlockingIOError:
            return 0

    def receive(self, seconds: float) -> bytes:
        return b""

    def close(self) -> None:
        os.close(self.handle)


def _lost(sent: int, total: int, reason: str) -> NothingSent | BrokenOff:
    said = f"{sent} of {total} bytes taken: {reason}"
    return BrokenOff(sent, said) if sent else NothingSent(said)
