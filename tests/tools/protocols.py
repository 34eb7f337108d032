# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages of application protocols, and a small Windows executable, as bytes."""
import gzip
import ipaddress
import struct


def pe(size=1024, seed=1):
    """A valid PE of exactly SIZE bytes (512 at least): DOS header and stub, PE headers, one section.

    Filled by a fixed generator, so that it neither compresses away nor looks like text."""
    e_lfanew = 0x80
    dos = b"MZ" + struct.pack("<29H", 0x90, 3, 0, 4, 0, 0xFFFF, 0, 0xB8, 0, 0, 0, 0x40, *[0] * 17)
    dos += struct.pack("<I", e_lfanew)
    stub = bytes.fromhex("0e1fba0e00b409cd21b8014ccd21")
    stub += b"This program cannot be run in DOS mode.\r\r\n$"
    dos = (dos + stub).ljust(e_lfanew, b"\0")
    coff = struct.pack("<HHIIIHH", 0x14C, 1, 0x47A00000, 0, 0, 0xE0, 0x0102)
    optional = struct.pack("<HBBIIIIII", 0x10B, 8, 0, size - 512, 0, 0, 0x1000, 0x1000, 0x2000)
    optional += struct.pack("<III6H", 0x400000, 0x1000, 0x200, 4, 0, 0, 0, 4, 0)
    optional += struct.pack("<IIIIHHIIIIII", 0, 0x2000, 0x200, 0, 2, 0, *[0x100000] * 4, 0, 16)
    optional += b"\0" * 128
    section = struct.pack(
        "<8sIIIIIIHHI", b".text", 0x1000, 0x1000, size - 512, 512, 0, 0, 0, 0, 0x60000020
    )
    head = (dos + b"PE\0\0" + coff + optional + section).ljust(512, b"\0")
    return head + noise(size - 512, seed)


def noise(size, seed=1):
    """SIZE bytes of a linear congruential generator: the same on every machine."""
    out = bytearray(size)
    state = seed
    for index in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out[index] = state >> 16 & 0xFF
    return bytes(out)


def dns_name(name):
    labels = [label.encode() for label in name.rstrip(".").split(".")]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def dns_query(ident, name, kind=1):
    return (
        struct.pack("!HHHHHH", ident, 0x0100, 1, 0, 0, 0)
        + dns_name(name)
        + struct.pack("!HH", kind, 1)
    )


def dns_answer(ident, name, addresses=(), kind=1, rcode=0):
    """ADDRESSES: texts; those that are no address are CNAMEs. None and RCODE 3 is NXDOMAIN."""
    out = struct.pack("!HHHHHH", ident, 0x8180 | rcode, 1, len(addresses), 0, 0)
    out += dns_name(name) + struct.pack("!HH", kind, 1)
    for text in addresses:
        rtype, rdata = _rdata(text)
        out += struct.pack("!HHHIH", 0xC00C, rtype, 1, 300, len(rdata)) + rdata
    return out


def _rdata(text):
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return 5, dns_name(text)
    return (1 if address.version == 4 else 28), address.packed


def http_request(host, uri, method="GET", body=b""):
    head = "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: Mozilla/4.0 (compatible; MSIE 6.0)\r\n"
    head %= (method, uri, host)
    if body:
        head += "Content-Length: %d\r\n" % len(body)
    return (head + "\r\n").encode() + body


def http_response(body, content_type, status="200 OK", **options):
    """Options: chunked, gzipped (bool); length (bytes that Content-Length claims)."""
    if options.get("gzipped"):
        body = gzip.compress(body, mtime=0)
    head = "HTTP/1.1 %s\r\nServer: Apache\r\nContent-Type: %s\r\n" % (status, content_type)
    if options.get("gzipped"):
        head += "Content-Encoding: gzip\r\n"
    if options.get("chunked"):
        head += "Transfer-Encoding: chunked\r\n"
        body = chunked(body)
    else:
        head += "Content-Length: %d\r\n" % options.get("length", len(body))
    return (head + "\r\n").encode() + body


def chunked(body, size=700):
    out = b""
    for offset in range(0, len(body), size):
        part = body[offset : offset + size]
        out += b"%x\r\n" % len(part) + part + b"\r\n"
    return out + b"0\r\n\r\n"


def tftp_read(name):
    return struct.pack("!H", 1) + name.encode() + b"\0octet\0"


def tftp_data(number, data):
    return struct.pack("!HH", 3, number) + data


def tftp_ack(number):
    return struct.pack("!HH", 4, number)


def dhcp_inform(client, host_name, mac):
    """A DHCPINFORM as Windows sends it once it has an address."""
    out = struct.pack("!BBBBIHH", 1, 1, 6, 0, 0x3D1D2008, 0, 0)
    out += ipaddress.ip_address(client).packed + b"\0" * 12 + mac.ljust(16, b"\0") + b"\0" * 192
    options = b"\x63\x82\x53\x63\x35\x01\x08\x0c" + bytes([len(host_name)]) + host_name.encode()
    options += b"\x3c\x08MSFT 5.0\x37\x03\x01\x03\x06\xff"
    return out + options.ljust(64, b"\0")


def ssdp_search():
    """The M-SEARCH of Windows XP: 133 bytes."""
    return (
        b"M-SEARCH * HTTP/1.1\r\nHost:239.255.255.250:1900\r\n"
        b"ST:urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n"
        b'Man:"ssdp:discover"\r\nMX:3\r\n\r\n'
    )


# --- SMB2: the least that a file read needs -------------------------------------------------------

SMB2_NEGOTIATE, SMB2_TREE, SMB2_CREATE, SMB2_CLOSE, SMB2_READ = 0, 3, 5, 6, 8


def smb2(command, message_id, body, response=False):
    """An SMB2 message in its NetBIOS session frame (MS-SMB2 2.2.1.2)."""
    flags = 1 if response else 0
    tree = 0 if command in (SMB2_NEGOTIATE, SMB2_TREE) and not response else 5
    head = b"\xfeSMB" + struct.pack("<HHIHHIIQ", 64, 1, 0, command, 1, flags, 0, message_id)
    head += struct.pack("<IIQ", 0xFEFF, tree, 0x11) + b"\0" * 16
    return struct.pack("!I", len(head) + len(body)) + head + body


def smb2_read_dialogue(share, name, data, block=4096):
    """(side, bytes) of a client (0) that opens NAME on SHARE and reads DATA block by block."""
    guid, handle = b"\x11" * 16, b"\x22" * 16
    path, file_name = share.encode("utf-16-le"), name.encode("utf-16-le")
    yield 0, smb2(SMB2_NEGOTIATE, 0, struct.pack("<HHHHI16sQH", 36, 1, 1, 0, 0, guid, 0, 0x0202))
    body = struct.pack(
        "<HHHH16sIIIIQQHHI", 65, 1, 0x0202, 0, guid, 7, *[65536] * 3, 0, 0, 128, 0, 0
    )
    yield 1, smb2(SMB2_NEGOTIATE, 0, body, True)
    yield 0, smb2(SMB2_TREE, 1, struct.pack("<HHHH", 9, 0, 72, len(path)) + path)
    yield 1, smb2(SMB2_TREE, 1, struct.pack("<HBBIII", 16, 1, 0, 0, 0, 0x1F01FF), True)
    body = struct.pack("<HBBIQQIIIII", 57, 0, 0, 2, 0, 0, 0x120089, 0x80, 7, 1, 0x40)
    yield 0, smb2(
        SMB2_CREATE, 2, body + struct.pack("<HHII", 120, len(file_name), 0, 0) + file_name
    )
    body = struct.pack("<HBBI4QQQII", 89, 0, 0, 1, 0, 0, 0, 0, len(data), len(data), 0x80, 0)
    yield 1, smb2(SMB2_CREATE, 2, body + handle + struct.pack("<II", 0, 0), True)
    message = 3
    for offset in range(0, len(data), block):
        part = data[offset : offset + block]
        body = struct.pack(
            "<HBBIQ16sIIIHHB", 49, 0x50, 0, len(part), offset, handle, 0, 0, 0, 0, 0, 0
        )
        yield 0, smb2(SMB2_READ, message, body)
        body = struct.pack("<HBBIII", 17, 80, 0, len(part), 0, 0) + part
        yield 1, smb2(SMB2_READ, message, body, True)
        message += 1
    yield 0, smb2(SMB2_CLOSE, message, struct.pack("<HHI16s", 24, 0, 0, handle))
    yield 1, smb2(SMB2_CLOSE, message, struct.pack("<HHI", 60, 0, 0) + b"\0" * 52, True)
