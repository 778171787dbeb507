"""A clean Debian in a folder: fetched once, copied for each test, entered by chroot."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

import pytest

PACKAGES = ("ca-certificates", "libopus0", "zlib1g")  # what ours asks for, beyond a smallest Debian
ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "DEBIAN_FRONTEND": "noninteractive",
    "LC_ALL": "C.UTF-8",
}


def base_system(release: str = "", more: tuple[str, ...] = ()) -> Path:
    """The folder with an untouched system, of this machine's release or another; fetched the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "openmss"
    release = release or platform_release()
    packages = (*PACKAGES, *more)
    base = cache / "+".join((f"debian-{release}", *packages))
    if not base.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as fresh:
            target = Path(fresh) / "system"
            command = [
                "debootstrap",
                "--variant=minbase",
                f"--include={','.join(packages)}",
                release,
                str(target),
            ]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            target.rename(base)
    return base


def fetched(release: str = "", more: tuple[str, ...] = ()) -> Path:
    """The same for a test, which is skipped where there is nothing to fetch it with or from."""
    if os.geteuid() != 0:
        pytest.skip("installing into a clean system needs root")
    if shutil.which("debootstrap") is None:
        pytest.skip("debootstrap is not installed")
    try:
        return base_system(release, more)
    except subprocess.CalledProcessError as failure:
        pytest.skip(f"no clean Debian could be fetched (offline?): {failure}")


def platform_release() -> str:
    """The code name of this machine's Debian."""
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    found = dict(line.partition("=")[::2] for line in lines)
    return found.get("VERSION_CODENAME", "stable").strip('"')


class CleanSystem:
    """A copy of the base system with its own /proc; use it as a context."""

    def __init__(self, base: Path, root: Path) -> None:
        self._base = base
        self.root = root

    def __enter__(self) -> CleanSystem:
        subprocess.run(["cp", "--archive", "--reflink=auto", str(self._base), str(self.root)], check=True)
        subprocess.run(["mount", "-t", "proc", "proc", str(self.root / "proc")], check=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["umount", "--lazy", str(self.root / "proc")], check=True)

    def path(self, inside: str) -> Path:
        """A path of the system, as seen from outside."""
        return self.root / inside.lstrip("/")

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command inside, as root."""
        done = subprocess.run(
            [*self.enter(), *command], capture_output=True, text=True, check=False, env=ENVIRONMENT
        )
        assert not check or done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
        return done

    def enter(self) -> list[str]:
        """The words before a command that is to run inside."""
        return ["chroot", str(self.root)]

    def install(self, package: Path, *, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Install a package file with dpkg."""
        inside = self.bring(package)
        done = self.run("dpkg", "--install", inside, check=check)
        self.path(inside).unlink()
        return done

    def bring(self, file: Path) -> str:
        """Copy a file into the system; where it is there."""
        shutil.copyfile(file, self.path(f"/srv/{file.name}"))
        return f"/srv/{file.name}"


def repacked(package: Path, version: str, folder: Path) -> Path:
    """The same package as if it were another version, with a file that only this version has."""
    tree = folder / version
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(tree)], check=True)
    old = subprocess.run(
        ["dpkg-deb", "--field", str(package), "Version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    control = tree / "DEBIAN" / "control"
    control.write_text(
        control.read_text(encoding="utf-8").replace(f"Version: {old}\n", f"Version: {version}\n")
    )
    script = tree / "DEBIAN" / "preinst"
    script.write_text(script.read_text(encoding="utf-8").replace(old, version))
    (tree / "opt" / "sipserver" / f"only-in-{version}").touch()
    made = folder / f"openmss-{version}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(made)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made
