"""Reads back what was printed: pictures with a barcode reader, PDF and ZPL by their own commands."""

import base64
import re
import zlib
from io import BytesIO

import zxingcpp
from PIL import Image, ImageDraw

MM_PER_INCH = 25.4
FIELD = re.compile(r"\^FO(\d+),(\d+)(.*?)\^FS", re.DOTALL)


def codes_in(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def codes_in_png(data: bytes) -> list[str]:
    return codes_in(Image.open(BytesIO(data)))


def pdf_pages(data: bytes) -> list[str]:
    """Return what each page draws, uncompressed."""
    found = re.findall(rb"/ASCII85Decode /FlateDecode.*?stream\s(.*?)~>", data, re.DOTALL)
    return [zlib.decompress(base64.a85decode(one.strip())).decode("latin-1") for one in found]


def pdf_size_mm(data: bytes) -> tuple[float, float]:
    found = re.search(rb"/MediaBox \[ 0 0 ([0-9.]+) ([0-9.]+) \]", data)
    assert found is not None
    return round(float(found[1]) * MM_PER_INCH / 72, 1), round(
        float(found[2]) * MM_PER_INCH / 72, 1
    )


def drawn_pdf(page: str, width_mm: float, height_mm: float) -> Image.Image:
    """Return the filled rectangles of a page as a picture of 10 dots a millimetre."""
    scale = MM_PER_INCH / 72 * 20
    picture = Image.new("L", (round(width_mm * 20), round(height_mm * 20)), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, wide, high in re.findall(r"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re f", page):
        left, low = float(x) * scale, float(y) * scale
        far, top = left + float(wide) * scale, low + float(high) * scale
        box = left, picture.height - top, far - 1, picture.height - low - 1
        pen.rectangle(tuple(map(round, box)), fill=0)
    return picture


def zpl_fields(data: bytes) -> list[tuple[int, int, str]]:
    return [(int(x), int(y), rest) for x, y, rest in FIELD.findall(data.decode())]


def zpl_texts(data: bytes) -> list[str]:
    """Return the text of every field, with the hexadecimal escapes undone as a printer does."""
    return [unescaped(rest.split("^FD", 1)[1]) for _, _, rest in zpl_fields(data) if "^FD" in rest]


def unescaped(field: str) -> str:
    raw = re.sub(rb"_([0-9A-F]{2})", lambda hit: bytes([int(hit[1], 16)]), field.encode())
    return raw.decode()


def drawn_zpl(data: bytes) -> Image.Image:
    """Return the dots of ^GF and ^GB fields as the printer would burn them."""
    text = data.decode()
    head = re.search(r"\^PW(\d+)\s\^LL(\d+)", text)
    assert head is not None
    size = int(head[1]), int(head[2])
    page = Image.new("L", size, 255)
    for x, y, rest in zpl_fields(data):
        if "^GFA" in rest:
            total, _, across, dots = re.search(r"\^GFA,(\d+),(\d+),(\d+),(.*)", rest).groups()
            page.paste(0, (x, y), mask=_mask(int(total), int(across), dots))
    return page


def _mask(total: int, across: int, dots: str) -> Image.Image:
    rows: list[bytes] = []
    at = 0
    while at < len(dots):
        if dots[at] == ":":
            rows.append(rows[-1])
            at += 1
        else:
            rows.append(bytes.fromhex(dots[at : at + across * 2]))
            at += across * 2
    raw = b"".join(rows)
    assert len(raw) == total
    return Image.frombytes("1", (across * 8, len(rows)), raw)
