"""The parts of a workbook: zipped XML, unpacked piece by piece and no further than a sheet of goods can need."""

import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers import expat

from wms.kernel.refusal import Fault
from wms.kernel.sheets.refused import SheetUnreadable
from wms.kernel.sheets.texts import Numbered

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Largest part that we unpack: a million rows of ten columns take about 400 MB."""

RATIO_LIMIT = 300
"""No sheet of goods shrinks three hundredfold; what does is made to burst."""

QUIET_LIMIT = 1024 * 1024
"""Longest piece of XML without a single tag or text: far longer than any cell."""

CHUNK_BYTES = 64 * 1024


def unreadable(sentence: str, **values: Any) -> SheetUnreadable:
    """Return the refusal of a workbook as a whole."""
    return SheetUnreadable(Fault("file", sentence, values))


class Reader:
    """Hears a part tag by tag; names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Hear that a tag opens."""

    def end(self, name: str) -> None:
        """Hear that a tag closes."""

    def text(self, piece: str) -> None:
        """Hear a piece of text."""

    def ready(self) -> list[Numbered]:
        """Hand over the rows that are complete."""
        return []


def parsed(package: zipfile.ZipFile, name: str, reader: Reader) -> Iterator[list[Numbered]]:
    """Let the reader hear a part; yields what it has ready after each piece."""
    quiet = 0
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal quiet
        quiet = 0
        reader.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        reader.end(tag.rpartition(":")[2])

    def text(piece: str) -> None:
        nonlocal quiet
        quiet = 0
        reader.text(piece)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    # A workbook has no use for definitions of its own, and entities are how small XML becomes large.
    parser.StartDoctypeDeclHandler = _no_definitions
    for chunk in _unpacked(package, name):
        quiet += len(chunk)
        parser.Parse(chunk)
        if quiet > QUIET_LIMIT:
            raise unreadable("kernel.sheet_bursts")
        yield reader.ready()
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by place
    yield reader.ready()


def tags(package: zipfile.ZipFile, name: str) -> list[tuple[str, Mapping[str, str]]]:
    """Return the tags of a small part, in order, with their attributes."""
    listed = _Listed()
    for _ in parsed(package, name, listed):
        pass
    return listed.found


class _Listed(Reader):
    LIMIT = 10_000

    def __init__(self) -> None:
        self.found: list[tuple[str, Mapping[str, str]]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.found.append((name, attributes))
        if len(self.found) > self.LIMIT:
            raise unreadable("kernel.sheet_bursts")


def _unpacked(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the bytes of one part; zipfile gives no more of them than the part's entry says."""
    entry = package.getinfo(name)
    if entry.file_size > min(UNPACKED_LIMIT, RATIO_LIMIT * max(entry.compress_size, 4096)):
        raise unreadable("kernel.sheet_bursts")
    with package.open(entry) as data:
        while chunk := data.read(CHUNK_BYTES):
            yield chunk


def _no_definitions(*_said: object) -> None:
    raise unreadable("kernel.sheet_bursts")
