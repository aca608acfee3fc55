"""A reader without a process of its own, for tests that are about something else."""

from __future__ import annotations

from types import SimpleNamespace

from reviewlib.intake.take_in import take_in

IN_PLACE = SimpleNamespace(read=take_in)
"""In the place of `Readers`, where single files are read."""
