"""Opening a file of text as it lies, or packed with xz, as large tables are handed round."""

import io
import lzma
from pathlib import Path
from typing import BinaryIO, cast

from wms.kernel.refusal import Fault
from wms.kernel.sheets.refused import SheetUnreadable

XZ = b"\xfd7zXZ\x00"

MEMORY_LIMIT = 80 * 1024 * 1024
"""Most memory that unpacking may take: `xz -9` asks for 65 MB, and a file made to hurt for gigabytes."""

UNPACKED_LIMIT = 1024 * 1024 * 1024
"""Longest text that we unpack: a million rows of a shop's export take about 500 MB."""

CHUNK_BYTES = 64 * 1024


def opened(file: Path) -> BinaryIO:
    """Open a file to read its bytes from the top; what is packed comes out unpacked, piece by piece."""
    data = file.open("rb")
    head = data.read(len(XZ))
    data.seek(0)
    if head != XZ:
        return data
    return cast("BinaryIO", io.BufferedReader(_Unpacked(data), CHUNK_BYTES))


class _Unpacked(io.RawIOBase):
    """The text of a packed file. Raises SheetUnreadable where it is broken or bursts."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._lzma = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY_LIMIT)
        self._total = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._packed.close()
        super().close()

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._piece(len(room))
        except (lzma.LZMAError, EOFError):
            raise SheetUnreadable(Fault("file", "kernel.sheet_packed")) from None
        self._total += len(piece)
        if self._total > UNPACKED_LIMIT:
            raise SheetUnreadable(Fault("file", "kernel.sheet_bursts"))
        room[: len(piece)] = piece
        return len(piece)

    def _piece(self, most: int) -> bytes:
        while not self._lzma.eof:
            packed = self._packed.read(CHUNK_BYTES) if self._lzma.needs_input else b""
            if self._lzma.needs_input and not packed:
                raise EOFError
            if piece := self._lzma.decompress(packed, most):
                return piece
        return b""
