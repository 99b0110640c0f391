"""Many clients want the same stock at the same moment, over HTTP: the short form of `python -m tests.campaigns.races`.

Every race is run by twins as well that are broken on purpose, and must catch them.
"""

from contextlib import ExitStack

import pytest

from tests.campaigns.races.crew import crew
from tests.campaigns.races.programme import CATCHES, SHORT, catches
from tests.campaigns.races.track import DATABASES, POSTGRES, track
from tests.campaigns.races.twins.server import PROGRAM
from tests.campaigns.serving import RUN
from wms.trial import postgres

RUNS = 3
"""A broken house goes wrong when two meet, and on a busy machine they may miss each other once."""


@pytest.fixture(scope="module")
def server():
    try:
        with postgres.running(POSTGRES) as url:
            yield url
    except LookupError as nothing:
        pytest.skip(str(nothing))


@pytest.fixture(scope="module")
def served(request, tmp_path_factory):
    """What serves a house or its twins on a database: one server at a time, kept as long as it is asked for."""
    with crew() as workers, ExitStack() as open_now:
        held = {}

        def serve(database, program):
            if (database, program) not in held:
                held.clear()
                open_now.close()
                folder = tmp_path_factory.mktemp("house")
                on_sqlite = database == "sqlite"
                url = (
                    ""
                    if on_sqlite
                    else postgres.make(request.getfixturevalue("server"), folder.name)
                )
                here = open_now.enter_context(track(folder, url, workers, program))
                held[database, program] = here
            return held[database, program]

        yield serve


@pytest.mark.parametrize(
    ("database", "race"), [(database, race) for database in DATABASES for race in SHORT]
)
def test_nothing_is_sold_or_done_twice_and_nothing_refused_that_is_there(served, database, race):
    house = served(database, RUN)

    outcome = house.run(SHORT[race])

    assert outcome.findings == []
    assert outcome.figures.granted


@pytest.mark.parametrize(
    ("database", "race"), [(database, race) for database in DATABASES for race in catches(database)]
)
def test_a_house_that_is_broken_is_caught(served, database, race):
    twins = served(database, PROGRAM)

    caught = any(not CATCHES[race].missed(CATCHES[race].run(twins)) for _ in range(RUNS))

    assert caught
