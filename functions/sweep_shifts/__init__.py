"""The clock: automatic absences and missing check-outs."""
