"""What holds for every test: the guards, and Qt without a screen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ("tests.support.guards", "pytester")
