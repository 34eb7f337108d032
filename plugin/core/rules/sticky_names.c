/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buffers whose rows say more than a name, other spellings, and what older rules write. A buffer of
 * core/buffers.h that is not named here is a sticky buffer all the same, see slots.c. "Multi" is
 * what Suricata counts as such: there, naming a buffer again means another instance of it.
 */
#include "slots.h"

#define MULTI(rule_name, buffer)                                                                   \
    {                                                                                              \
        .name = (rule_name), .kind = MF_STICKY_BUFFER, .id = MF_BUF_##buffer, .multi = true        \
    }

#define SAME(other, original)                                                                      \
    {                                                                                              \
        .name = (other), .same_as = (original)                                                     \
    }

static const uint16_t dns[] = {MF_BUF_DNS, MF_BUFFER_COUNT};

static const struct mf_sticky rows[] = {
    MULTI("file.data", FILE_DATA),
    {.name = "dns.query",
     .kind = MF_STICKY_BUFFER,
     .id = MF_BUF_DNS_QUERY,
     .layers = dns,
     .directions = 1u << MF_ORIG,
     .multi = true},
    MULTI("dns.queries.rrname", DNS_QUERIES_RRNAME),
    MULTI("dns.answers.rrname", DNS_ANSWERS_RRNAME),
    MULTI("dns.authorities.rrname", DNS_AUTHORITIES_RRNAME),
    MULTI("dns.additionals.rrname", DNS_ADDITIONALS_RRNAME),
    MULTI("dns.response.rrname", DNS_RESPONSE_RRNAME),
    MULTI("mdns.queries.rrname", MDNS_QUERIES_RRNAME),
    MULTI("mdns.answers.rrname", MDNS_ANSWERS_RRNAME),
    MULTI("mdns.authorities.rrname", MDNS_AUTHORITIES_RRNAME),
    MULTI("mdns.additionals.rrname", MDNS_ADDITIONALS_RRNAME),
    MULTI("mdns.response.rrname", MDNS_RESPONSE_RRNAME),
    MULTI("llmnr.queries.rrname", LLMNR_QUERIES_RRNAME),
    MULTI("llmnr.answers.rrname", LLMNR_ANSWERS_RRNAME),
    MULTI("llmnr.authorities.rrname", LLMNR_AUTHORITIES_RRNAME),
    MULTI("llmnr.additionals.rrname", LLMNR_ADDITIONALS_RRNAME),
    MULTI("llmnr.response.rrname", LLMNR_RESPONSE_RRNAME),
    MULTI("tls.certs", TLS_CERTS),
    MULTI("tls.alpn", TLS_ALPN),
    MULTI("tls.subjectaltname", TLS_SUBJECT_ALT_NAME),
    MULTI("http2.header_name", HTTP2_HEADER_NAME),
    MULTI("ike.vendor", IKE_VENDOR),
    MULTI("krb5.cname", KRB5_CNAME),
    MULTI("krb5.sname", KRB5_SNAME),
    MULTI("mqtt.subscribe.topic", MQTT_SUBSCRIBE_TOPIC),
    MULTI("mqtt.unsubscribe.topic", MQTT_UNSUBSCRIBE_TOPIC),
    MULTI("smtp.rcpt_to", SMTP_RCPT_TO),
    MULTI("email.received", EMAIL_RECEIVED),
    MULTI("email.url", EMAIL_URL),
    MULTI("ldap.responses.dn", LDAP_RESPONSE_DN),
    MULTI("ldap.responses.message", LDAP_RESPONSE_MESSAGE),
    MULTI("ldap.request.attribute_type", LDAP_REQUEST_ATTRIBUTE),
    MULTI("ldap.responses.attribute_type", LDAP_RESPONSE_ATTRIBUTE),

    SAME("file_data", "file.data"),
    SAME("dns_query", "dns.query"),
    SAME("http_accept", "http.accept"),
    SAME("http_accept_enc", "http.accept_enc"),
    SAME("http_accept_lang", "http.accept_lang"),
    SAME("http_connection", "http.connection"),
    SAME("http_content_len", "http.content_len"),
    SAME("http_content_type", "http.content_type"),
    SAME("http_header_names", "http.header_names"),
    SAME("http_location", "http.location"),
    SAME("http_protocol", "http.protocol"),
    SAME("http_referer", "http.referer"),
    SAME("http_request_line", "http.request_line"),
    SAME("http_response_line", "http.response_line"),
    SAME("http_server", "http.server"),
    SAME("http_start", "http.start"),
    SAME("tls_sni", "tls.sni"),
    SAME("tls_cert_subject", "tls.cert_subject"),
    SAME("tls_cert_issuer", "tls.cert_issuer"),
    SAME("tls_cert_serial", "tls.cert_serial"),
    SAME("tls_cert_fingerprint", "tls.cert_fingerprint"),
    SAME("tls_certs", "tls.certs"),
    SAME("ja3_hash", "ja3.hash"),
    SAME("ja3_string", "ja3.string"),
    SAME("ja3s_hash", "ja3s.hash"),
    SAME("ja3s_string", "ja3s.string"),
    SAME("ja4_hash", "ja4.hash"),
    SAME("ssh_proto", "ssh.proto"),
    SAME("ssh_software", "ssh.software"),
    SAME("smb_named_pipe", "smb.named_pipe"),
    SAME("smb_share", "smb.share"),
    SAME("smb_ntlmssp_user", "smb.ntlmssp_user"),
    SAME("smb_ntlmssp_domain", "smb.ntlmssp_domain"),
    SAME("dce_stub_data", "dcerpc.stub_data"),
    SAME("krb5_cname", "krb5.cname"),
    SAME("krb5_sname", "krb5.sname"),
};

const struct mf_sticky_family mf_sticky_names = {rows, G_N_ELEMENTS(rows)};
