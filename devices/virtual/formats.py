"""What a printer makes of the bytes on its wire: labels to print, and questions to answer at once."""

from dataclasses import dataclass

from devices.virtual.zpl.commands import INKING, Command, Commands
from devices.virtual.zpl.values import Values

LABEL_LIMIT = 8_000_000
"""Most bytes of one label that the printer's memory takes; what is longer is thrown away."""

KEPT_LIMIT = 1_000_000
"""Most bytes of settings and pictures that later labels are drawn with."""

COPIES_LIMIT = 100
"""Most copies of one label; ^PQ itself takes far more."""


@dataclass(frozen=True)
class Format:
    """One label as it was sent, and how often it is to be printed."""

    data: bytes
    copies: int = 1
    kept: bytes = b""
    """What was sent before and still counts: settings, pictures by name."""


class Formats:
    """Cuts a wire's bytes into labels and what begins with a tilde."""

    def __init__(self) -> None:
        self._commands = Commands()
        self._label: bytearray | None = None
        self._copies, self._is_inked = 1, False
        self._kept = b""

    @property
    def is_partial(self) -> bool:
        """Whether a label has begun and its end has not come."""
        return self._label is not None

    def receive(self, data: bytes) -> list[Format | Command]:
        """Return each label and each question that these bytes complete."""
        found = (self._took(command) for command in self._commands.receive(data))
        return [one for one in found if one is not None]

    def _took(self, command: Command) -> Format | Command | None:
        if command.name == "~DG":
            self._keep(command.raw)
        elif command.name.startswith("~"):
            return command
        elif command.name == "^XA":
            self._label, self._copies, self._is_inked = bytearray(command.raw), 1, False
        elif self._label is not None:
            self._label += command.raw
            return self._grown(command)
        return None

    def _grown(self, command: Command) -> Format | None:
        assert self._label is not None
        if command.name == "^PQ":
            self._copies = Values(command.data, command.comma).number(0, 1, 1, COPIES_LIMIT)
        self._is_inked = self._is_inked or command.name in INKING
        if command.name != "^XZ" and len(self._label) <= LABEL_LIMIT:
            return None
        data, self._label = bytes(self._label), None
        if command.name == "^XZ" and self._is_inked:
            return Format(data, self._copies, self._kept)
        self._keep(data)
        return None

    def _keep(self, data: bytes) -> None:
        if len(self._kept) + len(data) <= KEPT_LIMIT:
            self._kept += data
