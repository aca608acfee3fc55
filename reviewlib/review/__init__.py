"""The Review object, its settings, its snapshot."""

from reviewlib.review.model import Review, empty_frames
from reviewlib.review.settings import Settings, read_settings
from reviewlib.review.snapshot import load_review, save_review

__all__ = ["Review", "Settings", "empty_frames", "load_review", "read_settings", "save_review"]
