"""Draws a label in ZPL II, at 203 dots an inch, by hand: few commands, and every text escaped."""

from wms.shipping.standin.sheet import MARK, Sheet

WIDTH, HEIGHT = 812, 1218
EDGE = 30
BAR_HEIGHT = 240
PLAIN = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;/()#'&+-@!?\""
)
LARGE, SMALL, SHORT = 44, 34, 26
"""Letters of an address: large, small, and how many signs go into a line of large ones."""
SLIM, WIDE = 3, 4
"""Dots for a module of the barcode: short codes get wide bars."""


def draw(sheet: Sheet) -> bytes:
    """Return the whole label, ^XA to ^XZ."""
    parts = [
        f"^XA^CI28^PW{WIDTH}^LL{HEIGHT}^LH0,0",
        *_service(sheet),
        *_sender(sheet),
        *_recipient(sheet),
        *_tracking(sheet),
        _text(EDGE, 1160, 26, MARK),
        _text(EDGE + 420, 1160, 26, sheet.reference[:24]),
        "^XZ",
    ]
    return "\n".join(parts).encode() + b"\n"


def _service(sheet: Sheet) -> list[str]:
    return [
        f"^FO{EDGE},{EDGE}^GB170,170,5^FS",
        _text(EDGE + 42, EDGE + 22, 150, sheet.letter),
        _text(EDGE + 200, EDGE + 20, 76, sheet.carrier),
        _text(EDGE + 200, EDGE + 112, 46, sheet.service),
        _rule(220),
    ]


def _sender(sheet: Sheet) -> list[str]:
    lines = [_text(EDGE, 240 + 32 * place, 28, line) for place, line in enumerate(sheet.sender)]
    weight = [_text(600, 240, 28, sheet.date), _text(600, 280, 34, sheet.weight)]
    return [*lines, *weight, _rule(440)]


def _recipient(sheet: Sheet) -> list[str]:
    size = LARGE if max(map(len, sheet.recipient), default=0) <= SHORT else SMALL
    lines = [
        _text(EDGE + 40, 500 + 50 * place, size, line) for place, line in enumerate(sheet.recipient)
    ]
    return [_text(EDGE, 456, 28, "SHIP TO"), *lines, _rule(800)]


def _tracking(sheet: Sheet) -> list[str]:
    start = ">;" if sheet.number.isdigit() and len(sheet.number) % 2 == 0 else ">:"
    modules = _modules(sheet.number, start)
    dots = WIDE if modules * WIDE <= WIDTH - 4 * EDGE else SLIM
    left = (WIDTH - modules * dots) // 2
    return [
        _text(EDGE, 816, 28, f"{sheet.carrier} TRACKING NO."),
        f"^FO{left},856^BY{dots}^BCN,{BAR_HEIGHT},N,N,N,N^FH_^FD{start}{_escaped(sheet.number)}^FS",
        f"^FO0,1106^FB{WIDTH},1,0,C,0^A0N,36,36^FH_^FD{_escaped(sheet.spaced_number)}^FS",
        _rule(1148),
    ]


def _modules(number: str, start: str) -> int:
    """Count how wide Code 128 gets: start, data and check of 11 modules each, and 13 for the stop."""
    signs = len(number) // 2 if start == ">;" else len(number)
    return 11 * (signs + 2) + 13


def _text(left: int, top: int, size: int, words: str) -> str:
    return f"^FO{left},{top}^A0N,{size},{size}^FH_^FD{_escaped(words)}^FS"


def _rule(top: int) -> str:
    return f"^FO0,{top}^GB{WIDTH},4,4^FS"


def _escaped(words: str) -> str:
    """Write whatever could be a command, and all beyond ASCII, as _XX: a name never speaks to the printer."""
    return "".join(chr(byte) if byte in PLAIN else f"_{byte:02X}" for byte in words.encode())
