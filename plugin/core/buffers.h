/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pieces of a packet that Wireshark dissected and the engine reads, by number. Names follow
 * Suricata's sticky buffers where one exists, else Wireshark's field. ws/fieldmap.c says which
 * Wireshark fields fill which buffer.
 *
 * A LAYER buffer opens one message of a protocol (one HTTP request, one TLS record, one DNS
 * message): what follows it in the packet's list, up to the next LAYER, belongs to that message.
 * The list is in the order of Wireshark's tree. What stands before the first LAYER belongs to the
 * packet as a whole.
 *
 * KIND says which members of struct mf_buffer count:
 *   LAYER  none            TEXT   data/length: decoded text, not NUL-terminated
 *   BYTES  data/length     NUMBER number (booleans are 0 or 1; as on the wire unless said here)
 */
#ifndef MALFLOW_CORE_BUFFERS_H
#define MALFLOW_CORE_BUFFERS_H

#define MF_BUFFERS(X)                                                                              \
    X(HTTP, "http", LAYER)                                                                         \
    X(HTTP2, "http2", LAYER)                                                                       \
    X(SSDP, "ssdp", LAYER)                                                                         \
    X(HTTP_IS_REQUEST, "http.request", NUMBER)                                                     \
    X(HTTP_IS_RESPONSE, "http.response", NUMBER)                                                   \
    X(HTTP_START_LINE, "http.start_line", TEXT) /* as sent, perhaps with its end of line */        \
    X(HTTP_METHOD, "http.method", TEXT)                                                            \
    X(HTTP_URI, "http.uri", TEXT) /* as sent */                                                    \
    X(HTTP_PROTOCOL, "http.protocol", TEXT)                                                        \
    X(HTTP_STAT_CODE, "http.stat_code", TEXT)                                                      \
    X(HTTP_STAT_MSG, "http.stat_msg", TEXT)                                                        \
    X(HTTP_HEADER_LINE, "http.header_line", TEXT)   /* each, in order; as sent */                  \
    X(HTTP_RESPONSE_FOR, "http.response_for", TEXT) /* the whole URI that was asked for */         \
    X(HTTP_HOST, "http.host", TEXT)                                                                \
    X(HTTP_STATUS, "http.status", NUMBER)                                                          \
    X(HTTP_CONTENT_TYPE, "http.content_type", TEXT)                                                \
    X(HTTP_CONTENT_LENGTH, "http.content_length", NUMBER)                                          \
    X(HTTP_USER_AGENT, "http.user_agent", TEXT)                                                    \
    X(HTTP_LOCATION, "http.location", TEXT)                                                        \
    X(HTTP_REFERER, "http.referer", TEXT)                                                          \
    X(HTTP2_STREAM, "http2.streamid", NUMBER)                                                      \
    X(HTTP2_END_STREAM, "http2.end_stream", NUMBER)                                                \
    X(HTTP2_TYPE, "http2.frametype", NUMBER)                                                       \
    X(HTTP2_ERROR, "http2.errorcode", NUMBER)                                                      \
    X(HTTP2_PRIORITY, "http2.priority", NUMBER)                                                    \
    X(HTTP2_WINDOW, "http2.window", NUMBER)                                                        \
    X(HTTP2_SIZE_UPDATE, "http2.size_update", NUMBER)                                              \
    X(HTTP2_SETTING, "http2.settings", NUMBER) /* id, then its value */                            \
    X(HTTP2_SETTING_VALUE, "http2.settings.value", NUMBER)                                         \
    X(HTTP2_HEADER_NAME, "http2.header_name", TEXT)                                                \
    X(EMAIL_URL, "email.url", TEXT)  /* each in the body, without its scheme */                    \
    X(FILE_NAME, "file.name", TEXT)  /* of the file.data that follows, if any */                   \
    X(FILE_DATA, "file.data", BYTES) /* a whole body or file, decoded */                           \
    X(DNS, "dns", LAYER)                                                                           \
    X(MDNS, "mdns", LAYER)                                                                         \
    X(LLMNR, "llmnr", LAYER)                                                                       \
    X(DNS_ID, "dns.id", NUMBER)                                                                    \
    X(DNS_IS_RESPONSE, "dns.response", NUMBER)                                                     \
    X(DNS_OPCODE, "dns.opcode", NUMBER)                                                            \
    X(DNS_RCODE, "dns.rcode", NUMBER)                                                              \
    X(DNS_QUERY, "dns.query", TEXT)                                                                \
    X(DNS_QUERY_TYPE, "dns.query.type", NUMBER)                                                    \
    X(DNS_ANSWERS, "dns.answers", NUMBER)         /* records in the answer section */              \
    X(DNS_AUTHORITIES, "dns.authorities", NUMBER) /* records in the authority section */           \
    X(DNS_ANSWER_TYPE, "dns.answer.type", NUMBER) /* opens a record of any section */              \
    X(DNS_TTL, "dns.ttl", NUMBER)                 /* of the record, in seconds */                  \
    X(DNS_A, "dns.a", BYTES)                                                                       \
    X(DNS_AAAA, "dns.aaaa", BYTES)                                                                 \
    X(DNS_NAME, "dns.answer.name", TEXT) /* CNAME, PTR, MX, NS, SRV target */                      \
    X(DNS_TXT, "dns.txt", TEXT)                                                                    \
    X(DNS_QUERIES_RRNAME, "dns.queries.rrname", TEXT)                                              \
    X(DNS_ANSWERS_RRNAME, "dns.answers.rrname", TEXT)                                              \
    X(DNS_AUTHORITIES_RRNAME, "dns.authorities.rrname", TEXT)                                      \
    X(DNS_ADDITIONALS_RRNAME, "dns.additionals.rrname", TEXT)                                      \
    X(DNS_RESPONSE_RRNAME, "dns.response.rrname", TEXT) /* every name of a response */             \
    X(MDNS_QUERIES_RRNAME, "mdns.queries.rrname", TEXT)                                            \
    X(MDNS_ANSWERS_RRNAME, "mdns.answers.rrname", TEXT)                                            \
    X(MDNS_AUTHORITIES_RRNAME, "mdns.authorities.rrname", TEXT)                                    \
    X(MDNS_ADDITIONALS_RRNAME, "mdns.additionals.rrname", TEXT)                                    \
    X(MDNS_RESPONSE_RRNAME, "mdns.response.rrname", TEXT)                                          \
    X(LLMNR_QUERIES_RRNAME, "llmnr.queries.rrname", TEXT)                                          \
    X(LLMNR_ANSWERS_RRNAME, "llmnr.answers.rrname", TEXT)                                          \
    X(LLMNR_AUTHORITIES_RRNAME, "llmnr.authorities.rrname", TEXT)                                  \
    X(LLMNR_ADDITIONALS_RRNAME, "llmnr.additionals.rrname", TEXT)                                  \
    X(LLMNR_RESPONSE_RRNAME, "llmnr.response.rrname", TEXT)                                        \
    X(TLS, "tls", LAYER)                                                                           \
    X(QUIC, "quic", LAYER)                                                                         \
    X(TLS_RECORD_TYPE, "tls.record.type", NUMBER)                                                  \
    X(TLS_RECORD_VERSION, "tls.record.version", NUMBER)                                            \
    X(TLS_VERSION, "tls.handshake.version", NUMBER) /* of the handshake, wire value */             \
    X(TLS_SUPPORTED_VERSION, "tls.supported_version", NUMBER)                                      \
    X(TLS_HANDSHAKE_TYPE, "tls.handshake.type", NUMBER)                                            \
    X(TLS_CIPHER_SUITE, "tls.cipher_suite", NUMBER)                                                \
    X(TLS_RANDOM, "tls.random", BYTES)                                                             \
    X(TLS_RANDOM_TIME, "tls.random_time", BYTES)                                                   \
    X(TLS_RANDOM_BYTES, "tls.random_bytes", BYTES)                                                 \
    X(TLS_SNI, "tls.sni", TEXT)                                                                    \
    X(TLS_ALPN, "tls.alpn", TEXT)                                                                  \
    X(TLS_CERTS, "tls.certs", BYTES)              /* every certificate of the chain, DER */        \
    X(TLS_CERT_SUBJECT, "tls.cert_subject", TEXT) /* of the server's own certificate */            \
    X(TLS_CERT_ISSUER, "tls.cert_issuer", TEXT)                                                    \
    X(TLS_CERT_SERIAL, "tls.cert_serial", TEXT)                                                    \
    X(TLS_CERT_FINGERPRINT, "tls.cert_fingerprint", TEXT)                                          \
    X(TLS_SUBJECT_ALT_NAME, "tls.subjectaltname", TEXT)                                            \
    X(TLS_CERT_NOT_BEFORE, "tls_cert_notbefore", NUMBER) /* seconds since 1970 */                  \
    X(TLS_CERT_NOT_AFTER, "tls_cert_notafter", NUMBER)                                             \
    X(TLS_CERT_CHAIN_LENGTH, "tls.cert_chain_len", NUMBER)                                         \
    X(JA3_HASH, "ja3.hash", TEXT)                                                                  \
    X(JA3_STRING, "ja3.string", TEXT)                                                              \
    X(JA3S_HASH, "ja3s.hash", TEXT)                                                                \
    X(JA3S_STRING, "ja3s.string", TEXT)                                                            \
    X(JA4_HASH, "ja4.hash", TEXT)                                                                  \
    X(QUIC_VERSION, "quic.version.number", NUMBER)                                                 \
    X(QUIC_GOOGLE_VERSION, "quic.version", TEXT) /* "Q046" */                                      \
    X(QUIC_SNI, "quic.sni", TEXT)                                                                  \
    X(QUIC_USER_AGENT, "quic.ua", TEXT)                                                            \
    X(FTP, "ftp", LAYER)                                                                           \
    X(FTP_DATA, "ftp-data", LAYER)                                                                 \
    X(FTP_COMMAND, "ftp.command", TEXT)                                                            \
    X(FTP_ARGUMENT, "ftp.command_data", TEXT)                                                      \
    X(FTP_REPLY_CODE, "ftp.reply_code", NUMBER)                                                    \
    X(FTP_COMPLETION_CODE, "ftp.completion_code", TEXT)                                            \
    X(FTP_REPLY, "ftp.reply", TEXT) /* without its code */                                         \
    X(FTP_DYNAMIC_PORT, "ftp.dynamic_port", NUMBER)                                                \
    X(FTPDATA_COMMAND, "ftpdata_command", TEXT) /* RETR, STOR */                                   \
    X(SMTP, "smtp", LAYER)                                                                         \
    X(SMTP_COMMAND, "smtp.command", TEXT)                                                          \
    X(SMTP_PARAMETER, "smtp.parameter", TEXT)                                                      \
    X(SMTP_HELO, "smtp.helo", TEXT)                                                                \
    X(SMTP_MAIL_FROM, "smtp.mail_from", TEXT)                                                      \
    X(SMTP_RCPT_TO, "smtp.rcpt_to", TEXT)                                                          \
    X(SMTP_SUBJECT, "email.subject", TEXT)                                                         \
    X(SMTP_FROM, "email.from", TEXT)                                                               \
    X(EMAIL_TO, "email.to", TEXT)                                                                  \
    X(EMAIL_CC, "email.cc", TEXT)                                                                  \
    X(EMAIL_DATE, "email.date", TEXT)                                                              \
    X(EMAIL_MESSAGE_ID, "email.message_id", TEXT)                                                  \
    X(EMAIL_X_MAILER, "email.x_mailer", TEXT)                                                      \
    X(EMAIL_RECEIVED, "email.received", TEXT)                                                      \
    X(POP, "pop", LAYER)                                                                           \
    X(POP_COMMAND, "pop.command", TEXT)                                                            \
    X(POP_PARAMETER, "pop.parameter", TEXT)                                                        \
    X(SMB, "smb", LAYER)                                                                           \
    X(SMB2, "smb2", LAYER)                                                                         \
    X(SMB_COMMAND, "smb.command", NUMBER)                                                          \
    X(SMB_IS_RESPONSE, "smb.response", NUMBER)                                                     \
    X(SMB_STATUS, "smb.status", NUMBER)                                                            \
    X(SMB_DIALECT, "smb.dialect", TEXT) /* SMB 1 by name */                                        \
    X(SMB2_DIALECT, "smb2.dialect", NUMBER)                                                        \
    X(SMB_TREE, "smb.tree", TEXT)   /* share or pipe as Wireshark shows it */                      \
    X(SMB_SHARE, "smb.share", TEXT) /* being connected to */                                       \
    X(SMB_NAMED_PIPE, "smb.named_pipe", TEXT)                                                      \
    X(SMB_NTLMSSP_USER, "smb.ntlmssp_user", TEXT)                                                  \
    X(SMB_NTLMSSP_DOMAIN, "smb.ntlmssp_domain", TEXT)                                              \
    X(SMB_MESSAGE, "smb.message_id", NUMBER)                                                       \
    X(SMB_FILE, "smb.filename", TEXT)                                                              \
    X(SMB_FILE_SIZE, "smb.filesize", NUMBER)                                                       \
    X(SMB_HANDLE, "smb.handle", TEXT) /* of an open file, as Wireshark prints it */                \
    X(SMB_OFFSET, "smb.offset", NUMBER)                                                            \
    X(SMB_DATA, "smb.data", BYTES) /* a piece of a file */                                         \
    X(DCERPC, "dcerpc", LAYER)                                                                     \
    X(DCERPC_TYPE, "dcerpc.type", NUMBER)                                                          \
    X(DCERPC_CALL, "dcerpc.call_id", NUMBER)                                                       \
    X(DCERPC_CONTEXT, "dcerpc.context", NUMBER) /* opens a context item of a bind */               \
    X(DCERPC_IFACE, "dcerpc.uuid", TEXT)        /* asked for in a bind, or of a datagram */        \
    X(DCERPC_IFACE_VERSION, "dcerpc.uuid.version", NUMBER)                                         \
    X(DCERPC_ACK_RESULT, "dcerpc.ack_result", NUMBER)                                              \
    X(DCERPC_OPNUM, "dcerpc.opnum", NUMBER)                                                        \
    X(DCERPC_STUB_DATA, "dcerpc.stub_data", BYTES)                                                 \
    X(TFTP, "tftp", LAYER)                                                                         \
    X(TFTP_OPCODE, "tftp.opcode", NUMBER)                                                          \
    X(TFTP_FILE, "tftp.file", TEXT)                                                                \
    X(TFTP_BLOCK, "tftp.block", NUMBER) /* counted on when the wire's 16 bits are full */          \
    X(TFTP_DATA, "tftp.data", BYTES)                                                               \
    X(SSH, "ssh", LAYER)                                                                           \
    X(SSH_IDENTIFICATION, "ssh.identification", TEXT) /* the whole line */                         \
    X(SSH_PROTO, "ssh.proto", TEXT)                                                                \
    X(SSH_SOFTWARE, "ssh.software", TEXT)                                                          \
    X(SSH_HASSH, "ssh.hassh", TEXT)                                                                \
    X(SSH_HASSH_STRING, "ssh.hassh.string", TEXT)                                                  \
    X(SSH_HASSH_SERVER, "ssh.hassh.server", TEXT)                                                  \
    X(SSH_HASSH_SERVER_STRING, "ssh.hassh.server.string", TEXT)                                    \
    X(DHCP, "dhcp", LAYER)                                                                         \
    X(DHCP_TYPE, "dhcp.type", NUMBER)                                                              \
    X(DHCP_HOSTNAME, "dhcp.hostname", TEXT)                                                        \
    X(DHCP_YOUR_ADDRESS, "dhcp.your_address", BYTES)                                               \
    X(DHCP_LEASE_TIME, "dhcp.leasetime", NUMBER)                                                   \
    X(DHCP_REBINDING_TIME, "dhcp.rebinding_time", NUMBER)                                          \
    X(DHCP_RENEWAL_TIME, "dhcp.renewal_time", NUMBER)                                              \
    X(NTP, "ntp", LAYER)                                                                           \
    X(NTP_MODE, "ntp.mode", NUMBER)                                                                \
    X(NTP_STRATUM, "ntp.stratum", NUMBER)                                                          \
    X(NBNS, "nbns", LAYER)                                                                         \
    X(NBNS_NAME, "nbns.name", TEXT)                                                                \
    X(NBNS_ADDRESS, "nbns.address", BYTES)                                                         \
    X(NBNS_IS_RESPONSE, "nbns.response", NUMBER)                                                   \
    X(KERBEROS, "kerberos", LAYER)                                                                 \
    X(KRB5_MSG_TYPE, "krb5_msg_type", NUMBER)                                                      \
    X(KRB5_CNAME, "krb5.cname", TEXT)                                                              \
    X(KRB5_SNAME, "krb5.sname", TEXT)                                                              \
    X(KRB5_REALM, "krb5.realm", TEXT)                                                              \
    X(KRB5_ERROR, "krb5_err_code", NUMBER)                                                         \
    X(KRB5_TICKET_ENCRYPTION, "krb5.ticket_encryption", NUMBER)                                    \
    X(TELNET, "telnet", LAYER)                                                                     \
    X(TELNET_DATA, "telnet.data", TEXT)                                                            \
    X(SOCKS, "socks", LAYER)                                                                       \
    X(SOCKS_ADDRESS, "socks.address", BYTES)                                                       \
    X(SOCKS_NAME, "socks.name", TEXT)                                                              \
    X(SOCKS_PORT, "socks.port", NUMBER)                                                            \
    X(SIP, "sip", LAYER)                                                                           \
    X(SIP_METHOD, "sip.method", TEXT)                                                              \
    X(SIP_URI, "sip.uri", TEXT)                                                                    \
    X(SIP_PROTOCOL, "sip.protocol", TEXT)                                                          \
    X(SIP_STAT_CODE, "sip.stat_code", TEXT)                                                        \
    X(SIP_STAT_MSG, "sip.stat_msg", TEXT)                                                          \
    X(SIP_REQUEST_LINE, "sip.request_line", TEXT)                                                  \
    X(SIP_RESPONSE_LINE, "sip.response_line", TEXT)                                                \
    X(SIP_FROM, "sip.from", TEXT)                                                                  \
    X(SIP_TO, "sip.to", TEXT)                                                                      \
    X(SIP_VIA, "sip.via", TEXT)                                                                    \
    X(SIP_USER_AGENT, "sip.user_agent", TEXT)                                                      \
    X(SIP_CONTENT_TYPE, "sip.content_type", TEXT)                                                  \
    X(SIP_CONTENT_LENGTH, "sip.content_length", TEXT)                                              \
    X(SIP_CALL_ID, "sip.call_id", TEXT)                                                            \
    X(SDP_ORIGIN, "sdp.origin", TEXT)                                                              \
    X(SDP_SESSION_NAME, "sdp.session_name", TEXT)                                                  \
    X(SDP_SESSION_INFO, "sdp.session_info", TEXT)                                                  \
    X(SDP_URI, "sdp.uri", TEXT)                                                                    \
    X(SDP_EMAIL, "sdp.email", TEXT)                                                                \
    X(SDP_PHONE_NUMBER, "sdp.phone_number", TEXT)                                                  \
    X(SDP_CONNECTION_DATA, "sdp.connection_data", TEXT)                                            \
    X(SDP_BANDWIDTH, "sdp.bandwidth", TEXT)                                                        \
    X(SDP_TIME, "sdp.time", TEXT)                                                                  \
    X(SDP_REPEAT_TIME, "sdp.repeat_time", TEXT)                                                    \
    X(SDP_TIMEZONE, "sdp.timezone", TEXT)                                                          \
    X(SDP_ENCRYPTION_KEY, "sdp.encryption_key", TEXT)                                              \
    X(SDP_ATTRIBUTE, "sdp.attribute", TEXT)                                                        \
    X(SDP_MEDIA, "sdp.media.media", TEXT)                                                          \
    X(SDP_MEDIA_TITLE, "sdp.media.media_title", TEXT)                                              \
    X(MQTT, "mqtt", LAYER)                                                                         \
    X(MQTT_TYPE, "mqtt.type", NUMBER)                                                              \
    X(MQTT_FLAGS, "mqtt.flags", NUMBER) /* the whole first byte */                                 \
    X(MQTT_QOS, "mqtt.qos", NUMBER)                                                                \
    X(MQTT_PROTOCOL_VERSION, "mqtt.protocol_version", NUMBER)                                      \
    X(MQTT_REASON_CODE, "mqtt.reason_code", NUMBER)                                                \
    X(MQTT_CONNECT_FLAGS, "mqtt.connect.flags", NUMBER)                                            \
    X(MQTT_CLIENT_ID, "mqtt.connect.clientid", TEXT)                                               \
    X(MQTT_USERNAME, "mqtt.connect.username", TEXT)                                                \
    X(MQTT_PASSWORD, "mqtt.connect.password", TEXT)                                                \
    X(MQTT_PROTOCOL_STRING, "mqtt.connect.protocol_string", TEXT)                                  \
    X(MQTT_WILL_TOPIC, "mqtt.connect.willtopic", TEXT)                                             \
    X(MQTT_WILL_MESSAGE, "mqtt.connect.willmessage", BYTES)                                        \
    X(MQTT_SESSION_PRESENT, "mqtt.connack.session_present", NUMBER)                                \
    X(MQTT_PUBLISH_TOPIC, "mqtt.publish.topic", TEXT)                                              \
    X(MQTT_PUBLISH_MESSAGE, "mqtt.publish.message", BYTES)                                         \
    X(MQTT_SUBSCRIBE_TOPIC, "mqtt.subscribe.topic", TEXT)                                          \
    X(MQTT_UNSUBSCRIBE_TOPIC, "mqtt.unsubscribe.topic", TEXT)                                      \
    X(RDP_COOKIE, "rdp.cookie", TEXT)                                                              \
    X(SNMP, "snmp", LAYER)                                                                         \
    X(SNMP_VERSION, "snmp.version", NUMBER) /* 1, 2, 3 */                                          \
    X(SNMP_COMMUNITY, "snmp.community", TEXT)                                                      \
    X(SNMP_USM, "snmp.usm", TEXT)                                                                  \
    X(SNMP_PDU_TYPE, "snmp.pdu_type", NUMBER)                                                      \
    X(IKE, "ike", LAYER)                                                                           \
    X(IKE_EXCHANGE_TYPE, "ike.exchtype", NUMBER)                                                   \
    X(IKE_INIT_SPI, "ike.init_spi", TEXT) /* in hex, as those below */                             \
    X(IKE_RESP_SPI, "ike.resp_spi", TEXT)                                                          \
    X(IKE_VENDOR, "ike.vendor", TEXT)                                                              \
    X(IKE_KEY_EXCHANGE, "ike.key_exchange_payload", BYTES)                                         \
    X(IKE_KEY_EXCHANGE_LENGTH, "ike.key_exchange_payload_length", NUMBER)                          \
    X(IKE_NONCE, "ike.nonce_payload", BYTES)                                                       \
    X(IKE_NONCE_LENGTH, "ike.nonce_payload_length", NUMBER)                                        \
    X(IKE_ALG_ENC, "ike.sa.alg_enc", NUMBER)                                                       \
    X(IKE_ALG_HASH, "ike.sa.alg_hash", NUMBER)                                                     \
    X(IKE_ALG_AUTH, "ike.sa.alg_auth", NUMBER)                                                     \
    X(IKE_ALG_DH, "ike.sa.alg_dh", NUMBER)                                                         \
    X(IKE_KEY_LENGTH, "ike.sa.key_length", NUMBER)                                                 \
    X(IKE_LIFE_TYPE, "ike.sa.life_type", NUMBER)                                                   \
    X(IKE_LIFE_DURATION, "ike.sa.life_duration", NUMBER)                                           \
    X(LDAP, "ldap", LAYER)                                                                         \
    X(LDAP_OPERATION, "ldap.operation", NUMBER) /* index of the choice in RFC 4511 */              \
    X(LDAP_REQUEST_DN, "ldap.request.dn", TEXT)                                                    \
    X(LDAP_RESPONSE_DN, "ldap.responses.dn", TEXT)                                                 \
    X(LDAP_RESULT_CODE, "ldap.responses.result_code", NUMBER)                                      \
    X(LDAP_RESPONSE_MESSAGE, "ldap.responses.message", TEXT)                                       \
    X(LDAP_REQUEST_ATTRIBUTE, "ldap.request.attribute_type", TEXT)                                 \
    X(LDAP_RESPONSE_ATTRIBUTE, "ldap.responses.attribute_type", TEXT)                              \
    X(NFS, "nfs", LAYER)                                                                           \
    X(NFS_PROCEDURE, "nfs_procedure", NUMBER)                                                      \
    X(NFS_VERSION, "nfs.version", NUMBER)                                                          \
    X(NFS_FILE, "nfs.filename", TEXT)                                                              \
    X(RFB, "rfb", LAYER)                                                                           \
    X(RFB_NAME, "rfb.name", TEXT)                                                                  \
    X(RFB_SECURITY_TYPE, "rfb.sectype", NUMBER)                                                    \
    X(RFB_SECURITY_OK, "rfb.secok", NUMBER) /* 1: authenticated */                                 \
    X(ENIP, "enip", LAYER)                                                                         \
    X(ENIP_COMMAND, "enip_command", NUMBER)                                                        \
    X(ENIP_STATUS, "enip.status", NUMBER)                                                          \
    X(ENIP_PROTOCOL_VERSION, "enip.protocol_version", NUMBER)                                      \
    X(ENIP_PRODUCT_NAME, "enip.product_name", TEXT)                                                \
    X(ENIP_SERVICE_NAME, "enip.service_name", TEXT)                                                \
    X(ENIP_PRODUCT_CODE, "enip.product_code", NUMBER)                                              \
    X(ENIP_REVISION, "enip.revision", NUMBER)                                                      \
    X(ENIP_IDENTITY_STATUS, "enip.identity_status", NUMBER)                                        \
    X(ENIP_STATE, "enip.state", NUMBER)                                                            \
    X(ENIP_SERIAL, "enip.serial", NUMBER)                                                          \
    X(ENIP_VENDOR_ID, "enip.vendor_id", NUMBER)                                                    \
    X(ENIP_DEVICE_TYPE, "enip.device_type", NUMBER)                                                \
    X(CIP_SERVICE, "cip_service", NUMBER)                                                          \
    X(CIP_CLASS, "enip.cip_class", NUMBER)                                                         \
    X(CIP_INSTANCE, "enip.cip_instance", NUMBER)                                                   \
    X(CIP_ATTRIBUTE, "enip.cip_attribute", NUMBER)                                                 \
    X(CIP_STATUS, "enip.cip_status", NUMBER)                                                       \
    X(CIP_EXTENDED_STATUS, "enip.cip_extendedstatus", NUMBER)                                      \
    X(MODBUS, "modbus", LAYER)                                                                     \
    X(MODBUS_UNIT, "modbus.unit", NUMBER)                                                          \
    X(MODBUS_FUNCTION, "modbus.function", NUMBER)                                                  \
    X(MODBUS_ADDRESS, "modbus.address", NUMBER)                                                    \
    X(MODBUS_QUANTITY, "modbus.quantity", NUMBER)                                                  \
    X(DNP3, "dnp3", LAYER)                                                                         \
    X(DNP3_FUNCTION, "dnp3_func", NUMBER)                                                          \
    X(DNP3_INDICATORS, "dnp3_ind", NUMBER)                                                         \
    X(DNP3_OBJECT, "dnp3_obj", NUMBER) /* group << 8 | variation */                                \
    X(WEBSOCKET, "websocket", LAYER)                                                               \
    X(WEBSOCKET_OPCODE, "websocket.opcode", NUMBER)                                                \
    X(WEBSOCKET_FIN, "websocket.fin", NUMBER)                                                      \
    X(WEBSOCKET_MASK, "websocket.mask", NUMBER) /* the masking key */                              \
    X(WEBSOCKET_PAYLOAD, "websocket.payload", BYTES)                                               \
    X(PGSQL, "pgsql", LAYER)                                                                       \
    X(PGSQL_QUERY, "pgsql.query", TEXT)                                                            \
    X(VLAN_ID, "vlan.id", NUMBER) /* each tag, outermost first */                                  \
    X(IGMP, "igmp", LAYER)                                                                         \
    X(IGMP_TYPE, "igmp.type", NUMBER)                                                              \
    X(SCTP, "sctp", LAYER)                                                                         \
    X(SCTP_TAG, "sctp.vtag", NUMBER)                                                               \
    X(SCTP_CHUNK_TYPE, "sctp.chunk_type", NUMBER) /* opens a chunk */                              \
    X(SCTP_CHUNK_DATA, "sctp.chunk_data", BYTES)

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
