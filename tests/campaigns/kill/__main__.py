"""`python -m tests.campaigns.kill --kills 200 --database sqlite`: exit 0 when nothing was lost or done twice."""

import argparse
import tempfile
from pathlib import Path

from tests.campaigns.kill.campaign import Outcome, run
from wms.trial import postgres


def main() -> int:
    """Run one campaign and tell what came of it."""
    parser = argparse.ArgumentParser(prog="tests.campaigns.kill")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.database == "sqlite":
            return tell(run(Path(folder), "", args.kills, args.seed))
        with postgres.running(options="") as server:
            return tell(run(Path(folder), postgres.make(server, "kill"), args.kills, args.seed))


def tell(outcome: Outcome) -> int:
    """Print what came of it; return the exit code."""
    print(outcome.told())
    for finding in outcome.findings:
        print(f"  {finding}")
    return 1 if outcome.findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
