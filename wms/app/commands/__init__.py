"""One module a command: `add(parser)` names its arguments, `run(args)` carries it out and returns the exit code."""
