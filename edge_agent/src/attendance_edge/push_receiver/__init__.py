"""Terminals that call by themselves (ADMS, "iclock"): what they send goes into the outbox."""

from attendance_edge.push_receiver.app import PushReceiver

__all__ = ["PushReceiver"]
