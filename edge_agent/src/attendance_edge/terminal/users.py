"""The people behind internal numbers, from the user table of this session."""

from attendance_edge.terminal.dataset import fix_users, free_quietly, read_range, records_of
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.terminal.user_table import parse_users


def read_users(session: TerminalSession) -> dict[int, str]:
    """Internal number to user id; {} where the terminal hands over no table."""
    table = fix_users(session)
    body = records_of(session, read_range(session, table, 0) if table.size else b"")
    free_quietly(session, table)
    return parse_users(body)
