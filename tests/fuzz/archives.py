#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds for the fuzzer `archive`: small files of each kind, each behind a byte that says how it is cut.

archives.py FOLDER
"""
import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import zipfile

members = {"a.txt": b"One.\nTwo.\n", "b/c.txt": b"Three.", "d.html": b"No."}


def tar(format):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()[:4096]


def zipped(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


seeds = {"gz": gzip.compress(b"One.\nTwo.\n", mtime=0) * 2, "bz2": bz2.compress(b"One.\nTwo.\n") * 2,
         "xz": lzma.compress(b"One.\nTwo.\n"), "zst": b"\x28\xb5\x2f\xfd\x20\x05\x29\0\0One.\n",
         "ustar": tar(tarfile.USTAR_FORMAT), "gnu": tar(tarfile.GNU_FORMAT), "pax": tar(tarfile.PAX_FORMAT),
         "zip": zipped(zipfile.ZIP_STORED), "deflate": zipped(zipfile.ZIP_DEFLATED),
         "tgz": gzip.compress(tar(tarfile.USTAR_FORMAT), mtime=0)}
for name, data in seeds.items():
    for how in (0, 1, 3):
        with open(os.path.join(sys.argv[1], f"{name}-{how}"), "wb") as file:
            file.write(bytes([how]) + data)
