"""Options that are not given leave things to the settings."""

from __future__ import annotations

from pathlib import Path

from app.options import Options
from app.paths import default_data_folder


def test_nothing_given_means_the_users_folder_and_the_settings() -> None:
    options = Options()
    assert options.data == default_data_folder()
    given = (options.bind, options.sip_port, options.tls_port, options.rtp_ports, options.log_level)
    assert given == (None,) * 5


def test_the_places_are_those_of_the_folder(tmp_path: Path) -> None:
    assert Options(data=tmp_path).paths.database == tmp_path / "openmss.db"
