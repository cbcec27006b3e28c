"""What an operator should hear about a terminal that was read without an error."""

from attendance_edge.terminal.facts import ClockReading, Sizes

NEARLY_FULL = 0.9
PUNCHES_MEANWHILE = 10


def remarks_on(sizes: Sizes, records: int, clock: ClockReading | None) -> tuple[str, ...]:
    """Sentences about counts, room and clock; empty when nothing is remarkable."""
    remarks = []
    counted = sizes.records
    if counted is not None and not counted <= records <= counted + PUNCHES_MEANWHILE:
        remarks.append(f"The terminal counts {counted} records; its log holds {records}.")
    elif counted == 0 and records:
        remarks.append(f"The terminal counts no records; its log holds {records}.")
    if sizes.capacity and records >= NEARLY_FULL * sizes.capacity:
        share = round(100 * records / sizes.capacity)
        remarks.append(f"The log is {share} % full ({records} of {sizes.capacity} records).")
    if clock is None:
        remarks.append("The terminal's clock shows no date there is: set it.")
    return tuple(remarks)
