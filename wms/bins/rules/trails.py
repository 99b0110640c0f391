"""The way itself, not only how far it is: the points that a walk goes through, for whoever draws it."""

from wms.bins.rules.walking import Floor, Foothold, Grid

Corner = tuple[float, float]


def trail(on: Floor, a: Foothold, b: Foothold) -> list[Corner]:
    """Return the points from one foothold to another, both included, along a shortest way.

    On a floor that is no full grid the line is straight: it says which place comes next, not how to get there.
    """
    corners = _corners(on, a, b) if isinstance(on, Grid) else []
    return [(a.x, a.y), *corners, (b.x, b.y)]


def _corners(on: Grid, a: Foothold, b: Foothold) -> list[Corner]:
    in_aisle = a.x in on.aisles, b.x in on.aisles
    if (a.x == b.x and in_aisle[0]) or (a.y == b.y and a.y in on.crosses):
        return []
    match in_aisle:
        case True, True:
            y = min(on.crosses, key=lambda y: abs(a.y - y) + abs(y - b.y), default=None)
            return [] if y is None else [(a.x, y), (b.x, y)]
        case True, False:
            return [(a.x, b.y)]
        case False, True:
            return [(b.x, a.y)]
        case _:
            x = min(on.aisles, key=lambda x: abs(a.x - x) + abs(x - b.x))
            return [(x, a.y), (x, b.y)]
