"""What every process stands on: the database, commands, facts, decisions, lifecycles, refusals, settings and the clock."""
