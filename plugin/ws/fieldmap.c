/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fieldmap.h"

#include "compat.h"

#include <string.h>
#include <wsutil/report_message.h>

#define BUFFER(id) (MF_SLOT_BUFFER + MF_BUF_##id)

/* Several fields may fill one buffer; a field may be missing in some version of Wireshark. */
static const struct row {
    const char *field;
    unsigned slot;
} rows[] = {
    {"frame", MF_SLOT_HARMLESS},
    {"eth", MF_SLOT_HARMLESS},
    {"vlan", MF_SLOT_HARMLESS},
    {"ip", MF_SLOT_HARMLESS},
    {"ipv6", MF_SLOT_HARMLESS},
    {"data", MF_SLOT_HARMLESS},
    {"tcp.segments", MF_SLOT_HARMLESS},

    {"tcp", MF_SLOT_TCP},
    {"udp", MF_SLOT_UDP},
    {"icmp", MF_SLOT_ICMP},
    {"icmpv6", MF_SLOT_ICMPV6},
    {"arp", MF_SLOT_ARP},

    {"http", BUFFER(HTTP)},
    {"http.request", BUFFER(HTTP_IS_REQUEST)},
    {"http.response", BUFFER(HTTP_IS_RESPONSE)},
    {"http.request.method", BUFFER(HTTP_METHOD)},
    {"http.request.uri", BUFFER(HTTP_URI)},
    {"http.host", BUFFER(HTTP_HOST)},
    {"http.response.code", BUFFER(HTTP_STATUS)},
    {"http.content_type", BUFFER(HTTP_CONTENT_TYPE)},
    {"http.content_length", BUFFER(HTTP_CONTENT_LENGTH)},
    {"http.user_agent", BUFFER(HTTP_USER_AGENT)},
    {"http.location", BUFFER(HTTP_LOCATION)},
    {"http.referer", BUFFER(HTTP_REFERER)},
    {"http.file_data", BUFFER(FILE_DATA)},
    {"ssdp", BUFFER(SSDP)},
    {"http2", BUFFER(HTTP2)},
    {"http2.streamid", BUFFER(HTTP2_STREAM)},
    {"http2.headers.method", BUFFER(HTTP_METHOD)},
    {"http2.headers.path", BUFFER(HTTP_URI)},
    {"http2.headers.authority", BUFFER(HTTP_HOST)},
    {"http2.headers.status", BUFFER(HTTP_STATUS)},
    {"http2.headers.content_type", BUFFER(HTTP_CONTENT_TYPE)},
    {"http2.headers.user_agent", BUFFER(HTTP_USER_AGENT)},
    {"http2.body.reassembled.data", BUFFER(FILE_DATA)},

    {"dns", BUFFER(DNS)},
    {"mdns", BUFFER(DNS)},
    {"llmnr", BUFFER(DNS)},
    {"dns.id", BUFFER(DNS_ID)},
    {"dns.flags.response", BUFFER(DNS_IS_RESPONSE)},
    {"dns.flags.rcode", BUFFER(DNS_RCODE)},
    {"dns.count.answers", BUFFER(DNS_ANSWERS)},
    {"dns.resp.type", BUFFER(DNS_ANSWER_TYPE)},
    {"dns.qry.name", BUFFER(DNS_QUERY)},
    {"dns.qry.type", BUFFER(DNS_QUERY_TYPE)},
    {"dns.a", BUFFER(DNS_A)},
    {"dns.aaaa", BUFFER(DNS_AAAA)},
    {"dns.cname", BUFFER(DNS_NAME)},
    {"dns.ptr.domain_name", BUFFER(DNS_NAME)},
    {"dns.mx.mail_exchange", BUFFER(DNS_NAME)},
    {"dns.ns", BUFFER(DNS_NAME)},
    {"dns.srv.target", BUFFER(DNS_NAME)},
    {"dns.txt", BUFFER(DNS_TXT)},

    {"tls", BUFFER(TLS)},
    {"quic", BUFFER(QUIC)},
    {"tls.handshake.type", BUFFER(TLS_HANDSHAKE_TYPE)},
    {"tls.handshake.version", BUFFER(TLS_VERSION)},
    {"tls.handshake.extensions.supported_version", BUFFER(TLS_SUPPORTED_VERSION)},
    {"tls.handshake.extensions_server_name", BUFFER(TLS_SNI)},
    {"tls.handshake.extensions_alpn_str", BUFFER(TLS_ALPN)},
    {"tls.handshake.certificate", MF_SLOT_CERTIFICATE},
    {"tls.handshake.ja3", BUFFER(JA3_HASH)},
    {"tls.handshake.ja3s", BUFFER(JA3S_HASH)},
    {"tls.handshake.ja4", BUFFER(JA4_HASH)},

    {"ftp", BUFFER(FTP)},
    {"ftp.request.command", BUFFER(FTP_COMMAND)},
    {"ftp.request.arg", BUFFER(FTP_ARGUMENT)},
    {"ftp.response.code", BUFFER(FTP_REPLY_CODE)},
    {"smtp", BUFFER(SMTP)},
    {"smtp.req.command", BUFFER(SMTP_COMMAND)},
    {"smtp.req.parameter", BUFFER(SMTP_PARAMETER)},
    {"imf", MF_SLOT_INSIDE},
    {"imf.subject", BUFFER(SMTP_SUBJECT)},
    {"imf.from", BUFFER(SMTP_FROM)},
    {"pop", BUFFER(POP)},
    {"pop.request.command", BUFFER(POP_COMMAND)},
    {"pop.request.parameter", BUFFER(POP_PARAMETER)},

    {"smb", BUFFER(SMB)},
    {"smb2", BUFFER(SMB2)},
    {"smb.mid", BUFFER(SMB_MESSAGE)},
    {"smb2.msg_id", BUFFER(SMB_MESSAGE)},
    {"smb.path", BUFFER(SMB_SHARE)},
    {"smb2.tree", BUFFER(SMB_SHARE)},
    {"smb.file", BUFFER(SMB_FILE)},
    {"smb2.filename", BUFFER(SMB_FILE)},
    {"smb.end_of_file", BUFFER(SMB_FILE_SIZE)},
    {"smb2.eof", BUFFER(SMB_FILE_SIZE)},
    {"tftp", BUFFER(TFTP)},
    {"tftp.opcode", BUFFER(TFTP_OPCODE)},
    {"tftp.source_file", BUFFER(TFTP_FILE)},
    {"tftp.destination_file", BUFFER(TFTP_FILE)},

    {"ssh", BUFFER(SSH)},
    {"ssh.protocol", BUFFER(SSH_SOFTWARE)},
    {"dhcp", BUFFER(DHCP)},
    {"dhcp.option.dhcp", BUFFER(DHCP_TYPE)},
    {"dhcp.option.hostname", BUFFER(DHCP_HOSTNAME)},
    {"dhcp.ip.your", BUFFER(DHCP_YOUR_ADDRESS)},
    {"ntp", BUFFER(NTP)},
    {"ntp.flags.mode", BUFFER(NTP_MODE)},
    {"ntp.stratum", BUFFER(NTP_STRATUM)},
    {"nbns", BUFFER(NBNS)},
    {"nbns.name", BUFFER(NBNS_NAME)},
    {"nbns.addr", BUFFER(NBNS_ADDRESS)},
    {"nbns.flags.response", BUFFER(NBNS_IS_RESPONSE)},
    {"kerberos", BUFFER(KERBEROS)},
    {"kerberos.msg_type", BUFFER(KRB5_MSG_TYPE)},
    {"kerberos.CNameString", BUFFER(KRB5_CNAME)},
    {"kerberos.SNameString", BUFFER(KRB5_SNAME)},
    {"kerberos.realm", BUFFER(KRB5_REALM)},
    {"kerberos.error_code", BUFFER(KRB5_ERROR)},
    {"telnet", BUFFER(TELNET)},
    {"telnet.data", BUFFER(TELNET_DATA)},
    {"socks", BUFFER(SOCKS)},
    {"socks.dst", BUFFER(SOCKS_ADDRESS)},
    {"socks.remote_name", BUFFER(SOCKS_NAME)},
    {"socks.dstport", BUFFER(SOCKS_PORT)},
};

static unsigned char *slots; /* by hfid; for the program's life */
static int n_slots;
static GArray *wanted; /* headers first */
static unsigned n_headers, n_wanted;
static bool is_tshark;

/* Protocols whose item always stands at the top of the tree. */
static const char *const at_top[] = {"tcp", "udp",  "icmp",  "icmpv6", "arp",   "http", "ssdp",
                                     "dns", "mdns", "llmnr", "nbns",   "ntp",   "dhcp", "tftp",
                                     "ssh", "ftp",  "pop",   "smtp",   "telnet"};

static bool
is_asked_for(const struct row *row)
{
    if (row->slot == MF_SLOT_HARMLESS)
        return false;
    for (size_t i = 0; MF_TOP_ITEMS_ARE_REAL && i < G_N_ELEMENTS(at_top); i++)
        if (strcmp(row->field, at_top[i]) == 0)
            return false;
    return true;
}

/* Fields of one name may be registered several times: all of them count. */
static void
add_row(const struct row *row)
{
    header_field_info *info = proto_registrar_get_byname(row->field);

    while (info != NULL) {
        int hfid = info->id;

        if (hfid >= n_slots) {
            slots = g_realloc(slots, (gsize)hfid + 1);
            memset(slots + n_slots, MF_SLOT_NONE, (size_t)(hfid + 1 - n_slots));
            n_slots = hfid + 1;
        }
        slots[hfid] = (unsigned char)row->slot;
        if (is_asked_for(row))
            g_array_append_val(wanted, hfid);
        info = info->same_name_prev_id != -1
                   ? proto_registrar_get_nth((guint)info->same_name_prev_id)
                   : NULL;
    }
}

void
mf_fieldmap_init(void)
{
    G_STATIC_ASSERT(MF_SLOT_BUFFER + MF_BUFFER_COUNT <= 255);
    wanted = g_array_new(FALSE, FALSE, sizeof(int));
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        add_row(&rows[i]);
        if (rows[i].slot <= MF_SLOT_LAST_HEADER)
            n_headers = MAX(wanted->len, 1); /* none at all would mean that no tree is wanted */
    }
    n_wanted = wanted->len;
    is_tshark = strcmp(get_friendly_program_name(), "TShark") == 0;
}

GArray *
mf_fieldmap_wanted(void)
{
    return wanted;
}

/*
 * Wireshark marks every wanted field before each frame, though a mark stays until a frame in which
 * the field occurred is forgotten (epan/proto.c, free_GPtrArray_value). In most frames (of a
 * scan, of a download) only the headers occur: after one of those it is enough to mark the headers
 * again, which saves 3,000 instructions a frame. That holds as long as nothing else is
 * dissected in between, so only in tshark; elsewhere everything is marked every time.
 */
void
mf_fieldmap_note_frame(bool plain)
{
    wanted->len = plain && is_tshark ? n_headers : n_wanted;
}

unsigned
mf_fieldmap_slot(int hfid)
{
    return hfid >= 0 && hfid < n_slots ? slots[hfid] : MF_SLOT_NONE;
}
