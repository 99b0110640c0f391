"""A sheet of codes that answer in place of a tap: one card each, what it does in words above what a scan reads."""

from collections.abc import Sequence

from labels.designs.bars import bars
from labels.label import Align, Label, Text
from labels.paper import Paper, sheets

WIDTH_MM, HEIGHT_MM = 63.0, 31.0


def command_sheet(
    commands: Sequence[tuple[str, str]], *, title: str, paper: Paper = Paper.A4
) -> tuple[Label, ...]:
    """Return sheets of the commands, each a code and its caption. Raises Unprintable."""
    cards = [_card(code, caption) for code, caption in commands]
    return sheets(cards, paper=paper, title=title)


def _card(code: str, caption: str) -> Label:
    return Label(
        WIDTH_MM,
        HEIGHT_MM,
        (
            Text(2, 1.2, 59, 8, caption, 4.6, 2.4, lines=2, bold=True, align=Align.CENTER),
            bars(code, x=1, y=10, width=61, height=15),
            Text(2, 26, 59, 3.8, code, 3, 2, align=Align.CENTER),
        ),
    )
