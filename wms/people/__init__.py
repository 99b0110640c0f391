"""People: who works here, in which roles, how they sign in, and what each role may do."""
