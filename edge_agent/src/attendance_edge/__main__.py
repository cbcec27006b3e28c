"""`python -m attendance_edge` is the command `attendance-edge`."""

from attendance_edge.cli import main

main()
