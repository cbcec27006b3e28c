"""Table changes in, events out."""
