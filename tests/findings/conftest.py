"""What the tests of findings share: a small review made by hand."""

import pytest
from review_by_hand import make_review


@pytest.fixture
def review_of():
    """Give `make_review`, so that each test states only the rows it is about."""
    return make_review
