"""The sample review of the fictional 示例区: its truth as frames, its workbooks, its mess."""

from .truth import truth

__all__ = ["truth"]
