"""Barcode commands: what each brings, and the barcode that it makes of a field's data."""

from collections.abc import Callable
from dataclasses import replace

from devices.virtual.zpl.barcodes import code128, linear, matrix
from devices.virtual.zpl.bars import Bars, Caption, Guards, stamp
from devices.virtual.zpl.page import Stamp
from devices.virtual.zpl.setup import PLACE_LIMIT, Setup
from devices.virtual.zpl.values import Values

Maker = Callable[[str], Stamp | None]
CELL_LIMIT = 100
"""Largest cell of a matrix code in dots."""


def _dressed(values: Values, setup: Setup, at: int, *, has_caption: bool = True) -> Bars:
    """Return bars as the command wants them: height, whether a line is printed, whether above."""
    height = values.number(at, setup.bars.height, 1, PLACE_LIMIT)
    caption = Caption.ABOVE if values.is_yes(at + 2, default=False) else Caption.BELOW
    is_read = values.is_yes(at + 1, default=has_caption)
    return replace(setup.bars, height=height, caption=caption if is_read else Caption.NONE)


def _code128(values: Values, setup: Setup) -> Maker:
    bars, mode = _dressed(values, setup, 1), values.letter(5, "N", "NUAD")

    def make(data: str) -> Stamp | None:
        widths = [wide * bars.module for wide in code128.modules(data, mode)]
        return stamp(widths, bars, code128.read(data, mode))

    return make


def _code39(values: Values, setup: Setup) -> Maker:
    bars, has_check = _dressed(values, setup, 2), values.is_yes(1, default=False)
    return lambda data: _lined(linear.code39(data, bars, has_check=has_check), bars)


def _interleaved(values: Values, setup: Setup) -> Maker:
    bars, has_check = _dressed(values, setup, 1), values.is_yes(4, default=False)
    return lambda data: _lined(linear.interleaved(data, bars, has_check=has_check), bars)


def _retail(letter: str) -> Callable[[Values, Setup], Maker]:
    def command(values: Values, setup: Setup) -> Maker:
        bars = _dressed(values, setup, 1)
        guards = linear.GUARDS[letter]
        return lambda data: _lined(linear.retail(letter, data, bars), bars, guards)

    return command


def _code93(values: Values, setup: Setup) -> Maker:
    bars = _dressed(values, setup, 1)
    return lambda data: _lined(linear.code93(data, bars), bars)


def _codabar(values: Values, setup: Setup) -> Maker:
    bars = _dressed(values, setup, 2)
    begins, ends = (values.letter(at, "A", "ABCD") for at in (5, 6))
    return lambda data: _lined(linear.codabar(data, bars, begins=begins, ends=ends), bars)


def _lined(made: tuple[list[int], str], bars: Bars, guards: Guards = ()) -> Stamp | None:
    widths, text = made
    return stamp(widths, bars, text, guards)


def _qr(values: Values, setup: Setup) -> Maker:
    cell = values.number(2, max(1, setup.dpi // 100), 1, CELL_LIMIT)
    level, drop = values.letter(3, "Q", "HQML"), setup.bars.height
    return lambda data: matrix.qr(data, cell=cell, level=level, drop=drop)


def _data_matrix(values: Values, setup: Setup) -> Maker:
    cell = values.number(1, setup.bars.module, 1, CELL_LIMIT)
    escape = values.text(6, "~")[:1]
    return lambda data: matrix.data_matrix(data, cell=cell, escape=escape)


def _pdf417(values: Values, setup: Setup) -> Maker:
    row = values.number(1, setup.bars.height, 1, CELL_LIMIT)
    level, columns = values.number(2, 0, 0, 8), values.number(3, 0, 0, 30)
    module = setup.bars.module
    return lambda data: matrix.pdf417(data, module=module, row=row, level=level, columns=columns)


def _aztec(values: Values, setup: Setup) -> Maker:
    cell = values.number(1, max(1, setup.dpi // 100), 1, CELL_LIMIT)
    return lambda data: matrix.aztec(data, cell=cell)


def _maxicode(_values: Values, setup: Setup) -> Maker:
    return lambda data: matrix.maxicode(data, dpi=setup.dpi)


BARCODES: dict[str, Callable[[Values, Setup], Maker]] = {
    "^BC": _code128,
    "^B3": _code39,
    "^B2": _interleaved,
    "^BE": _retail("E"),
    "^B8": _retail("8"),
    "^BU": _retail("U"),
    "^BA": _code93,
    "^BK": _codabar,
    "^BQ": _qr,
    "^BX": _data_matrix,
    "^B7": _pdf417,
    "^BO": _aztec,
    "^B0": _aztec,
    "^BD": _maxicode,
}
"""By the command. All but ^BD begin with the way that the barcode is turned."""
