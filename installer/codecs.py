"""Leaves of the codec library's wheel what we use: G.722, Opus and the code around them.

PyAV's wheels bring FFmpeg with every codec there is, 45 MiB of them for video, and x264 and x265 stand under
the GPL. FFmpeg's libraries do not load without these, but call them only where such a codec is asked for. So
each is replaced by a stand-in that has its name and the names asked of it, and says no: functions give 0.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from installer.faults import BuildError

_OURS = re.compile(r"(lib)?(avcodec|avdevice|avfilter|avformat|avutil|swresample|swscale|opus)[-.]")
_SUPPORT = re.compile(r"libgcc_s|libstdc\+\+|libwinpthread|zlib|libz[-.]")  # small, and really used

CHECK = """\
import sys
sys.path.insert(0, sys.argv[1])
import av, numpy
for name, rate in (("g722", 16000), ("libopus", 48000)):
    encoder, decoder = av.CodecContext.create(name, "w"), av.CodecContext.create(name, "r")
    encoder.sample_rate, encoder.layout, encoder.format = rate, "mono", "s16"
    decoder.sample_rate, decoder.layout = rate, "mono"
    tone = (9000 * numpy.sin(numpy.arange(rate) * (2 * numpy.pi * 440 / rate))).astype(numpy.int16)
    heard = []
    for start in range(0, rate, rate // 50):
        piece = tone[None, start : start + rate // 50]
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, start
        for packet in encoder.encode(frame):
            heard += [each.to_ndarray().ravel() for each in decoder.decode(av.Packet(bytes(packet)))]
    sound = numpy.concatenate(heard).astype(float)
    spectrum = numpy.abs(numpy.fft.rfft(sound[rate // 10 : rate // 10 + rate // 2]))
    assert abs(2 * int(spectrum.argmax()) - 440) <= 4, (name, spectrum.argmax())
print("codecs: g722 and opus carry a tone")
"""


def lay_out_check(packages: Path, bundle: Path, scratch: Path) -> tuple[Path, Path]:
    """Put PyAV together from its modules and the bundle's libraries; where, and a program that tries it."""
    tried = scratch / "tried"
    shutil.rmtree(tried, ignore_errors=True)
    shutil.copytree(packages / "av", tried / "av")
    shutil.copytree(bundle / "av.libs", tried / "av.libs")
    program = scratch / "check_codecs.py"
    program.write_text(CHECK, encoding="utf-8")
    return tried, program


@dataclass(slots=True)
class StandIn:
    """What others ask of a library: functions, and variables; with the symbol's version where it has one."""

    functions: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    versions: dict[str, str] = field(default_factory=dict)


def thin(packages: Path, scratch: Path) -> list[str]:
    """Replace what we do not use in `av.libs` of a folder with packages; the names of what has gone."""
    libraries = sorted(path for path in (packages / "av.libs").glob("*") if path.is_file())
    if not libraries:
        raise BuildError(f"{packages} has no av.libs: is PyAV packed another way now?")
    scratch.mkdir(parents=True, exist_ok=True)
    kept = [path for path in libraries if _OURS.match(path.name)]
    tools = Windows() if kept[0].suffix == ".dll" else Linux()
    kept += [path for path in libraries if _SUPPORT.match(path.name)]
    needed = {name for path in kept for name in tools.needs(path)}
    asking = [*kept, *sorted((packages / "av").rglob("*.so")), *sorted((packages / "av").rglob("*.pyd"))]
    gone = []
    for library in libraries:
        if library in kept:
            continue
        gone.append(library.name)
        if library.name in needed:
            tools.build(tools.wanted(library, asking), library, scratch)
        else:
            library.unlink()
    return gone


class Linux:
    """Libraries of Linux, read with binutils and made with gcc."""

    def needs(self, library: Path) -> list[str]:
        """The libraries that one asks for."""
        return re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "--dynamic", "--wide", library))

    def wanted(self, library: Path, asking: Iterable[Path]) -> StandIn:
        """What the others ask of this one."""
        undefined = {}
        for path in asking:
            for symbol in re.findall(r"^\s+[Uw] (\S+)$", run("nm", "-D", "--undefined-only", path), re.M):
                name, _, version = symbol.partition("@")
                undefined[name] = version.lstrip("@")
        found = StandIn()
        listing = run("nm", "-D", "--defined-only", library)
        for kind, symbol in re.findall(r"^[0-9a-f]+ (\w) (\S+)$", listing, re.M):
            name = symbol.partition("@")[0]
            if name in undefined:
                (found.functions if kind in "TWi" else found.variables).add(name)
                if undefined[name]:
                    found.versions[name] = undefined[name]
        return found

    def build(self, wanted: StandIn, library: Path, scratch: Path) -> None:
        """Compile the stand-in to the library's place."""
        source, script = scratch / "stand_in.c", scratch / "stand_in.map"
        source.write_text(source_text(wanted, ""), encoding="utf-8")
        options: list[str | Path] = ["-shared", "-fPIC", "-nostdlib", "-s", f"-Wl,-soname,{library.name}"]
        if wanted.versions:
            script.write_text(version_script(wanted.versions), encoding="utf-8")
            options.append(f"-Wl,--version-script={script}")
        run("gcc", *options, source, "-o", library)


class Windows:
    """Libraries of Windows, read with pefile (binutils cannot read what the wheel's makers have patched)."""

    def needs(self, library: Path) -> list[str]:
        """The libraries that one asks for."""
        return list(imports(library))

    def wanted(self, library: Path, asking: Iterable[Path]) -> StandIn:
        """What the others ask of this one."""
        code = functions_of(library)
        found = StandIn()
        for path in asking:
            for name in imports(path).get(library.name, ()):
                (found.functions if name in code else found.variables).add(name)
        return found

    def build(self, wanted: StandIn, library: Path, scratch: Path) -> None:
        """Compile the stand-in to the library's place."""
        source = scratch / "stand_in.c"
        entry = "int __stdcall DllMain(void *h, unsigned r, void *p) { return 1; }\n"
        source.write_text(source_text(wanted, "__declspec(dllexport) ") + entry, encoding="utf-8")
        options = ("-shared", "-nostdlib", "-s", "-e", "DllMain")
        run("x86_64-w64-mingw32-gcc", *options, source, "-o", library)


def imports(library: Path) -> dict[str, list[str]]:
    """The names that a library of Windows asks for, by the library it asks."""
    import pefile

    with closing(pefile.PE(str(library), fast_load=True)) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]])
        return {
            entry.dll.decode(): [each.name.decode() for each in entry.imports if each.name]
            for entry in getattr(image, "DIRECTORY_ENTRY_IMPORT", ())
        }


def functions_of(library: Path) -> set[str]:
    """The names that a library of Windows offers and that lie in its code."""
    import pefile

    with closing(pefile.PE(str(library), fast_load=True)) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
        executable = pefile.SECTION_CHARACTERISTICS["IMAGE_SCN_MEM_EXECUTE"]
        code = [
            range(section.VirtualAddress, section.VirtualAddress + section.Misc_VirtualSize)
            for section in image.sections
            if section.Characteristics & executable
        ]
        return {
            symbol.name.decode()
            for symbol in image.DIRECTORY_ENTRY_EXPORT.symbols
            if symbol.name and any(symbol.address in part for part in code)
        }


def source_text(wanted: StandIn, mark: str) -> str:
    """The stand-in in C."""
    functions = [f"{mark}long long {name}(void) {{ return 0; }}" for name in sorted(wanted.functions)]
    variables = [f"{mark}char {name}[4096] = {{0}};" for name in sorted(wanted.variables)]
    return "\n".join((*functions, *variables, ""))


def version_script(versions: Mapping[str, str]) -> str:
    """The linker's script that gives symbols their versions."""
    nodes: dict[str, list[str]] = {}
    for name, version in sorted(versions.items()):
        nodes.setdefault(version, []).append(name)
    return "".join(f"{version} {{ global: {'; '.join(names)}; }};\n" for version, names in nodes.items())


def run(*command: str | Path) -> str:
    """Run a tool; BuildError with what it said where it is missing or fails."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    except OSError as error:
        raise BuildError(f"{command[0]} is missing, without which codecs cannot be left out") from error
    if done.returncode:
        raise BuildError(f"{command[0]} failed:\n{done.stderr[-3000:]}")
    return done.stdout
