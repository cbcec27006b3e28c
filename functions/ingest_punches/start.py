"""The handler as Lambda loads it: what the first request would wait for is done before it comes.

Lambda gives a start its whole processor and a request a part of one. Nothing but Lambda and its
stand-in on one machine imports this module; the function itself is `ingest_punches.app`.
"""

from attendance.starting import starting

BUSY = (("POST", "/v1/punches"),)

with starting():
    from attendance.bootstrap import runtime
    from attendance.http.prime import prime
    from ingest_punches.app import app, lambda_handler

    prime(app, BUSY, runtime().public_keys)

__all__ = ["lambda_handler"]
