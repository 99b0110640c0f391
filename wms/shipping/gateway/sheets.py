"""Looks at a label before it may go near a printer: whoever draws it, it must print one sheet and change nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wms.shipping.gateway.answers import Document, UnfitDocument

ZPL = "application/zpl"
PDF = "application/pdf"
PNG = "image/png"

COMMAND = re.compile(rb"[\^~]([A-Za-z0-9@][A-Za-z0-9@])([^\^~]*)", re.DOTALL)
BINARY_PICTURE = re.compile(rb"\^GF[BC],\d+,(\d+),\d+,", re.IGNORECASE)
DRAWING = frozenset({b"FD", b"FV", b"GB", b"GC", b"GD", b"GE", b"GF", b"GS", b"XG", b"IM", b"IL"})
"""A format without any of these prints nothing: carriers send such ones ahead to set up a printer."""

LASTING = re.compile(
    rb"\^(J.|H.|K.|N.|W[CDIFJLRST]|R[A-Z]|S[CILPQRSTXZ]|TO|TB|ID|M[AIP]|PP|PH|CC|CD|CT)"
    rb"|~(J.|H.|K.|N.|W.|R.|P.|EG|TA|SD|CC|CD|CT|DN)"
)
"""Set up, question, pause or empty a printer, and have no say in what the sheet looks like: they are left out."""
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


def looked_at(data: bytes) -> Document:
    """Tell what a label is by its own bytes, and see that it is one sheet. Raises UnfitDocument."""
    if data.startswith(b"%PDF-"):
        return Document(PDF, data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Document(PNG, data)
    if b"^XA" in data.upper():
        return Document(ZPL, one_sheet(data))
    raise UnfitDocument("the label is neither ZPL nor PDF nor PNG")


def one_sheet(data: bytes) -> bytes:
    """Leave out of a ZPL label what would outlast it. Raises UnfitDocument unless it prints one sheet."""
    commands = list(_commands(data))
    for command in commands:
        _refuse_foreign(command)
    sheets = _sheets(commands)
    if sheets != 1:
        raise UnfitDocument(f"the label would print {sheets} sheets instead of one")
    return b"".join(command.written for command in commands if not _is_left_out(command))


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
        raise UnfitDocument(f"the label needs what is kept inside a printer ({_shown(command)})")
    if name in OWN_SIGNS and command.rest.strip() not in {b"", OWN_SIGNS[name]}:
        raise UnfitDocument(f"the label changes how commands are written ({_shown(command)})")
    if command.called == b"~DG" and not command.rest.upper().startswith((b"R:", b",")):
        raise UnfitDocument("the label leaves a picture in the printer")


def _is_left_out(command: Command) -> bool:
    if command.called == b"^PQ":
        return not re.fullmatch(rb"1?(,[^,]*)*\s*", command.rest)
    return LASTING.fullmatch(command.called) is not None


def _sheets(commands: list[Command]) -> int:
    """Count the formats that print something."""
    sheets, is_drawn = 0, False
    for command in commands:
        match command.called:
            case b"^XA":
                is_drawn = False
            case b"^XZ":
                sheets += is_drawn
                is_drawn = False
            case _:
                is_drawn = is_drawn or command.name.upper() in DRAWING
    return sheets


def _shown(command: Command) -> str:
    return command.called.decode("ascii", "replace")
