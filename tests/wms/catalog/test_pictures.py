"""Pictures are looked at before they are believed."""

import io
import struct
import zlib

import pytest
from PIL import Image

from wms.catalog.pictures import BYTES_LIMIT, SIDE_LIMIT, NoPicture, keep


def drawn(kind="JPEG", size=(60, 40), mode="RGB", **more):
    page = io.BytesIO()
    Image.new(mode, size, "red").save(page, kind, **more)
    return page.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_made_anew_under_the_name_of_its_hash(tmp_path, kind):
    name = keep(tmp_path / "pictures", drawn(kind))

    assert keep(tmp_path / "pictures", drawn(kind)) == name
    [file] = (tmp_path / "pictures").iterdir()
    assert file.name == name
    with Image.open(file) as kept:
        assert (kept.format, kept.size) == ("WEBP", (60, 40))


def test_what_came_along_in_the_file_is_left_out(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif[0x0112] = 6  # lies on its side
    data = drawn(exif=exif) + b"<script>alert(1)</script>"

    name = keep(tmp_path, data)

    assert b"script" not in (tmp_path / name).read_bytes()
    with Image.open(tmp_path / name) as kept:
        assert not kept.getexif()
        assert kept.size == (40, 60)


def test_clear_parts_stay_clear(tmp_path):
    with Image.open(tmp_path / keep(tmp_path, drawn("PNG", mode="RGBA"))) as kept:
        assert kept.mode in ("RGBA", "RGB")


def test_a_large_picture_becomes_as_large_as_a_screen_needs(tmp_path):
    with Image.open(tmp_path / keep(tmp_path, drawn(size=(4000, 3000)))) as kept:
        assert kept.size == (SIDE_LIMIT, SIDE_LIMIT * 3 // 4)


def claiming(width, height):
    """A PNG of a few bytes that says it is enormous."""

    def part(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", rows) + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "catalog.picture_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "catalog.picture_unreadable"),
        (b"GIF89a", "catalog.picture_unreadable"),
        (drawn("PNG")[:60], "catalog.picture_unreadable"),
        (drawn("TIFF"), "catalog.picture_unreadable"),
        (claiming(9_000, 9_000), "catalog.picture_large"),
        (claiming(60_000, 60_000), "catalog.picture_large"),
        (b"\xff" * (BYTES_LIMIT + 1), "catalog.picture_heavy"),
    ],
    ids=["nothing", "svg", "stub", "cut", "tiff", "81 million", "3.6 billion", "heavy"],
)
def test_what_cannot_be_a_picture_of_goods_leaves_nothing_behind(tmp_path, data, sentence):
    with pytest.raises(NoPicture) as refused:
        keep(tmp_path / "pictures", data)

    assert [(fault.where, fault.sentence) for fault in refused.value.faults] == [("file", sentence)]
    assert not (tmp_path / "pictures").exists()
