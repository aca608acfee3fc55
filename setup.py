"""The packages of the wheel; everything else is declared in pyproject.toml.

The report notebooks and the proposed scoring table live in the repository where people look for
them. In a wheel they travel inside the package, as `reviewlib/_notebooks` and `reviewlib/_sample`
(docs/decisions/0001).
"""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages(include=["reviewlib", "reviewlib.*"]),
        "reviewlib._notebooks",
        "reviewlib._sample",
    ],
    package_dir={"reviewlib._notebooks": "notebooks", "reviewlib._sample": "data/sample"},
)
