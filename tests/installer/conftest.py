"""Qt, for what draws."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qt() -> object:
    """The one application of the process."""
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication([])
