"""A ledger under way for each test."""

import pytest
from ledgers_by_hand import Desk


@pytest.fixture
def desk() -> Desk:
    """An empty ledger."""
    return Desk()
