/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * domain and tld, by the list of public suffixes that libpsl carries: of www.example.co.uk they
 * make example.co.uk and co.uk. A list of our own would be old before it is read.
 * https://publicsuffix.org/list/
 */
#include "transform_private.h"

#include <libpsl.h>
#include <string.h>

/* RFC 1035, 2.3.4: longer ones are none. */
enum { NAME_MAX_LENGTH = 255 };

typedef const char *(*cut_name)(const psl_ctx_t *list, const char *name);

/* Appends what CUT leaves of the name in DATA, if that has an owner at all. */
static bool
cut(cut_name part, const uint8_t *data, size_t length, GByteArray *out)
{
    char name[NAME_MAX_LENGTH + 1];
    const char *rest;

    if (length > NAME_MAX_LENGTH || memchr(data, '\0', length) != NULL)
        return true;
    memcpy(name, data, length);
    name[length] = '\0';
    if (psl_registrable_domain(psl_builtin(), name) == NULL)
        return true;
    rest = part(psl_builtin(), name);
    return rest == NULL || mf_transform_keep((const uint8_t *)rest, strlen(rest), out);
}

bool
mf_domain_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
              GByteArray *out)
{
    (void)transform;
    return cut(psl_registrable_domain, data, length, out);
}

bool
mf_tld_run(const struct mf_transform *transform, const uint8_t *data, size_t length,
           GByteArray *out)
{
    (void)transform;
    return cut(psl_unregistrable_domain, data, length, out);
}
