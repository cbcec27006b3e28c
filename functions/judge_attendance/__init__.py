"""Table changes in, verdicts out: the function that judges."""
