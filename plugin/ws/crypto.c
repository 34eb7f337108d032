/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "crypto.h"

#include <gnutls/crypto.h>
#include <gnutls/x509.h>

static const char *
to_scope(wmem_allocator_t *scope, int error, gnutls_datum_t *text)
{
    const char *copy;

    if (error < 0)
        return NULL;
    copy = wmem_strndup(scope, (const char *)text->data, text->size);
    gnutls_free(text->data);
    return copy;
}

bool
mf_certificate_names(wmem_allocator_t *scope, const uint8_t *der, size_t length,
                     struct mf_certificate_names *names)
{
    gnutls_datum_t data = {(unsigned char *)der, (unsigned)length}, text;
    gnutls_x509_crt_t certificate;
    bool ok;

    if (length > UINT_MAX || gnutls_x509_crt_init(&certificate) < 0)
        return false;
    ok = gnutls_x509_crt_import(certificate, &data, GNUTLS_X509_FMT_DER) >= 0;
    if (ok) {
        names->subject = to_scope(scope, gnutls_x509_crt_get_dn3(certificate, &text, 0), &text);
        names->issuer =
            to_scope(scope, gnutls_x509_crt_get_issuer_dn3(certificate, &text, 0), &text);
    }
    gnutls_x509_crt_deinit(certificate);
    return ok;
}

void
mf_sha256(const uint8_t *data, size_t length, uint8_t digest[32])
{
    memset(digest, 0, 32);
    gnutls_hash_fast(GNUTLS_DIG_SHA256, data, length, digest);
}
