"""What must be known before the database opens: where it lies, and what overrules its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.paths import DataPaths, default_data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of one run. `None` = as the setting in the database says; port 0 = any free port."""

    data: Path = field(default_factory=default_data_folder)
    bind: tuple[str, ...] | None = None  # numeric addresses
    sip_port: int | None = None  # UDP and TCP; 5060 where neither option nor setting says otherwise
    tls_port: int | None = None  # 5061
    rtp_ports: tuple[int, int] | None = None  # lowest and highest; 10000-19999
    log_level: str | None = None  # debug | info | warning | error
    announcements: Path | None = None  # another mss_ann than the program's

    @property
    def paths(self) -> DataPaths:
        """The places inside the data folder."""
        return DataPaths(self.data)
