"""What a practice packer answers where a label is refused again and again."""

from wms.floor.turn import Order, Turn, say
from wms.trial.simulate.bench import Box
from wms.trial.simulate.chance import Planted
from wms.trial.simulate.packing import ASKS, Packing
from wms.trial.simulate.world import World

REFUSED = Turn("packing", "label", say("packing.verb_label"), expects=("WXCYES",))


def test_a_box_whose_label_is_refused_again_and_again_is_put_aside():
    packer = Packing(World({}, ()), None, Planted(1))
    packer._box = Box("here")

    pressed = [packer.press(REFUSED) for _ in range(ASKS + 1)]

    assert [press.code for press in pressed] == ["WXCYES"] * ASKS + [""]
    assert pressed[-1].order is Order.SKIP
