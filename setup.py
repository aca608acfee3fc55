"""The packages of the wheel; everything else is declared in pyproject.toml.

The report notebooks live at the top of the repository, where analysts look for them. In a wheel
they travel inside the package, as `reviewlib/_notebooks` (docs/decisions/0001).
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["reviewlib", "reviewlib.*"]), "reviewlib._notebooks"],
    package_dir={"reviewlib._notebooks": "notebooks"},
)
