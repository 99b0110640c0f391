"""Code 128 as ^BC asks for it: subsets chosen by the data (mode N) or by the printer (A, D, U).

Bar widths are those of ISO/IEC 15417. Data signs are what a reader gives back, from 0 to 127.
"""

import re

FNC3, FNC2, SHIFT, CODE_C, CODE_B, CODE_A, FNC1 = 96, 97, 98, 99, 100, 101, 102
START_A, START_B, START_C = 103, 104, 105
SWITCHES = {START_A: CODE_A, START_B: CODE_B, START_C: CODE_C}

BLANK, ACCENT, LAST = 32, 96, 127
"""Subset A says signs below the accent, subset B from the blank on; neither says what is above the last."""

PAIR, RUN = 2, 4
"""Figures that subset C says as one value, and how many must follow before it is worth a switch."""

DATA_LIMIT = 256
"""Longer ones no printer takes and no scanner reads."""

WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222"
    "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321"
    "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121"
    "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224"
    "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113"
    "114311411113411311113141114131311141411131211412211214211232"
)
"""Six a value, from 0 to 105: bars and spaces in turn."""

STOP = "2331112"

SAID: dict[str, str | int] = {
    "<": "^", "0": ">", "=": "~", "1": "\x7f", "2": FNC3, "3": FNC2, "4": SHIFT, "5": CODE_C, "6": CODE_B,
    "7": CODE_A, "8": FNC1,
}  # fmt: skip
"""What stands after `>` in the data, outside of the start."""

STARTS = {"9": START_A, ":": START_B, ";": START_C}
SIGN = re.compile(r">.|.", re.DOTALL)
PLAIN = re.compile(r">[^<0=]")

UCC_DIGITS = 19


def modules(data: str, mode: str) -> list[int]:
    """Return bars and spaces in turn, each so many modules wide, beginning with a bar."""
    values = encoded(data[:DATA_LIMIT], mode)
    check = (values[0] + sum(at * value for at, value in enumerate(values))) % 103
    told = "".join(WIDTHS[value * 6 : value * 6 + 6] for value in (*values, check))
    return [int(width) for width in told + STOP]


def encoded(data: str, mode: str) -> list[int]:
    """Return the values of the symbol, from its start to before its check value."""
    match mode:
        case "A":
            return _chosen(_signs(data))
        case "D":
            plain = _signs(re.sub(r"[() ]", "", data))
            return _chosen([FNC1, *(plain[1:] if plain[:1] == [FNC1] else plain)])
        case "U":
            return _chosen([FNC1, *_ucc(data)])
        case _:
            return _told(data)


def read(data: str, mode: str) -> str:
    """Return the line that people read below the bars."""
    if mode == "U":
        return _ucc(data)
    if mode == "D":
        return PLAIN.sub("", data)
    return "".join(sign for sign in _signs(data) if isinstance(sign, str) and sign.isprintable())


def _signs(data: str) -> list[str | int]:
    """Return data signs as letters, and what is no data as its value."""
    found: list[str | int] = []
    for piece in SIGN.findall(data):
        if len(piece) == 1:
            found.append(piece)
        elif piece[1] in SAID:
            found.append(SAID[piece[1]])
        elif piece[1] not in STARTS:
            found.extend(piece)
    return found


def _told(data: str) -> list[int]:
    """Return the values of data that chooses its subsets itself, in subset B if it does not.

    In A and C, printers take two figures as one value.
    """
    start = STARTS.get(data[1:2], START_B) if data.startswith(">") else START_B
    values, subset = [start], start
    rest = _signs(data)
    at = 0
    while at < len(rest):
        sign = rest[at]
        at += 1
        if isinstance(sign, int):
            values.append(sign)
            subset = {CODE_A: START_A, CODE_B: START_B, CODE_C: START_C}.get(sign, subset)
        elif subset == START_B:
            values += _one(sign, subset)
        elif _pair(rest, at - 1):
            values.append(int(sign) * 10 + int(rest[at]))
            at += 1
    return values


def _chosen(signs: list[str | int]) -> list[int]:
    """Return the values for signs, in as few as the usual rule finds: figures in pairs where four or more follow."""
    values: list[int] = []
    subset, at = 0, 0
    while at < len(signs):
        sign = signs[at]
        wanted = _subset(signs, at, subset)
        if wanted != subset:
            values.append(SWITCHES[wanted] if values else wanted)
            subset = wanted
        if isinstance(sign, int):
            values += [sign] if sign in {FNC1, FNC2, FNC3} else []
        elif subset == START_C:
            values.append(int(sign) * 10 + int(signs[at + 1]))
            at += 1
        else:
            values += _one(sign, subset)
        at += 1
    return values or [START_B]


def _subset(signs: list[str | int], at: int, now: int) -> int:
    """Return the subset for the sign that is next; `now` is 0 before the first."""
    sign = signs[at]
    if isinstance(sign, int):
        return now or (START_C if _figures(signs, at + 1) >= PAIR else START_B)
    if _worth_pairs(_figures(signs, at), len(signs) - at, now):
        return START_C
    if sign < " ":
        return START_A
    return START_A if now == START_A and ord(sign) < ACCENT else START_B


def _worth_pairs(figures: int, left: int, now: int) -> bool:
    """Tell whether the next figures go in pairs; an odd run begins with one that does not."""
    if now == START_C:
        return figures >= PAIR
    if now:
        return figures >= RUN and figures % PAIR == 0
    return figures >= RUN or figures == left == PAIR


def _figures(signs: list[str | int], at: int) -> int:
    count = 0
    while at + count < len(signs) and _figure(signs[at + count]):
        count += 1
    return count


def _figure(sign: str | int) -> bool:
    return isinstance(sign, str) and sign.isascii() and sign.isdigit()


def _pair(signs: list[str | int], at: int) -> bool:
    return at + 1 < len(signs) and _figure(signs[at]) and _figure(signs[at + 1])


def _one(sign: str, subset: int) -> list[int]:
    """Return the value of one sign in subset A or B; signs that neither has are left out."""
    code = ord(sign)
    if subset == START_A and code < ACCENT:
        return [(code - BLANK) % ACCENT]
    return [code - BLANK] if subset != START_A and BLANK <= code <= LAST else []


def _ucc(data: str) -> str:
    """Return 19 figures and their check figure, as mode U completes them."""
    figures = "".join(re.findall(r"[0-9]", data))[:UCC_DIGITS].rjust(UCC_DIGITS, "0")
    weighed = sum(int(figure) * (1 if at % 2 else 3) for at, figure in enumerate(figures))
    return figures + str(-weighed % 10)
