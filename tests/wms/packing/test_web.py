"""Beside scans: a photo of the box, and the scale of a practice house."""

from io import BytesIO

import pytest
from PIL import Image

from tests import visitors
from tests.visitors import as_role
from wms.people.policy import Role
from wms.stations.tables import ScaleReading


@pytest.fixture
def packer(lite_house):
    return as_role(visitors.open_app(lite_house), lite_house, Role.PACKER)


def a_photo():
    file = BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    return {"file": (BytesIO(file.getvalue()), "box.png")}


def test_nothing_is_put_on_the_scale_of_a_house_at_work(packer, lite_house):
    answer = packer.post("/packing/scale")

    assert answer.status_code == 404
    with lite_house.database.read() as session:
        assert session.query(ScaleReading).count() == 0


def test_without_a_box_in_hand_there_is_nothing_to_weigh_or_to_take_a_photo_of(packer, lite_house):
    lite_house.settings.practice = True

    assert packer.post("/packing/scale").status_code == 404
    assert packer.post("/packing/photo", **a_photo()).status_code == 404


def test_a_picker_takes_no_photos_of_boxes(lite_house):
    picker = as_role(visitors.open_app(lite_house), lite_house, Role.PICKER)

    assert picker.post("/packing/photo", **a_photo()).status_code == 403
