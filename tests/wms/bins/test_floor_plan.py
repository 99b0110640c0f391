from wms.bins.queries import Stand
from wms.bins.web.floor_plan import draw

SHELVES = [
    Stand(x, y, "bin", f"A-{x}-{y}-1", f"A-{x}-{y}-4")
    for x in (0, 2000, 2600)
    for y in range(0, 9000, 1000)
]
DOCK = Stand(2650, -3000, "dock", "DOCK-1", "DOCK-1")


def test_a_house_without_coordinates_has_no_picture():
    assert draw([]) is None


def test_what_is_far_from_the_docks_is_drawn_above():
    picture = draw([*SHELVES, DOCK])
    marks = {mark.title: mark for mark in picture.marks}

    assert marks["A-0-8000-1 – A-0-8000-4"].y < marks["A-0-0-1 – A-0-0-4"].y < marks["DOCK-1"].y


def test_everything_is_inside_the_picture_and_shelves_stay_apart():
    picture = draw([*SHELVES, DOCK])

    for mark in picture.marks:
        assert 0 <= mark.x <= picture.width - mark.width
        assert 0 <= mark.y <= picture.height - mark.height
    shelves = [mark for mark in picture.marks if mark.look == "shelf"]
    for one in shelves:
        for other in shelves:
            apart = abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height
            assert one is other or apart


def test_what_is_meant_is_lit_and_named_only_while_names_fit():
    few = draw(SHELVES, {(0, 0), (0, 1000)})
    many = draw(SHELVES, {(stand.x, stand.y) for stand in SHELVES})

    assert [mark.look for mark in few.marks].count("here") == 2
    assert [name.text for name in few.names] == ["A-0-0-1 – A-0-0-4", "A-0-1000-1 – A-0-1000-4"]
    assert many.names == []


def test_a_single_bin_is_a_picture_too():
    picture = draw([Stand(500, 500, "bin", "A-1", "A-1")])

    assert [mark.title for mark in picture.marks] == ["A-1"]
