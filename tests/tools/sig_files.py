# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of executables.rules and mismatch.rules."""
import base64
import struct

import protocols as proto
from sig_base import DOWN, UP, Case, down, fetched, get, request, response, smtp, tcp, udp, web

E_LFANEW = 0x80
CODE = b"\x31\xc0\x40\xcd\x80" * 80  # compresses, so that a compressed body hides what it is
OPTIONAL = E_LFANEW + 24


def patched(data, *patches):
    """DATA with bytes replaced: (offset, bytes)."""
    out = bytearray(data)
    for offset, new in patches:
        out[offset : offset + len(new)] = new
    return bytes(out)


PE = proto.pe(1024)
DLL = patched(PE, (E_LFANEW + 22, b"\x02\x21"))
DOTNET = patched(PE, (OPTIONAL + 208, struct.pack("<II", 0x2008, 72)))
DOTNET_64 = patched(
    PE,
    (OPTIONAL, b"\x0b\x02"),
    (OPTIONAL + 92, b"\0" * 132),
    (OPTIONAL + 108, struct.pack("<I", 16)),
    (OPTIONAL + 224, struct.pack("<II", 0x2008, 72)),
)
DRIVER = patched(PE, (OPTIONAL + 68, b"\x01\x00"))
UPX = patched(
    PE, (OPTIONAL + 224, b"UPX0".ljust(40, b"\0")), (OPTIONAL + 264, b"UPX1".ljust(40, b"\0"))
)
UPX_ALIKE = patched(
    PE, (OPTIONAL + 224, b"UPX0".ljust(40, b"\0")), (OPTIONAL + 264, b"DATA".ljust(40, b"\0"))
)


def elf(kind=2, order=1, bits=1):
    end = "<" if order == 1 else ">"
    head = b"\x7fELF" + bytes([bits, order, 1]) + b"\0" * 9
    return head + struct.pack(end + "HHIII", kind, 3, 1, 0x8048000, 52) + CODE


def macho(cpu=0x01000007, kind=2):
    head = struct.pack("<IIIIIII", 0xFEEDFACF, cpu, 3, kind, 1, 72, 0x85)
    return head + b"\0" * 4 + CODE


def fat(count=2, cpu=0x01000007):
    return struct.pack(">IIIIIII", 0xCAFEBABE, count, cpu, 3, 0x1000, 0x100, 12) + CODE


def java(major=52):
    return b"\xca\xfe\xba\xbe" + struct.pack(">HHH", 0, major, 16) + b"\x0a\x00\x03" * 40


def entry(name, data=b"data", flags=0):
    """A stored member of a ZIP archive: local file header and content."""
    name = name.encode()
    head = struct.pack("<IHHHHHIII", 0x04034B50, 20, flags, 0, 0, 0, 0, len(data), len(data))
    return head + struct.pack("<HH", len(name), 0) + name + data


JAR = entry("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\r\n") + entry("A.class")
APK = entry("AndroidManifest.xml") + entry("classes.dex")
DEX = b"dex\n035\0" + b"\x11" * 32 + b"\x78\x56\x34\x12" + proto.noise(200)
B64 = base64.b64encode(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0" + b"\0" * 60).decode()
HEX = (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0").hex()
DECIMAL = ",".join(str(byte) for byte in b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0")
REFLECTIVE = b"\0metsrv.dll\0_ReflectiveLoader@4\0"
NOT_PE = b"MZ" + b"\x90" * 58 + struct.pack("<I", E_LFANEW) + proto.noise(400)

FILES = [
    Case(9000001, down(4444, b"\0\4\0\0" + PE), down(4444, b"\0\4\0\0" + NOT_PE), what="TCP"),
    Case(9000001, udp(4000, (DOWN, PE)), udp(4000, (DOWN, NOT_PE)), what="UDP"),
    Case(9000002, fetched(PE), fetched(NOT_PE)),
    Case(9000003, down(4444, DLL), down(4444, PE), (9000001,), (9000001,)),
    Case(9000004, fetched(DLL), fetched(PE), (9000002,), (9000002,)),
    Case(9000005, down(4444, DOTNET), down(4444, PE), (9000001,), (9000001,)),
    Case(9000005, down(4444, DOTNET_64), down(4444, DLL), (9000001,), (9000001, 9000003), "PE32+"),
    Case(9000006, fetched(DOTNET), fetched(PE), (9000002,), (9000002,)),
    Case(9000007, fetched(DRIVER), fetched(PE), (9000002,), (9000002,)),
    Case(9000008, down(4444, UPX), down(4444, UPX_ALIKE), (9000001,), (9000001,)),
    Case(9000009, fetched(UPX), fetched(UPX_ALIKE), (9000002,), (9000002,)),
    Case(9000010, down(4444, elf()), down(4444, elf(kind=4)), what="little-endian, against a core"),
    Case(9000010, down(4444, elf(3, 2, 2)), down(4444, elf(1, 2, 2)), what="big-endian"),
    Case(9000011, fetched(elf()), fetched(b"The mark is \x7fELF." + elf()[7:])),
    Case(9000012, down(4444, macho()), down(4444, macho(cpu=0x01000013))),
    Case(9000013, fetched(macho(0x0100000C, 6)), fetched(macho(kind=1))),
    Case(9000014, fetched(fat()), fetched(fat(cpu=0x01000013))),
    Case(9000015, fetched(java()), fetched(java(major=20))),
    Case(9000016, fetched(JAR), fetched(entry("META-INF/manifest.xml") + entry("A.class"))),
    Case(9000017, fetched(APK), fetched(entry("AndroidManifest.xml") + entry("resources.arsc"))),
    Case(9000018, fetched(DEX), fetched(DEX.replace(b"\x78\x56\x34\x12", b"\x12\x34\x56\x78"))),
    Case(9000020, down(4444, B64.encode()), down(4444, B64[4:].encode())),
    Case(9000021, down(4444, HEX.encode()), down(4444, HEX[4:].encode())),
    Case(9000022, down(4444, DECIMAL.encode()), down(4444, DECIMAL[3:].encode())),
    Case(9000023, down(4444, REFLECTIVE), down(4444, b"About ReflectiveLoader and a.dll.")),
]

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01" + proto.noise(300)
STUB = b"MZ\x90\0 and This program cannot be run in DOS mode.\r\n"
SHELL = b"#!/bin/sh\necho hello\n"


def offered(name):
    head = {"Content-Disposition": 'attachment; filename="%s"' % name}
    return web(request("/get/2"), response(b"body", "application/octet-stream", headers=head))


def mailed(name):
    part = 'Content-Disposition: attachment;\n\tfilename="%s"\n\nAAAA' % name
    return smtp("Subject: hello\nContent-Type: application/octet-stream", part)


DISGUISES = [
    Case(9000400, fetched(PE, "image/png"), fetched(PE), (9000002,), (9000002,)),
    Case(9000400, fetched(PE, "text/plain"), fetched(NOT_PE, "text/plain"), (9000002,), what="text"),
    Case(9000402, fetched(elf(), "image/png"), fetched(elf(), "text/plain"), (9000011,), (9000011,)),
    Case(9000404, fetched(SHELL, "image/gif"), fetched(SHELL, "text/plain")),
    Case(9000405, fetched(entry("a.txt"), "image/gif"), fetched(entry("a.txt"), "application/zip")),
    Case(9000406, offered("invoice.pdf.exe"), offered("invoice.exe.pdf"), what="HTTP"),
    Case(9000406, mailed("invoice.doc .scr"), mailed("invoice.v2.doc"), what="mail"),
    Case(9000407, offered("photo\u202egpj.exe"), offered("photo\u200egpj.exe")),
    Case(9000408, fetched(JPEG + STUB, "image/jpeg"), fetched(JPEG + STUB[:20], "image/jpeg")),
    Case(9000409, fetched(JPEG + B64[:22].encode()), fetched(b"GIF9" + B64[:22].encode())),
]  # fmt: skip

CASES = FILES + DISGUISES
