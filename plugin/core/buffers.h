/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pieces of a packet that Wireshark dissected and the engine reads, by number. Names follow
 * Suricata's sticky buffers where one exists, else Wireshark's field. ws/fieldmap.c says which
 * Wireshark fields fill which buffer.
 *
 * A LAYER buffer opens one message of a protocol (one HTTP request, one TLS record, one DNS
 * message): what follows it in the packet's list, up to the next LAYER, belongs to that message.
 * The list is in the order of Wireshark's tree.
 *
 * KIND says which members of struct mf_buffer count:
 *   LAYER  none            TEXT   data/length: decoded text, not NUL-terminated
 *   BYTES  data/length     NUMBER number (booleans are 0 or 1)
 */
#ifndef MALFLOW_CORE_BUFFERS_H
#define MALFLOW_CORE_BUFFERS_H

#define MF_BUFFERS(X)                                                                              \
    X(HTTP, "http", LAYER)                                                                         \
    X(HTTP2, "http2", LAYER)                                                                       \
    X(SSDP, "ssdp", LAYER)                                                                         \
    X(HTTP_IS_REQUEST, "http.request", NUMBER)                                                     \
    X(HTTP_IS_RESPONSE, "http.response", NUMBER)                                                   \
    X(HTTP_METHOD, "http.method", TEXT)                                                            \
    X(HTTP_URI, "http.uri", TEXT)                                                                  \
    X(HTTP_HOST, "http.host", TEXT)                                                                \
    X(HTTP_STATUS, "http.stat_code", NUMBER)                                                       \
    X(HTTP_CONTENT_TYPE, "http.content_type", TEXT)                                                \
    X(HTTP_CONTENT_LENGTH, "http.content_len", NUMBER)                                             \
    X(HTTP_USER_AGENT, "http.user_agent", TEXT)                                                    \
    X(HTTP_LOCATION, "http.location", TEXT)                                                        \
    X(HTTP_REFERER, "http.referer", TEXT)                                                          \
    X(HTTP2_STREAM, "http2.streamid", NUMBER)                                                      \
    X(FILE_DATA, "file.data", BYTES)                                                               \
    X(DNS, "dns", LAYER)                                                                           \
    X(DNS_ID, "dns.id", NUMBER)                                                                    \
    X(DNS_IS_RESPONSE, "dns.response", NUMBER)                                                     \
    X(DNS_RCODE, "dns.rcode", NUMBER)                                                              \
    X(DNS_QUERY, "dns.query", TEXT)                                                                \
    X(DNS_QUERY_TYPE, "dns.query.type", NUMBER)                                                    \
    X(DNS_ANSWERS, "dns.answers", NUMBER)         /* records in the answer section */              \
    X(DNS_ANSWER_TYPE, "dns.answer.type", NUMBER) /* opens a record of any section */              \
    X(DNS_A, "dns.a", BYTES)                                                                       \
    X(DNS_AAAA, "dns.aaaa", BYTES)                                                                 \
    X(DNS_NAME, "dns.answer.name", TEXT) /* CNAME, PTR, MX, NS, SRV target */                      \
    X(DNS_TXT, "dns.txt", TEXT)                                                                    \
    X(TLS, "tls", LAYER)                                                                           \
    X(QUIC, "quic", LAYER)                                                                         \
    X(TLS_VERSION, "tls.version", NUMBER) /* handshake version, wire value */                      \
    X(TLS_SUPPORTED_VERSION, "tls.supported_version", NUMBER)                                      \
    X(TLS_HANDSHAKE_TYPE, "tls.handshake.type", NUMBER)                                            \
    X(TLS_SNI, "tls.sni", TEXT)                                                                    \
    X(TLS_ALPN, "tls.alpn", TEXT)                                                                  \
    X(TLS_CERT_SUBJECT, "tls.cert_subject", TEXT)                                                  \
    X(TLS_CERT_ISSUER, "tls.cert_issuer", TEXT)                                                    \
    X(JA3_HASH, "ja3.hash", TEXT)                                                                  \
    X(JA3S_HASH, "ja3s.hash", TEXT)                                                                \
    X(JA4_HASH, "ja4.hash", TEXT)                                                                  \
    X(FTP, "ftp", LAYER)                                                                           \
    X(FTP_COMMAND, "ftp.command", TEXT)                                                            \
    X(FTP_ARGUMENT, "ftp.command_data", TEXT)                                                      \
    X(FTP_REPLY_CODE, "ftp.completion_code", NUMBER)                                               \
    X(SMTP, "smtp", LAYER)                                                                         \
    X(SMTP_COMMAND, "smtp.command", TEXT)                                                          \
    X(SMTP_PARAMETER, "smtp.parameter", TEXT)                                                      \
    X(SMTP_SUBJECT, "email.subject", TEXT)                                                         \
    X(SMTP_FROM, "email.from", TEXT)                                                               \
    X(POP, "pop", LAYER)                                                                           \
    X(POP_COMMAND, "pop.command", TEXT)                                                            \
    X(POP_PARAMETER, "pop.parameter", TEXT)                                                        \
    X(SMB, "smb", LAYER)                                                                           \
    X(SMB2, "smb2", LAYER)                                                                         \
    X(SMB_SHARE, "smb.share", TEXT)                                                                \
    X(SMB_MESSAGE, "smb.message_id", NUMBER)                                                       \
    X(SMB_FILE, "smb.filename", TEXT)                                                              \
    X(SMB_FILE_SIZE, "smb.filesize", NUMBER)                                                       \
    X(TFTP, "tftp", LAYER)                                                                         \
    X(TFTP_OPCODE, "tftp.opcode", NUMBER)                                                          \
    X(TFTP_FILE, "tftp.file", TEXT)                                                                \
    X(SSH, "ssh", LAYER)                                                                           \
    X(SSH_SOFTWARE, "ssh.software", TEXT) /* the whole identification line */                      \
    X(DHCP, "dhcp", LAYER)                                                                         \
    X(DHCP_TYPE, "dhcp.type", NUMBER)                                                              \
    X(DHCP_HOSTNAME, "dhcp.hostname", TEXT)                                                        \
    X(DHCP_YOUR_ADDRESS, "dhcp.your_address", BYTES)                                               \
    X(NTP, "ntp", LAYER)                                                                           \
    X(NTP_MODE, "ntp.mode", NUMBER)                                                                \
    X(NTP_STRATUM, "ntp.stratum", NUMBER)                                                          \
    X(NBNS, "nbns", LAYER)                                                                         \
    X(NBNS_NAME, "nbns.name", TEXT)                                                                \
    X(NBNS_ADDRESS, "nbns.address", BYTES)                                                         \
    X(NBNS_IS_RESPONSE, "nbns.response", NUMBER)                                                   \
    X(KERBEROS, "kerberos", LAYER)                                                                 \
    X(KRB5_MSG_TYPE, "krb5.msg_type", NUMBER)                                                      \
    X(KRB5_CNAME, "krb5.cname", TEXT)                                                              \
    X(KRB5_SNAME, "krb5.sname", TEXT)                                                              \
    X(KRB5_REALM, "krb5.realm", TEXT)                                                              \
    X(KRB5_ERROR, "krb5.err_code", NUMBER)                                                         \
    X(TELNET, "telnet", LAYER)                                                                     \
    X(TELNET_DATA, "telnet.data", TEXT)                                                            \
    X(SOCKS, "socks", LAYER)                                                                       \
    X(SOCKS_ADDRESS, "socks.address", BYTES)                                                       \
    X(SOCKS_NAME, "socks.name", TEXT)                                                              \
    X(SOCKS_PORT, "socks.port", NUMBER)                                                            \
    X(DCERPC, "dcerpc", LAYER)

#define MF_BUFFER_ID(id, name, kind) MF_BUF_##id,
enum mf_buffer_id { MF_BUFFERS(MF_BUFFER_ID) MF_BUFFER_COUNT };
#undef MF_BUFFER_ID

enum mf_buffer_kind { MF_KIND_LAYER, MF_KIND_TEXT, MF_KIND_BYTES, MF_KIND_NUMBER };

/* The buffer's name as rules spell it. Static. */
const char *
mf_buffer_name(enum mf_buffer_id id);

enum mf_buffer_kind
mf_buffer_kind(enum mf_buffer_id id);

#endif
