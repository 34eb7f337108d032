/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "crypto.h"

#include <gnutls/crypto.h>

void
mf_sha1(const uint8_t *data, size_t length, uint8_t digest[20])
{
    memset(digest, 0, 20);
    gnutls_hash_fast(GNUTLS_DIG_SHA1, data, length, digest);
}

void
mf_sha256(const uint8_t *data, size_t length, uint8_t digest[32])
{
    memset(digest, 0, 32);
    gnutls_hash_fast(GNUTLS_DIG_SHA256, data, length, digest);
}

/* As Suricata 7 prints them. */
static const struct {
    const char *oid, *name;
} names[] = {
    {"2.5.4.3", "CN"},
    {"2.5.4.4", "surname"},
    {"2.5.4.5", "serialNumber"},
    {"2.5.4.6", "C"},
    {"2.5.4.7", "L"},
    {"2.5.4.8", "ST"},
    {"2.5.4.9", "streetAddress"},
    {"2.5.4.10", "O"},
    {"2.5.4.11", "OU"},
    {"2.5.4.12", "title"},
    {"2.5.4.13", "description"},
    {"2.5.4.15", "businessCategory"},
    {"2.5.4.17", "postalCode"},
    {"2.5.4.41", "name"},
    {"2.5.4.42", "givenName"},
    {"2.5.4.43", "initials"},
    {"2.5.4.44", "generationQualifier"},
    {"2.5.4.45", "uniqueIdentifier"},
    {"2.5.4.46", "dnQualifier"},
    {"0.9.2342.19200300.100.1.1", "uid"},
    {"0.9.2342.19200300.100.1.25", "DC"},
    {"1.2.840.113549.1.9.1", "Email"},
    {"1.2.840.113549.1.9.2", "unstructuredName"},
    {"1.3.6.1.4.1.311.60.2.1.1", "msJurisdictionLocality"},
    {"1.3.6.1.4.1.311.60.2.1.2", "msJurisdictionStateOrProvince"},
    {"1.3.6.1.4.1.311.60.2.1.3", "msJurisdictionCountry"},
};

const char *
mf_crypto_name_of_oid(const char *oid)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i].oid, oid) == 0)
            return names[i].name;
    return NULL;
}
