"""Adds three steps to the build: catalogue compiled, README made an index page, manual pages written."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from setuptools import setup
from setuptools.command.build_py import build_py

# setuptools has it by this name, also where Python has it no more.
from distutils.command.install_data import install_data  # isort: skip

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from delivery.index_page import index_page  # noqa: E402 - the project folder is not on the path of a build
from delivery.manual_pages import PLACES, manual_pages  # noqa: E402
from kvaltui.catalogue import compile_file  # noqa: E402


class BuildWithCatalogue(build_py):
    """Compiles the catalogue beside the modules, so that an installed program needs no source of it."""

    def run(self) -> None:
        """Build the modules, then put the compiled catalogue among them."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "kvaltui/locale/sv/LC_MESSAGES/kvaltui.mo"
            compile_file(ROOT / "kvaltui/locale/sv.po", target)


class InstallWithManual(install_data):
    """Puts the manual pages, made as the package is built, where `man` looks for them."""

    def run(self) -> None:
        """Write the pages and install them."""
        with TemporaryDirectory() as folder:
            self.data_files = manual_pages(Path(folder))
            super().run()


setup(
    cmdclass={"build_py": BuildWithCatalogue, "install_data": InstallWithManual},
    data_files=[(place, []) for place in PLACES.values()],
    long_description=index_page((ROOT / "README.md").read_text(encoding="utf-8")),
    long_description_content_type="text/markdown",
)
