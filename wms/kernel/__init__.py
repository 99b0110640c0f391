"""What every process stands on: the database, commands, facts, decisions, refusals, settings, clock."""
