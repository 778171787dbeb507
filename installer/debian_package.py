"""Makes the Debian package out of the frozen folder.

The programs go to /opt/sipserver, where the announcements of one's own are looked for (S2 of the reference).
Neither `mss_ann/cust_ann` nor anything in it belongs to the package: dpkg never touches it.
"""

from __future__ import annotations

import email.utils
import gzip
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from installer import opus, run_paths
from installer.archives import set_times
from installer.faults import BuildError
from installer.freeze import size
from installer.icon import LINUX_SIZES, draw
from installer.version import ROOT, reproducible

PREFIX = Path("opt/sipserver")
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")

DEPENDS = ("libgcc-s1", "libopus0", "libstdc++6", "passwd", "zlib1g")
# A server without a screen and a sound card needs none of these.
RECOMMENDS = (
    "ca-certificates",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libgssapi-krb5-2",
    "libportaudio2",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "tzdata",
)
MAINTAINER = "The OpenMSS developers <openmss@openmss.invalid>"
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: OpenMSS
Comment: The licences of the parts of others, and their notices: /opt/sipserver/licences

Files: *
Copyright: 2026 The OpenMSS developers
License: Apache-2.0
 The licence is in /usr/share/common-licenses/Apache-2.0, and in full in
 /opt/sipserver/licences/OpenMSS.txt.
"""
DESCRIPTION = """\
telephone exchange (SIP PBX) with a window or without
 SIP phones register at it and call each other and, through lines and trunks of
 carriers, the world. It is set up and watched in its window (openmss) or from
 the command line (openmss-cli); the service openmss.service runs it without a
 window and is enabled on request: systemctl enable --now openmss
 .
 Recordings of one's own in /opt/sipserver/mss_ann/cust_ann replace the
 announcements of the same name; no upgrade and no removal touches them.
"""


def make(
    folder: Path, work: Path, out: Path, version: str, pages: Mapping[str, str], root: Path = ROOT
) -> Path:
    """Build the package for this machine's architecture; where it is."""
    if shutil.which("dpkg-deb") is None:
        raise BuildError("dpkg-deb is missing: a Debian package is made on Debian or Ubuntu")
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    tree = work / "debian"
    shutil.rmtree(tree, ignore_errors=True)
    not_ours = shutil.ignore_patterns(opus.LINUX_NAME, "cust_ann")
    shutil.copytree(folder, tree / PREFIX, symlinks=True, ignore=not_ours)
    run_paths.clean(tree)
    settle_modes(tree / PREFIX)
    environment = reproducible(root)
    moment = int(environment["SOURCE_DATE_EPOCH"])
    add_system_files(tree, root, pages)
    add_documents(tree / "usr" / "share" / "doc" / "openmss", debian_version(version), moment)
    control = tree / "DEBIAN"
    control.mkdir()
    libc = newest_glibc(tree / PREFIX)
    text = control_text(debian_version(version), architecture, size(tree) // 1024, libc)
    (control / "control").write_text(text, encoding="utf-8")
    for name in SCRIPTS:
        script = (root / "installer" / "debian" / name).read_text(encoding="utf-8")
        (control / name).write_text(script.replace("@VERSION@", debian_version(version)), encoding="utf-8")
        (control / name).chmod(0o755)
    set_times(tree, moment)
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"openmss_{debian_version(version)}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made)]
    if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        raise BuildError("dpkg-deb failed (see above)")
    return made


def add_system_files(tree: Path, root: Path, pages: Mapping[str, str]) -> None:
    """Commands on PATH, desktop entry, icons, manual pages, the service's unit."""
    share = tree / "usr" / "share"
    commands = tree / "usr" / "bin"
    commands.mkdir(parents=True)
    for name in ("openmss", "openmss-cli"):
        (commands / name).symlink_to(Path("/") / PREFIX / name)
    for name, target in (
        ("openmss.desktop", share / "applications"),
        ("openmss.service", tree / "lib" / "systemd" / "system"),
    ):
        target.mkdir(parents=True)
        shutil.copyfile(root / "installer" / "debian" / name, target / name)
    picture = root / "resources" / "icons" / "openmss.svg"
    for pixels in LINUX_SIZES:
        icons = share / "icons" / "hicolor" / f"{pixels}x{pixels}" / "apps"
        icons.mkdir(parents=True)
        (icons / "openmss.png").write_bytes(draw(picture, pixels))
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(picture, scalable / "openmss.svg")
    manual = share / "man" / "man1"
    manual.mkdir(parents=True)
    for name, text in pages.items():
        (manual / f"{name}.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def settle_modes(folder: Path) -> None:
    """Let nothing be executable but programs: libraries are loaded."""
    for path in folder.rglob("*.so*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o644)


def add_documents(folder: Path, version: str, moment: int) -> None:
    """The copyright, and where what has changed is told."""
    folder.mkdir(parents=True)
    (folder / "copyright").write_text(COPYRIGHT, encoding="utf-8")
    changes = (
        f"openmss ({version}) stable; urgency=medium\n\n"
        "  * The release notes tell what has changed.\n\n"
        f" -- {MAINTAINER}  {email.utils.formatdate(moment)}\n"
    )
    (folder / "changelog.gz").write_bytes(gzip.compress(changes.encode(), 9, mtime=0))


def control_text(version: str, architecture: str, kib: int, libc: str) -> str:
    """The package's control file."""
    fields = {
        "Package": "openmss",
        "Version": version,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Section": "comm",
        "Priority": "optional",
        "Installed-Size": str(kib),
        "Depends": ", ".join((f"libc6 (>= {libc})", *DEPENDS)),
        "Recommends": ", ".join(RECOMMENDS),
        "Description": DESCRIPTION.rstrip(),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def debian_version(version: str) -> str:
    """The version as dpkg orders it: what comes before a release sorts before it ("1.0rc1" -> "1.0~rc1")."""
    return re.sub(r"(?<=\d)\.?(a|b|rc|dev)(?=\d)", r"~\1", version)


def newest_glibc(folder: Path) -> str:
    """The oldest C library that everything in the folder runs with, as "2.35"."""
    programs = [path for path in folder.rglob("*") if path.is_file() and is_elf(path)]
    return ".".join(map(str, max(glibc_of(programs), default=(2, 31))))


def glibc_of(programs: Iterable[Path]) -> Iterable[tuple[int, int]]:
    """The versions of the C library that programs and libraries ask for."""
    for path in programs:
        listing = subprocess.run(["objdump", "-T", str(path)], capture_output=True, text=True, check=False)
        for first, second in re.findall(r"GLIBC_(\d+)\.(\d+)", listing.stdout):
            yield int(first), int(second)


def is_elf(path: Path) -> bool:
    """Whether a file is a program or library of Linux."""
    if path.is_symlink():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
