"""ZPL that somebody else wrote: cut into its commands and looked at. A label must print one sheet and change nothing.

Whoever takes a label in leaves out what would outlast it; whoever prints one sees that nothing harmful is on it. Both
read it by the same cut, so that what was taken in can be printed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

COMMAND = re.compile(rb"[\^~]([A-Za-z0-9@][A-Za-z0-9@])([^\^~]*)", re.DOTALL)
BINARY_PICTURE = re.compile(rb"\^GF[BC],(\d+),\d+,\d+,", re.IGNORECASE)
COPIES = re.compile(rb"[0-9]{1,9}")
EDGES = frozenset({b"^XA", b"^XZ"})
DRAWING = frozenset({b"FD", b"FV", b"GB", b"GC", b"GD", b"GE", b"GF", b"GS", b"XG", b"IM", b"IL"})
"""A format without any of these prints nothing: carriers send such ones ahead to set up a printer."""

LASTING = re.compile(
    rb"\^(J.|H.|K.|N.|W.|U.|R[A-Z]|S[CILPQRSTXZ]|TO|TA|ID|M[AIP]|PP|PH|CC|CD|CT)"
    rb"|~(J.|H.|K.|N.|W.|U.|R.|P.|S.|EG|ID|TA|TO|CC|CD|CT|DN)"
)
"""Set up, question, pause or empty a printer, and have no say in what the sheet looks like: they are left out."""
HARMFUL = re.compile(rb"[~^](J[A-LN-Z]|ID|K[NP]|N[A-Z]|SX|RO|H[A-Z]|T[AO]|U[A-Z]|W[A-Z])")
"""Those of them that stop, reset or set up a printer, or list what is in it: on no label that is printed as it came."""
FOREIGN = re.compile(rb"\^(DF|XF)|~D[^GN]")
"""Speak of what is kept inside a printer: the sheet cannot be known from its own bytes."""
OWN_SIGNS = {b"CC": b"^", b"CD": b",", b"CT": b"~"}
"""The signs that begin a command and part its values; with others, nothing here would hold."""


@dataclass(frozen=True)
class Command:
    """One command of ZPL with what follows it, as it was written."""

    sign: bytes
    name: bytes
    rest: bytes

    @property
    def written(self) -> bytes:
        return self.sign + self.name + self.rest

    @property
    def called(self) -> bytes:
        return self.sign + self.name.upper()


class UnfitLabel(ValueError):
    """This must not be printed, and trying again changes nothing. Says why."""


def without_what_lasts(data: bytes) -> bytes:
    """Leave out of a label what would outlast it. Raises UnfitLabel unless it prints one sheet."""
    commands = _one_sheet(data)
    return b"".join(command.written for command in commands if not _is_left_out(command))


def ready_to_print(data: bytes, note: bytes = b"") -> bytes:
    """Return a label as it came, with a note before its end. Raises UnfitLabel where it cannot be printed as it is."""
    commands = _one_sheet(data)
    for command in commands:
        _refuse_harmful(command)
    if not note:
        return data
    [at] = _ends(commands)
    parts = [command.written for command in commands]
    return b"".join([*parts[:at], note, *parts[at:]])


def _one_sheet(data: bytes) -> Sequence[Command]:
    commands = list(_commands(data))
    for command in commands:
        _refuse_foreign(command)
    ends = _ends(commands)
    if len(ends) != 1:
        raise UnfitLabel(f"the label would print {len(ends)} sheets instead of one")
    return commands


def _refuse_harmful(command: Command) -> None:
    if HARMFUL.fullmatch(command.called):
        raise UnfitLabel(f"the label holds {_shown(command)}, which sets up printers")
    if command.called == b"^PQ" and (copies := COPIES.match(command.rest)) and int(copies[0]) > 1:
        raise UnfitLabel("the label asks for several copies of itself")


def _commands(data: bytes) -> Iterator[Command]:
    """Cut ZPL at its commands. A picture sent as bare bytes may hold any sign, and is taken by its length."""
    at = 0
    while found := COMMAND.search(data, at):
        end = found.end()
        if picture := BINARY_PICTURE.match(data, found.start()):
            end = picture.end() + int(picture.group(1))
        start = found.start()
        yield Command(data[start : start + 1], found.group(1), data[start + 3 : end])
        at = end


def _refuse_foreign(command: Command) -> None:
    name = command.name.upper()
    if FOREIGN.match(command.called):
        raise UnfitLabel(f"the label needs what is kept inside a printer ({_shown(command)})")
    if name in OWN_SIGNS and command.rest.strip() not in {b"", OWN_SIGNS[name]}:
        raise UnfitLabel(f"the label changes how commands are written ({_shown(command)})")
    if command.called == b"~DG" and not command.rest.upper().startswith((b"R:", b",")):
        raise UnfitLabel("the label leaves a picture in the printer")


def _is_left_out(command: Command) -> bool:
    if command.called == b"^PQ":
        return not re.fullmatch(rb"1?(,[^,]*)*\s*", command.rest)
    return LASTING.fullmatch(command.called) is not None


def _ends(commands: Sequence[Command]) -> list[int]:
    """Return where the formats end that print something. Raises UnfitLabel where one is not whole."""
    ends, is_open, is_drawn = [], False, False
    for at, command in enumerate(commands):
        if command.called in EDGES:
            if is_open is (command.called == b"^XA"):
                raise UnfitLabel("this is not one label: it begins or ends in the middle")
            if is_open and is_drawn:
                ends.append(at)
            is_open, is_drawn = not is_open, False
        else:
            is_drawn = is_drawn or command.name.upper() in DRAWING
    if is_open:
        raise UnfitLabel("this is not one label: it begins or ends in the middle")
    return ends


def _shown(command: Command) -> str:
    return command.called.decode("ascii", "replace")
