"""Pictures of items: looked at before they are believed, made anew, and kept under a name made of their own hash."""

import hashlib
import os
import threading
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from wms.kernel.commands import fresh_key
from wms.kernel.refusal import Fault, Wrong

BYTES_LIMIT = 12 * 1024 * 1024
"""Largest file we look at: a telephone's best photograph has 6 to 10 MB."""

PIXELS_LIMIT = 50_000_000
"""Most picture elements we unpack; a few bytes can claim billions."""

SIDE_LIMIT = 1_600
"""Longest side of what is kept: a bench screen shows it large, and it stays below 400 kB."""

QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
ENDING = ".webp"
_NO_PICTURE = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)

_one_at_a_time = threading.Lock()
"""An unpacked picture takes 200 MB at most; ten at once would take the machine."""


class NoPicture(Wrong):
    """The file is no picture that we can keep; its fault, on the field `file`, says why."""

    sentence = "catalog.no_picture"


def keep(folder: Path, data: bytes) -> str:
    """Put a picture into the folder and return its name there. The same picture has the same name."""
    if len(data) > BYTES_LIMIT:
        raise NoPicture(Fault("file", "catalog.picture_heavy", {"limit": BYTES_LIMIT // 2**20}))
    with _one_at_a_time:
        made = _made_anew(data)
    name = hashlib.sha256(made).hexdigest() + ENDING
    if not (folder / name).exists():
        _write(folder, name, made)
    return name


def _made_anew(data: bytes) -> bytes:
    """Return the picture upright, no larger than needed, and without anything that came along in its file."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS_LIMIT:
                raise _too_large()
            picture.draft("RGB", (SIDE_LIMIT, SIDE_LIMIT))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE_LIMIT, SIDE_LIMIT))
            has_clear_parts = "A" in upright.getbands() or "transparency" in upright.info
            plain = upright.convert("RGBA" if has_clear_parts else "RGB")
    except Image.DecompressionBombError:
        raise _too_large() from None
    except _NO_PICTURE:
        raise NoPicture(Fault("file", "catalog.picture_unreadable")) from None
    page = BytesIO()
    Image.frombytes(plain.mode, plain.size, plain.tobytes()).save(page, "WEBP", quality=QUALITY)
    return page.getvalue()


def _too_large() -> NoPicture:
    return NoPicture(Fault("file", "catalog.picture_large", {"limit": PIXELS_LIMIT // 1_000_000}))


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write the file whole or not at all: nobody ever reads half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{fresh_key()}"
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / name)
