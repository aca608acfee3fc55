"""Where report processes run: nothing of the user's folders is used, and nothing left in them.

Kernels read start-up files, notebook tools read configuration and templates, and both keep caches
under the home folder. While a run works, all of that is pointed at one temporary folder.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

_FOLDERS = {
    "MPLCONFIGDIR": "matplotlib",
    "IPYTHONDIR": "ipython",
    "JUPYTER_CONFIG_DIR": "jupyter-config",
    "JUPYTER_DATA_DIR": "jupyter-data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "XDG_CACHE_HOME": "cache",
}
"""Variable → folder below the temporary one."""

_VALUES = {
    "PYTHONSAFEPATH": "1",  # the current directory is no place to import from
    "PYTHONUTF8": "1",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel prints a debugger warning
    "OPENBLAS_NUM_THREADS": "1",  # one report is one process; threads inside would fight
    "OMP_NUM_THREADS": "1",
}
_ABSENT = ("PYTHONSTARTUP", "PYTHONPATH", "PYTHONWARNINGS", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH")


@contextlib.contextmanager
def surroundings() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield a temporary folder in which, and only in which, report processes keep their things.

    Yields
    ------
    (Path, dict of str to str)
        The folder, and the environment that points there.
    """
    with tempfile.TemporaryDirectory(prefix="reviewlib-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for below in _FOLDERS.values():
            (folder / below).mkdir()
        own = {variable: str(folder / below) for variable, below in _FOLDERS.items()}
        kept = {name: value for name, value in os.environ.items() if name not in _ABSENT}
        yield folder, kept | own | _VALUES
