"""Where the time goes is told by what the working thread is doing just now."""

import time

from wms.trial.bench.sampling import Sampler, kind_of

ENGINE = "/lib/sqlalchemy/engine/default.py:do_execute"
ORM = "/lib/sqlalchemy/orm/query.py:all"
PICTURE = "/house/devices/virtual/zpl/drawing.py:draw"
GATEWAY = "/house/wms/shipping/gateway/line.py:buy"
WAVES = "/house/wms/waves/rules/walk.py:route"
SCAN = "/house/wms/floor/actions/scanning.py:scan"


def test_each_kind_is_known_by_the_innermost_that_tells():
    assert kind_of([ENGINE, ORM, WAVES, SCAN]) == "database: driver"
    assert kind_of(["/lib/ssl.py:read", GATEWAY]) == "carrier and printers"
    assert kind_of(["/lib/PIL/Image.py:paste", PICTURE]) == "rendering"
    assert kind_of([ORM, WAVES]) == "planning"
    assert kind_of([ORM, SCAN]) == "database: statements and rows"
    assert kind_of([SCAN]) == "rest"


def test_what_a_thread_did_is_shared_out_in_a_hundred_parts():
    with Sampler() as sampler:
        until = time.monotonic() + 0.1
        while time.monotonic() < until:
            pass

    shares = sampler.shares()
    assert abs(sum(shares.values()) - 100) < 1e-6
    assert max(shares, key=shares.get) == "rest"
