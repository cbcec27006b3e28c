"""The service's fault-and-abuse plan: racers, lost replies, forgeries, foreign companies.

Numbers are small enough for every run; `PROOF_SCALE=20` multiplies them for a long one.
"""
