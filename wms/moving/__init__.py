"""Moving: units that go from one place of the warehouse to another, put-backs first of all."""
