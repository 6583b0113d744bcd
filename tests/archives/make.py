"""Archives for the tests: of every kind, also as Chinese Windows writes them, and some that no program writes."""
import bz2
import ctypes
import gzip
import io
import locale
import lzma
import struct
import subprocess
import tarfile
import zipfile
import zlib


def zip_of(files, stored=False, system=3):
    """Names are text, which Python marks as UTF-8 where it must, or bytes, which are put in unmarked."""
    out = io.BytesIO()
    raw = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(files):
            if isinstance(name, bytes):
                place = f"%{number}%".ljust(len(name), "_")
                raw[place.encode()] = name
                name = place
            entry = zipfile.ZipInfo(name)
            entry.create_system = system
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    made = out.getvalue()
    for place, name in raw.items():
        made = made.replace(place, name)
    return made


def tar_of(files, encoding="utf-8"):
    """A value that is no bytes is the kind of a thing that is no file, or what a link leads to."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", encoding=encoding, format=tarfile.GNU_FORMAT) as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            if isinstance(data, bytes):
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
                continue
            entry.type, entry.linkname = data
            archive.addfile(entry)
    return out.getvalue()


def compressed(data):
    """The same bytes by every compression: ending -> bytes."""
    return {".gz": gzip.compress(data, mtime=0), ".bz2": bz2.compress(data), ".xz": lzma.compress(data),
            ".zst": subprocess.run(["zstd", "-q", "-c"], input=data, capture_output=True, check=True).stdout}


def by_libarchive(path, kind, files, options=b"", password=None):
    """What Python cannot write: 7z, and a zip with a password."""
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    library = ctypes.CDLL("libarchive.so.13")
    for name in "archive_write_new", "archive_entry_new":
        getattr(library, name).restype = ctypes.c_void_p
    archive = ctypes.c_void_p(library.archive_write_new())
    getattr(library, f"archive_write_set_format_{kind}")(archive)
    assert not options or library.archive_write_set_options(archive, options) == 0
    if password:
        library.archive_write_set_passphrase(archive, password)
    assert library.archive_write_open_filename(archive, str(path).encode()) == 0
    for name, data in files:
        entry = ctypes.c_void_p(library.archive_entry_new())
        library.archive_entry_set_pathname_utf8(entry, name.encode())
        library.archive_entry_set_size(entry, ctypes.c_int64(len(data)))
        library.archive_entry_set_filetype(entry, 0o100000)
        library.archive_entry_set_perm(entry, 0o644)
        assert library.archive_write_header(archive, entry) == 0
        library.archive_write_data(archive, data, ctypes.c_size_t(len(data)))
        library.archive_entry_free(entry)
    library.archive_write_close(archive)
    library.archive_write_free(archive)


def rar_of(files, is_locked=False):
    """RAR 4, stored: no free program writes any. https://www.rarlab.com/technote.htm describes its successor."""
    def block(kind, flags, body):
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xffff) + head

    made = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, data in files:
        raw = name if isinstance(name, bytes) else name.encode()
        fields = struct.pack("<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0, 20, 0x30, len(raw), 0o100644)
        made += block(0x74, 0x8000 | (0x04 if is_locked else 0), fields + raw) + data
    return made + block(0x7b, 0x4000, b"")


def many_folders(count):
    """A tar of that many folders, gzipped: headers only."""
    entry = tarfile.TarInfo("d/")
    entry.type = tarfile.DIRTYPE
    return gzip.compress(entry.tobuf() * count + bytes(1024), compresslevel=1, mtime=0)
