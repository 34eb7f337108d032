/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Indicators of compromise: what of the evidence of all verdicts can be looked for elsewhere, each
 * with the part that it played. What is evidence of nothing is none, so that a clean capture has no
 * indicators; what stands in evidence but says nothing to others (private addresses, services that
 * every system uses) is kept apart.
 */
#ifndef MALFLOW_CORE_INDICATORS_H
#define MALFLOW_CORE_INDICATORS_H

#include "option_list.h"
#include "verdict.h"

enum mf_indicator_kind {
    MF_INDICATOR_DOMAIN,
    MF_INDICATOR_ADDRESS,
    MF_INDICATOR_URL,
    MF_INDICATOR_USER_AGENT,
    MF_INDICATOR_JA3,
    MF_INDICATOR_JA4,
    MF_INDICATOR_CERT_SHA1, /* 40 hex digits */
    MF_INDICATOR_SHA256,
    MF_INDICATOR_MD5,
    MF_INDICATOR_SUBJECT,
    MF_INDICATORS
};

/* The parts that things play; an indicator may have several, as bits 1 << role. */
enum mf_role {
    MF_ROLE_EXPLOIT,
    MF_ROLE_LURE, /* led to a download: pages, redirects, orders */
    MF_ROLE_DOWNLOAD,
    MF_ROLE_C2,
    MF_ROLE_EXFILTRATION,
    MF_ROLE_SPAM,
    MF_ROLE_SCANNER,
    MF_ROLE_SCAN_TARGET,
    MF_ROLES
};

enum mf_apart {
    MF_APART_NOT,
    MF_APART_PRIVATE,    /* an address or name of the own network */
    MF_APART_WELL_KNOWN, /* a service that systems use by themselves */
};

struct mf_indicator {
    mf_nanoseconds time; /* of the first frame */
    uint32_t session, frame;
    uint8_t kind; /* enum mf_indicator_kind */
    uint8_t apart;
    bool suspected; /* all that it is evidence of is suspected only */
    unsigned roles;
    const char *value; /* printable ASCII; lives as long as the indicators, as why does */
    const char *why;   /* the first evidence in words */
};

struct mf_indicators;

/* ENGINE and VERDICTS outlive the indicators. */
struct mf_indicators *
mf_indicators_new(const struct mf_engine *engine, const struct mf_verdicts *verdicts);

/* Accepts NULL. */
void
mf_indicators_free(struct mf_indicators *indicators);

/* Those not kept apart first; then by kind, first frame and value. */
uint32_t
mf_indicators_count(const struct mf_indicators *indicators);

const struct mf_indicator *
mf_indicators_get(const struct mf_indicators *indicators, uint32_t index);

/* URLs that are known in part only, being too long, and so are none. */
uint32_t
mf_indicators_cut(const struct mf_indicators *indicators);

/* "domain", "SHA-256", ...; static. */
const char *
mf_indicator_kind_name(enum mf_indicator_kind kind);

/* "C&C", "download", ...; static. */
const char *
mf_role_name(enum mf_role role);

/* "private", "well-known service"; static. "" for MF_APART_NOT. */
const char *
mf_apart_name(enum mf_apart apart);

/* Appends "download, C&C". */
void
mf_roles_append(unsigned roles, GString *out);

/* --- as text --- */

enum mf_indicator_format {
    MF_INDICATORS_TABLE,
    MF_INDICATORS_CSV,
    MF_INDICATORS_STIX, /* a bundle of STIX 2.1 */
    MF_INDICATORS_MISP, /* an event of MISP's core format */
    MF_INDICATORS_FORMATS
};

/* Options of -z malflow,iocs. */
struct mf_indicator_options {
    enum mf_indicator_format format;
};

extern const struct mf_option_list mf_indicator_option_list;

/* Appends all of them in FORMAT; of STIX, those not kept apart: printable ASCII and newlines. */
void
mf_indicators_append(const struct mf_indicators *indicators, enum mf_indicator_format format,
                     GString *out);

#endif
