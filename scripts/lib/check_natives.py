"""check_natives.py [PRESET...]: reads the DLLs and programs of a build without running them.

A line for each of them and each check; status 1 if one of them failed. A preset names its folder, build/PRESET/bin, and what
is to be found there: BUILDS. The files, what they export and what they may import: FILES. Needs pefile; scripts/check-natives
has it installed.
"""

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pefile

ROOT = Path(__file__).resolve().parents[2]

# The other directories take seconds and tell nothing here.
PARSED = [pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_" + name] for name in ("EXPORT", "IMPORT", "DELAY_IMPORT", "RESOURCE")]
MACHINES = {0x8664: "x64", 0x14C: "x86", 0xAA64: "ARM64"}


class Build(NamedTuple):
    folder: str  # below build/
    machine: str
    runtime: str  # "ucrt" and "msvcrt" are Windows' DLLs; "static": of no DLL
    guard: bool  # whether the linker gives Control Flow Guard


BUILDS = {
    "windows-x64": Build("windows-x64", "x64", "msvcrt", False),
    "windows-x64-zig": Build("windows-x64-zig", "x64", "ucrt", False),
    "windows-x86": Build("windows-x86", "x86", "ucrt", False),
    "windows-arm64": Build("windows-arm64", "ARM64", "ucrt", False),
    "msvc-x64": Build("windows-x64", "x64", "static", True),
    "msvc-x86": Build("windows-x86", "x86", "static", True),
    "msvc-arm64": Build("windows-arm64", "ARM64", "static", True),
}


class File(NamedTuple):
    path: str
    exports: list  # the .def files
    imports: set  # what it may import besides the C runtime: DLLs that every Windows 10 has
    late: set  # and what it may import late, at the first call


FILES = [
    # No Media Foundation: it must load on a Windows 10 N, too, and say what is missing.
    File("mfvcam.dll", ["bridge/mfvcam.def"], {"kernel32.dll", "ole32.dll"}, {"mfsensorgroup.dll"}),
    File("mfvcam-source.dll", ["source/mfvcam-source.def"],
         {"kernel32.dll", "ole32.dll", "advapi32.dll", "mfplat.dll", "ntdll.dll"}, set()),
    File("simulator/mfsensorgroup.dll", ["abi/mfsensorgroup.def", "simulator/simulator.def"],
         {"kernel32.dll", "ole32.dll", "advapi32.dll", "mfplat.dll", "ntdll.dll"}, set()),
    File("simulator/mfvcam-frameserver.exe", [],
         {"kernel32.dll", "ole32.dll", "advapi32.dll", "mfplat.dll", "ntdll.dll", "shell32.dll"}, set()),
]


class Wrong(Exception):
    """What was wrong, the value, what to do."""


class Image:
    def __init__(self, data, name, file, build):
        self.data, self.name, self.file, self.build = data, name, file, build
        try:
            self.pe = pefile.PE(data=data, fast_load=True)
            self.pe.parse_data_directories(PARSED)
        except pefile.PEFormatError as error:
            raise Wrong(f"is no PE file ({error}): build it again") from error

    def directory(self, name):
        entries = self.pe.OPTIONAL_HEADER.DATA_DIRECTORY
        return next((entry for entry in entries if entry.name == "IMAGE_DIRECTORY_ENTRY_" + name), None)

    def flag(self, name):
        return getattr(self.pe.OPTIONAL_HEADER, "IMAGE_DLLCHARACTERISTICS_" + name)

    def imported(self, kind):
        return {entry.dll.decode().lower() for entry in getattr(self.pe, "DIRECTORY_ENTRY_" + kind, [])}


def listed(names):
    return " ".join(sorted(names)) or "none"


def machine(image):
    value = image.pe.FILE_HEADER.Machine
    is_for = MACHINES.get(value, "another machine")
    if is_for != image.build.machine:
        raise Wrong(f"is for {is_for} (0x{value:x}), not for {image.build.machine}: see MFVCAM_ARCH in CMakePresets.json")
    library = bool(image.pe.FILE_HEADER.IMAGE_FILE_DLL)
    if library != image.name.endswith(".dll"):
        raise Wrong(f"the header says {'DLL' if library else 'program'}, the name {image.name}: one of them is wrong")
    return f"{is_for}, {'DLL' if library else 'program'}"


def exports(image):
    wanted = set()
    for definition in image.file.exports:
        text = (ROOT / "native" / definition).read_text(encoding="utf-8")
        wanted.update(re.findall(r"^    (\w+)", text, re.MULTILINE))
    symbols = getattr(image.pe, "DIRECTORY_ENTRY_EXPORT", None)
    found = {symbol.name.decode() if symbol.name else f"#{symbol.ordinal}" for symbol in symbols.symbols} if symbols else set()
    decorated = {name for name in found - wanted if re.match(r"[_?@]|.*@\d+$", name)}
    if decorated:
        raise Wrong(f"decorated: {listed(decorated)}; COM, the JVM and mfvcam.h's users look for plain names: "
                    f"name them in {listed(image.file.exports)}")
    if found != wanted:
        raise Wrong(f"missing: {listed(wanted - found)}; unexpected: {listed(found - wanted)}; "
                    f"the list is {listed(image.file.exports)}")
    return f"{len(found)}, as listed"


def is_runtime(name, runtime):
    return {"ucrt": name.startswith("api-ms-win-crt-"), "msvcrt": name == "msvcrt.dll"}.get(runtime, False)


def imports(image):
    found = image.imported("IMPORT")
    runtime = {name for name in found if is_runtime(name, image.build.runtime)}
    late = image.imported("DELAY_IMPORT")
    unexpected = found - runtime - image.file.imports
    if unexpected:
        raise Wrong(f"{listed(unexpected)} besides the C runtime ({image.build.runtime}) and {listed(image.file.imports)}: do "
                    "without, or link it statically; if every Windows 10 has it, add it to FILES in scripts/lib/check_natives.py")
    if not runtime and image.build.runtime != "static":
        raise Wrong(f"no C runtime, where {image.build.runtime} is expected: see BUILDS in scripts/lib/check_natives.py")
    if late - image.file.late:
        raise Wrong(f"late: {listed(late - image.file.late)}; only {listed(image.file.late)} may be")
    return f"{listed(found - runtime)}; C runtime {image.build.runtime}; late {listed(late)}"


def addresses(image):
    """ASLR: flags alone do nothing where the relocations are missing."""
    wanted = ["DYNAMIC_BASE"] + (["HIGH_ENTROPY_VA"] if image.build.machine != "x86" else [])
    missing = [name for name in wanted if not image.flag(name)]
    if missing:
        raise Wrong(f"{listed(missing)} not set: see the linker's flags in native/toolchains")
    relocations = image.directory("BASERELOC")
    if image.pe.FILE_HEADER.IMAGE_FILE_RELOCS_STRIPPED or relocations is None or relocations.Size == 0:
        raise Wrong("no relocations, so it can be loaded at one address only: do not strip them")
    return listed(wanted)


def execution(image):
    """DEP, and no section that is both written and executed."""
    if not image.flag("NX_COMPAT"):
        raise Wrong("NX_COMPAT not set: see the linker's flags in native/toolchains")
    both = [section.Name.rstrip(b"\0").decode() for section in image.pe.sections
            if section.IMAGE_SCN_MEM_WRITE and section.IMAGE_SCN_MEM_EXECUTE]
    if both:
        raise Wrong(f"sections that may be both written and executed: {listed(both)}")
    return "NX_COMPAT"


def guard(image):
    if image.build.guard and not image.flag("GUARD_CF"):
        raise Wrong("GUARD_CF not set: /guard:cf must reach both the compiler and the linker")
    return "GUARD_CF" if image.flag("GUARD_CF") else "none: this toolchain gives no Control Flow Guard"


def paths(image):
    """Neither folders of this machine anywhere, nor in the data whatever looks like an absolute path."""
    folders = {str(ROOT), str(Path.home()), os.environ.get("MFVCAM_CACHE", "")} - {"", "/"}
    for folder in sorted(folders):
        for encoding in ("utf-8", "utf-16-le"):
            if folder.encode(encoding) in image.data:
                raise Wrong(f"{folder} is in it, as {encoding}: see -ffile-prefix-map in native/toolchains")
    sections = image.pe.sections
    data = [section.get_data() for section in sections if not section.IMAGE_SCN_MEM_EXECUTE]
    data.append(image.pe.get_overlay() or b"")
    looks_absolute = r"(?:^|(?<=\0))/\w[\w.+-]*/[ -~]{4,}|[A-Za-z]:[\\/][\w.+-]+[\\/][ -~]{4,}"
    for part in data:
        for text in (part.decode("latin-1"), part.decode("utf-16-le", "replace")):
            found = re.search(looks_absolute, text, re.ASCII)
            if found:
                raise Wrong(f"{found.group()[:200]!r} is in it: what put it there?")
    return "none of this machine"


def version(image):
    """The version resource: version.rc.in, with the version of the project."""
    wanted = re.search(r"project\(mfvcam VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)
    entries = [entry for info in getattr(image.pe, "FileInfo", []) for entry in info]
    tables = [table for entry in entries for table in getattr(entry, "StringTable", [])]
    if not tables:
        raise Wrong("there is none: see mfvcam_version in native/CMakeLists.txt")
    strings = {key.decode(): value.decode() for key, value in tables[0].entries.items()}
    expected = {"FileVersion": wanted, "ProductVersion": wanted, "OriginalFilename": image.name, "InternalName": image.name,
                "CompanyName": "mfvcam", "ProductName": "mfvcam"}
    for key, value in expected.items():
        if strings.get(key) != value:
            raise Wrong(f"{key} is {strings.get(key)!r}, not {value!r}: see native/version.rc.in")
    for key in ("FileDescription", "LegalCopyright"):
        if not strings.get(key):
            raise Wrong(f"{key} is missing: see native/version.rc.in")
    fixed = image.pe.VS_FIXEDFILEINFO[0]
    for name, high, low in (("FILEVERSION", fixed.FileVersionMS, fixed.FileVersionLS),
                            ("PRODUCTVERSION", fixed.ProductVersionMS, fixed.ProductVersionLS)):
        numbers = f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}"
        if numbers != wanted + ".0":
            raise Wrong(f"{name} is {numbers}, not {wanted}.0: see native/version.rc.in")
    return f"{wanted}, {strings['FileDescription']}"


CHECKS = [machine, exports, imports, addresses, execution, guard, paths, version]


def check(data, file, build):
    """Every check of one file: a list of (check, whether it passed, what is to be said)."""
    name = Path(file.path).name
    try:
        image = Image(data, name, file, build)
    except Wrong as wrong:
        return [("format", False, str(wrong))]
    results = []
    for each in CHECKS:
        try:
            results.append((each.__name__, True, each(image)))
        except Wrong as wrong:
            results.append((each.__name__, False, str(wrong)))
    return results


def check_build(preset, builds=ROOT / "build"):
    build = BUILDS[preset]
    folder = builds / build.folder / "bin"
    for file in FILES:
        path = folder / file.path
        if path.is_file():
            results = check(path.read_bytes(), file, build)
        else:
            results = [("file", False, f"{path} is missing: build the preset {preset}")]
        for name, passed, said in results:
            yield file.path, name, passed, said
    known = {file.path for file in FILES}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if path.suffix in (".dll", ".exe") and relative not in known:
            yield relative, "file", False, "is not checked: add it to FILES in scripts/lib/check_natives.py"


def main(presets):
    unknown = [preset for preset in presets if preset not in BUILDS]
    if unknown or not presets:
        print(f"usage: check-natives PRESET..., of {' '.join(BUILDS)}; {listed(unknown)} is not among them", file=sys.stderr)
        return 2
    failures = 0
    for preset in presets:
        for path, name, passed, said in check_build(preset):
            failures += not passed
            print(f"{'ok    ' if passed else 'FAILED'} {preset}/{path} {name}: {said}")
    print(f"{failures} of these checks FAILED" if failures else f"{', '.join(presets)}: every check passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
