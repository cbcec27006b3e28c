"""Companies and sessions: the one function that may sign."""
