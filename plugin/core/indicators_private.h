/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What gathering and printing indicators share. Private to the indicators module. */
#ifndef MALFLOW_CORE_INDICATORS_PRIVATE_H
#define MALFLOW_CORE_INDICATORS_PRIVATE_H

#include "indicators.h"
#include "interned.h"

struct mf_indicators {
    const struct mf_engine *engine;
    struct mf_interned *texts;
    GHashTable *known; /* "KIND VALUE" (owned) -> index + 1; during construction */
    GArray *list;      /* struct mf_indicator */
    uint32_t cut;
};

/* What the next indicators are evidence of. */
struct mf_indicator_context {
    const struct mf_session *session;
    uint32_t frame;      /* where it shows; 0: the session's first */
    mf_nanoseconds time; /* of that frame; 0: as near as it is known */
    enum mf_role role;
    bool suspected;
    const char *why;
};

/* Adds VALUE, or what it adds to the one that there is. Nothing for NULL and "". */
void
mf_indicator_add(struct mf_indicators *indicators, const struct mf_indicator_context *context,
                 enum mf_indicator_kind kind, const char *value);

/* The same for a host as a request or hello names it: "name", "name:port", an address. */
void
mf_indicator_add_host(struct mf_indicators *indicators, const struct mf_indicator_context *context,
                      const char *host);

void
mf_indicator_add_address(struct mf_indicators *indicators,
                         const struct mf_indicator_context *context, const struct mf_addr *addr);

/* The host and URL of request INDEX of the session, and the user agent that asked. */
void
mf_indicator_add_request(struct mf_indicators *indicators,
                         const struct mf_indicator_context *context, unsigned index);

/* --- formats --- */

/* "2008-01-01T00:00:00.357000Z": ISO 8601, UTC, to the microsecond. */
void
mf_indicator_time_append(mf_nanoseconds time, GString *out);

void
mf_indicators_append_stix(const struct mf_indicators *indicators, GString *out);
void
mf_indicators_append_misp(const struct mf_indicators *indicators, GString *out);

#endif
