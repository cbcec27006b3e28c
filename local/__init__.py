"""The launcher behind `make`: the whole service on one machine."""
