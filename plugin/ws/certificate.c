/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rules ask of certificates, in the words in which Suricata prints it, which is what rules
 * were written against: names in the order of the certificate, "C=US, O=Example, CN=a.example".
 * A message holds the chain, the server's own certificate first (RFC 8446, 4.4.2): but for the raw
 * bytes and their number only that one is read.
 */
#include "collect.h"
#include "crypto.h"

#include <gnutls/x509.h>
#include <string.h>

enum { MAX_SERIAL = 64, SHA1_BYTES = 20, MAX_NAMES = 256 };

/* "ab:cd" */
static const char *
hex(wmem_allocator_t *scope, const uint8_t *bytes, size_t length, const char *format)
{
    wmem_strbuf_t *text = wmem_strbuf_new(scope, "");

    for (size_t i = 0; i < length; i++) {
        if (i > 0)
            wmem_strbuf_append_c(text, ':');
        wmem_strbuf_append_printf(text, format, bytes[i]);
    }
    return wmem_strbuf_get_str(text);
}

static void
append_part(GString *name, const gnutls_x509_ava_st *part)
{
    char *oid = g_strndup((const char *)part->oid.data, part->oid.size);
    const char *known = mf_crypto_name_of_oid(oid);

    g_string_append_printf(name, known != NULL ? "%s=" : "OID(%s)=", known != NULL ? known : oid);
    g_string_append_len(name, (const char *)part->value.data, part->value.size);
    g_free(oid);
}

static void
add_name(struct mf_collect *collect, enum mf_buffer_id id, gnutls_x509_dn_t dn)
{
    GString *name = g_string_new(NULL);
    gnutls_x509_ava_st part;

    for (int rdn = 0; gnutls_x509_dn_get_rdn_ava(dn, rdn, 0, &part) >= 0; rdn++) {
        if (rdn > 0)
            g_string_append(name, ", ");
        for (int i = 0; gnutls_x509_dn_get_rdn_ava(dn, rdn, i, &part) >= 0; i++) {
            if (i > 0)
                g_string_append(name, " + ");
            append_part(name, &part);
        }
    }
    mf_collect_bytes(collect, id, wmem_memdup(collect->pinfo->pool, name->str, name->len + 1),
                     name->len);
    g_string_free(name, TRUE);
}

static void
add_alternatives(struct mf_collect *collect, gnutls_x509_crt_t certificate)
{
    for (unsigned i = 0; i < MAX_NAMES; i++) {
        char name[512];
        size_t length = sizeof name;
        int type = gnutls_x509_crt_get_subject_alt_name(certificate, i, name, &length, NULL);

        if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
            return;
        if (type == GNUTLS_SAN_DNSNAME || type == GNUTLS_SAN_RFC822NAME || type == GNUTLS_SAN_URI)
            mf_collect_text(collect, MF_BUF_TLS_SUBJECT_ALT_NAME,
                            wmem_strndup(collect->pinfo->pool, name, length));
    }
}

static void
add_serial(struct mf_collect *collect, gnutls_x509_crt_t certificate)
{
    uint8_t serial[MAX_SERIAL];
    size_t length = sizeof serial;

    if (gnutls_x509_crt_get_serial(certificate, serial, &length) >= 0)
        mf_collect_text(collect, MF_BUF_TLS_CERT_SERIAL,
                        hex(collect->pinfo->pool, serial, length, "%02X"));
}

static void
add_certificate(struct mf_collect *collect, gnutls_x509_crt_t certificate)
{
    gnutls_x509_dn_t dn;

    if (gnutls_x509_crt_get_subject(certificate, &dn) >= 0)
        add_name(collect, MF_BUF_TLS_CERT_SUBJECT, dn);
    if (gnutls_x509_crt_get_issuer(certificate, &dn) >= 0)
        add_name(collect, MF_BUF_TLS_CERT_ISSUER, dn);
    if (mf_fieldmap_wants(MF_BUF_TLS_CERT_SERIAL))
        add_serial(collect, certificate);
    if (mf_fieldmap_wants(MF_BUF_TLS_SUBJECT_ALT_NAME))
        add_alternatives(collect, certificate);
    mf_collect_number(collect, MF_BUF_TLS_CERT_NOT_BEFORE,
                      (uint64_t)gnutls_x509_crt_get_activation_time(certificate));
    mf_collect_number(collect, MF_BUF_TLS_CERT_NOT_AFTER,
                      (uint64_t)gnutls_x509_crt_get_expiration_time(certificate));
}

static void
read_certificate(struct mf_collect *collect, const uint8_t *der, size_t length)
{
    const gnutls_datum_t data = {(unsigned char *)der, (unsigned)length};
    gnutls_x509_crt_t certificate;
    uint8_t digest[SHA1_BYTES];

    mf_sha1(der, length, digest);
    mf_collect_text(collect, MF_BUF_TLS_CERT_FINGERPRINT,
                    hex(collect->pinfo->pool, digest, sizeof digest, "%02x"));
    if (gnutls_x509_crt_init(&certificate) < 0)
        return;
    if (gnutls_x509_crt_import(certificate, &data, GNUTLS_X509_FMT_DER) >= 0)
        add_certificate(collect, certificate);
    gnutls_x509_crt_deinit(certificate);
}

void
mf_form_certificate(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    size_t length;
    const uint8_t *der = mf_item_bytes(item, &length);

    (void)feed;
    if (der == NULL || length > INT32_MAX)
        return;
    mf_collect_bytes(collect, MF_BUF_TLS_CERTS, der, length);
    if (collect->n_certs++ == 0)
        read_certificate(collect, der, length);
}

void
mf_certificates_finish(struct mf_collect *collect)
{
    if (collect->n_certs > 0)
        mf_collect_number(collect, MF_BUF_TLS_CERT_CHAIN_LENGTH, collect->n_certs);
    collect->n_certs = 0;
}
