"""Adds two steps to the build: the Swedish catalogue is compiled, and the README made an index page."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from delivery.index_page import index_page  # noqa: E402 - the project folder is not on the path of a build
from kvaltui.catalogue import compile_file  # noqa: E402


class BuildWithCatalogue(build_py):
    """Compiles the catalogue beside the modules, so that an installed program needs no source of it."""

    def run(self) -> None:
        """Build the modules, then put the compiled catalogue among them."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "kvaltui/locale/sv/LC_MESSAGES/kvaltui.mo"
            compile_file(ROOT / "kvaltui/locale/sv.po", target)


setup(
    cmdclass={"build_py": BuildWithCatalogue},
    long_description=index_page((ROOT / "README.md").read_text(encoding="utf-8")),
    long_description_content_type="text/markdown",
)
