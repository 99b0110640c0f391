"""What we draw is what another reader of ZPL draws: bars and boxes dot by dot, text within a few dots."""

from io import BytesIO

import pytest
import zplkit
from PIL import Image, ImageChops

from devices.virtual.zpl import draw
from tests.devices.virtual.zpl.sight import codes, ink

AT = "^FO100,100^BY2"


def by_zplkit(data):
    (scene,) = zplkit.render(data).labels
    with Image.open(BytesIO(scene.png())) as found:
        return found.convert("L").crop((0, 0, 812, 1218)).point(lambda dot: 255 * (dot > 127))


def by_us(data):
    (picture,) = draw(data.encode())
    return picture


@pytest.mark.parametrize(
    "fields",
    [
        f"{AT}^BCN,80,N,N,N,N^FD12345^FS",
        f"{AT}^BCN,80,N,N,N,N^FDL-000123^FS",
        f"{AT}^BCN,80,N,N,N,N^FD>;>8010950110153000310AB12^FS",
        f"{AT}^BCN,80,N,N,N,N^FD>;>842098028>89205590303190000000000^FS",
        f"{AT}^BCN,80,N,N,N,N^FD>:A>0B><C>=^FS",
        f"{AT}^BCN,80,N,N,N,N^FD>9334455^FS",
        f"{AT}^BCN,80,N,N,N,A^FDabc123456XYZ^FS",
        f"{AT}^BCN,80,N,N,N,A^FDL-000123^FS",
        f"{AT}^BCN,80,N,N,N,D^FD(01)09501101530003(10)AB12^FS",
        f"{AT}^BCN,80,N,N,N,U^FD1234567890123456789^FS",
        f"{AT}^BCR,80,N,N,N,N^FD12345^FS",
        f"{AT}^BCI,80,N,N,N,N^FD12345^FS",
        f"{AT}^BCB,80,N,N,N,N^FD12345^FS",
        "^FT200,300^BY2^BCR,80,N,N,N,N^FD12345^FS",
        "^FT300,300^BY2^BCI,80,N,N,N,N^FD12345^FS",
        "^FO100,100^BY4,2,10^BCN,183,N,N,N,A^FD996000000000000000^FS",
        f"{AT}^B3N,N,80,N,N^FDABC123^FS",
        f"{AT}^B3N,Y,80,N,N^FDABC123^FS",
        f"{AT}^B2N,80,N,N,N^FD123456^FS",
        f"{AT}^B2N,80,N,N,Y^FD12345^FS",
        f"{AT}^BEN,80,N,N^FD123456789012^FS",
        f"{AT}^B8N,80,N,N^FD1234567^FS",
        f"{AT}^BUN,80,N,N^FD12345678901^FS",
        f"{AT}^BAN,80,N,N^FDABC^FS",
        f"{AT}^BKN,N,80,N,N,A,A^FD123^FS",
        f"{AT}^B7N,5,3,4^FDHELLO WORLD^FS",
        f"{AT}^BON,5^FDHELLO^FS",
        "^FO100,100^GB200,100,5^FS",
        "^FO100,100^GB200,100,50^FS",
        "^FO100,100^GB200,0,5^FS",
        "^FO100,100^GB0,200,5^FS",
        "^LH20,30^FO100,100^GB200,100,5^FS",
        "^FO100,100^GB200,100,100^FS^FO150,120^FR^GB200,50,50^FS",
        "^FO100,100^GB200,100,100^FS^FO110,110^GB20,20,20,W^FS",
        "^FO100,100^GFA,15,15,3,HFH0F,:,!814224^FS",
        "^FO100,100^GFA,32,32,4,JFJ0:,!:JFJ0,,^FS",
    ],
)
def test_the_same_dots(fields):
    data = f"^XA{fields}^XZ"

    assert ImageChops.difference(by_us(data), by_zplkit(data)).getbbox() is None


@pytest.mark.parametrize(
    "fields",
    [
        f"{AT}^BXN,5,200^FDHELLO^FS",
        f"{AT}^BXN,5,200,,,,_^FD_101095011015300031012_1217^FS",
        f"{AT}^BCR,80,Y,N,N,N^FD12345^FS",
        f"{AT}^BCN,80,Y,N,N,N^FD12345^FS",
        f"{AT}^BCN,80,Y,Y,N,N^FD12345^FS",
        "^FO100,100^BQN,2,5^FDQA,HELLO^FS",
        "^FO100,100^BQN,2,5^FDMM,AHELLO^FS",
        f"{AT}^BD4^FDHELLO WORLD^FS",
    ],
)
def test_the_same_code_at_the_same_place(fields):
    ours, theirs = by_us(f"^XA{fields}^XZ"), by_zplkit(f"^XA{fields}^XZ")

    assert codes(ours) == codes(theirs) != []
    assert near(ink(ours), ink(theirs), 3)


@pytest.mark.parametrize(
    "fields",
    [
        "^FO100,100^GC50,3^FS",
        "^FO100,100^GE80,50,5^FS",
        "^FO100,100^GB200,100,5,B,3^FS",
        "^FO100,100^GB200,100,100,B,3^FS",
        "^FO100,100^GD100,50,5,B,R^FS",
        "^FO100,100^GD100,50,5,B,L^FS",
    ],
)
def test_nearly_the_same_curve(fields):
    assert near(ink(by_us(f"^XA{fields}^XZ")), ink(by_zplkit(f"^XA{fields}^XZ")), 2)


@pytest.mark.parametrize(
    "text", ["TEST RECEIVER", "Missouri City TX 77489", "1Z 680 RA4 DL 0872", "iiiWWW"]
)
@pytest.mark.parametrize(
    "font",
    [
        "^A0N,40,40",
        "^A0N,40,25",
        "^A0N,20,24",
        "^ADN,18,10",
        "^AAN,18,10",
        "^AFN,26,13",
        "^APN,20,18",
    ],
)
def test_text_is_about_as_long(font, text):
    data = f"^XA^FO10,100{font}^FD{text}^FS^XZ"

    ours, theirs = ink(by_us(data)), ink(by_zplkit(data))

    room = max(4, (theirs[2] - theirs[0]) * 0.08)
    assert abs(ours[2] - theirs[2]) <= room
    assert near(ours[:2], theirs[:2], 4)
    assert abs(ours[3] - theirs[3]) <= 5


@pytest.mark.parametrize(
    "fields",
    [
        *(f"^FO100,300^A0{turn},30,30^FDHello^FS" for turn in "NRIB"),
        *(f"^FT300,300^A0{turn},30,30^FDHello^FS" for turn in "NRIB"),
        "^FO300,100,1^A0N,30,30^FDHello^FS",
        "^FO100,300^A0N,30,30^FB200,2,0,C^FDHello my dear old world^FS",
        "^FO100,300^A0N,30,30^FB200,2,0,R^FDHello my dear old world^FS",
        "^FT100,300^A0N,30,30^FB200,2,0,C^FDHello my^FS",
        r"^FO100,300^A0N,30,30^FB200,3,5,L^FDone\&two\&three^FS",
    ],
)
def test_text_stands_at_the_same_place(fields):
    assert near(ink(by_us(f"^XA{fields}^XZ")), ink(by_zplkit(f"^XA{fields}^XZ")), 7)


def near(one, other, dots):
    return all(abs(a - b) <= dots for a, b in zip(one, other, strict=True))
