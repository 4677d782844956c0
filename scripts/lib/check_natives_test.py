"""check_natives_test.py: check_natives finds what is wrong with a DLL. Each test breaks one thing in the mfvcam-source.dll that
the preset windows-x64 has built, and wants that check to fail, and no other.
"""

import shutil
import struct
import tempfile
import unittest
from pathlib import Path

import pefile

import check_natives
from check_natives import BUILDS, FILES, ROOT

PRESET = "windows-x64"
BUILD = BUILDS[PRESET]
BIN = ROOT / "build" / BUILD.folder / "bin"
FILE = next(file for file in FILES if file.path == "mfvcam-source.dll")
GOOD = (BIN / FILE.path).read_bytes()


def edited(edit):
    """The DLL with its headers changed by edit(pe)."""
    pe = pefile.PE(data=GOOD, fast_load=True)
    pe.parse_data_directories(check_natives.PARSED)
    edit(pe)
    return bytes(pe.write())


def with_flag_off(bit):
    def edit(pe):
        pe.OPTIONAL_HEADER.DllCharacteristics &= ~bit
    return edited(edit)


def replaced(old, new, encoding="ascii"):
    old, new = old.encode(encoding), new.encode(encoding)
    assert len(old) == len(new) and old in GOOD, old
    return GOOD.replace(old, new)


def with_late_import(name):
    """A delay-load descriptor in place of the first bytes of .rdata, which nobody runs here."""
    def edit(pe):
        section = next(each for each in pe.sections if each.Name.startswith(b".rdata"))
        at = section.VirtualAddress
        thunk, text, hint = at + 32, at + 64, at + 96
        pe.set_bytes_at_rva(at, struct.pack("<8I", 1, text, thunk, thunk, thunk, 0, 0, 0))
        pe.set_bytes_at_rva(thunk, struct.pack("<2Q", hint, 0))
        pe.set_bytes_at_rva(text, name.encode() + b"\0")
        pe.set_bytes_at_rva(hint, b"\0\0function\0")
        directory = pe.OPTIONAL_HEADER.DATA_DIRECTORY[13]
        directory.VirtualAddress, directory.Size = at, 64
    return edited(edit)


class CheckNatives(unittest.TestCase):
    def assert_fails(self, data, name, said, build=BUILD):
        failed = {check: text for check, passed, text in check_natives.check(data, FILE, build) if not passed}
        self.assertEqual([name], list(failed), failed)
        self.assertIn(said, failed[name])

    def test_a_good_one_passes(self):
        self.assertEqual([], [result for result in check_natives.check(GOOD, FILE, BUILD) if not result[1]])

    def test_no_pe_file(self):
        self.assert_fails(b"MZ and no more", "format", "build it again")

    def test_machine(self):
        def arm(pe):
            pe.FILE_HEADER.Machine = 0xAA64

        def program(pe):
            pe.FILE_HEADER.Characteristics &= ~0x2000
        self.assert_fails(edited(arm), "machine", "is for ARM64 (0xaa64), not for x64")
        self.assert_fails(edited(program), "machine", "the header says program")

    def test_exports(self):
        self.assert_fails(replaced("DllCanUnloadNow", "DllCanUnload@12"), "exports", "decorated: DllCanUnload@12")
        self.assert_fails(replaced("DllCanUnloadNow", "_llCanUnloadNow"), "exports", "decorated: _llCanUnloadNow")
        self.assert_fails(replaced("DllCanUnloadNow", "DllCanUnloadYet"), "exports",
                          "missing: DllCanUnloadNow; unexpected: DllCanUnloadYet")

    def test_imports(self):
        self.assert_fails(replaced("MFPlat.DLL", "NoSuch.DLL"), "imports", "nosuch.dll besides")
        self.assert_fails(GOOD, "imports", "msvcrt.dll besides", BUILD._replace(runtime="ucrt"))
        self.assert_fails(replaced("msvcrt.dll", "ole32.dll\0"), "imports", "no C runtime, where msvcrt is expected")
        self.assert_fails(with_late_import("late.dll"), "imports", "late: late.dll; only none may be")

    def test_addresses(self):
        def fixed(pe):
            pe.OPTIONAL_HEADER.DATA_DIRECTORY[5].Size = 0
        self.assert_fails(with_flag_off(0x40), "addresses", "DYNAMIC_BASE not set")
        self.assert_fails(with_flag_off(0x20), "addresses", "HIGH_ENTROPY_VA not set")
        self.assert_fails(edited(fixed), "addresses", "no relocations")

    def test_execution(self):
        def writable(pe):
            pe.sections[0].Characteristics |= 0x80000000
        self.assert_fails(with_flag_off(0x100), "execution", "NX_COMPAT not set")
        self.assert_fails(edited(writable), "execution", "both written and executed: .text")

    def test_guard(self):
        self.assert_fails(GOOD, "guard", "GUARD_CF not set", BUILD._replace(guard=True))

    def test_paths(self):
        for text in (f"in {ROOT}/native", f"in {Path.home()}/x"):
            for encoding in ("utf-8", "utf-16-le"):
                self.assert_fails(GOOD + b"\1" + text.encode(encoding), "paths", f"as {encoding}")
        for text in ("/build/mingw/crt.c", "C:\\agent\\mfvcam.pdb", "D:/a/mfvcam/dll.cpp"):
            for encoding in ("utf-8", "utf-16-le"):
                self.assert_fails(GOOD + b"\0\0" + text.encode(encoding), "paths", repr(text)[1:-1])

    def test_version(self):
        def older(pe):
            pe.VS_FIXEDFILEINFO[0].FileVersionLS = 9

        def without(pe):
            pe.OPTIONAL_HEADER.DATA_DIRECTORY[2].VirtualAddress = 0
        text = "utf-16-le"
        self.assert_fails(replaced("0.1.0", "0.1.9", text), "version", "FileVersion is '0.1.9', not '0.1.0'")
        self.assert_fails(edited(older), "version", "FILEVERSION is 0.1.0.9, not 0.1.0.0")
        self.assert_fails(replaced("mfvcam-source.dll", "mfvcam-sauce.dll\0", text), "version", "mfvcam-sauce.dll")
        self.assert_fails(replaced("LegalCopyright", "IllegalPrinted", text), "version", "LegalCopyright is missing")
        self.assert_fails(edited(without), "version", "there is none")

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / BUILD.folder / "bin"
            shutil.copytree(BIN, copy)
            (copy / FILE.path).rename(copy / "mfvcam-sauce.dll")
            failed = {(path, check): text for path, check, passed, text in check_natives.check_build(PRESET, Path(folder))
                      if not passed}
            self.assertEqual([(FILE.path, "file"), ("mfvcam-sauce.dll", "file")], list(failed), failed)


if __name__ == "__main__":
    unittest.main()
