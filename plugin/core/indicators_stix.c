/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Indicators as a STIX 2.1 bundle (OASIS, 10 June 2021). What is kept apart is left out: whoever
 * takes a bundle in will act on all of it. STIX has no pattern for fingerprints of TLS clients;
 * they are Suricata rules, which its vocabulary of pattern types knows.
 */
#include "indicators_private.h"
#include "json_text.h"
#include "uuid.h"

#include <string.h>

/* Where names of indicators come from: a random one of malflow's own. */
static const uint8_t names[16] = {0x6e, 0x1b, 0x0b, 0x52, 0x5c, 0x9f, 0x4a, 0x1d,
                                  0x8a, 0x0e, 0x2f, 0x7d, 0x3c, 0x61, 0x94, 0xe7};

/* STIX patterns: what stands before the quoted value. Addresses are told apart by their form. */
static const char *const paths[MF_INDICATORS] = {
    [MF_INDICATOR_DOMAIN] = "domain-name:value",
    [MF_INDICATOR_ADDRESS] = "ipv4-addr:value",
    [MF_INDICATOR_URL] = "url:value",
    [MF_INDICATOR_USER_AGENT] =
        "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
    [MF_INDICATOR_CERT_SHA1] = "x509-certificate:hashes.'SHA-1'",
    [MF_INDICATOR_SHA256] = "file:hashes.'SHA-256'",
    [MF_INDICATOR_MD5] = "file:hashes.MD5",
    [MF_INDICATOR_SUBJECT] = "email-message:subject",
};

/* Suricata's buffers. */
static const char *const buffers[MF_INDICATORS] = {
    [MF_INDICATOR_JA3] = "ja3.hash",
    [MF_INDICATOR_JA4] = "ja4.hash",
};

/* Kinds whose rules need a number that nobody else has: the range that is left to users. */
enum { FIRST_LOCAL_SID = 1000000, LOCAL_SIDS = 1000000 };

static void
append_pattern(const struct mf_indicator *indicator, GString *out)
{
    const char *path = paths[indicator->kind];

    if (buffers[indicator->kind] != NULL) {
        g_string_append_printf(
            out,
            "alert tls any any -> any any (msg:\"malflow: TLS client seen with malware\"; "
            "%s; content:\"%s\"; sid:%u; rev:1;)",
            buffers[indicator->kind], indicator->value,
            FIRST_LOCAL_SID + g_str_hash(indicator->value) % LOCAL_SIDS);
        return;
    }
    if (indicator->kind == MF_INDICATOR_ADDRESS && strchr(indicator->value, ':') != NULL)
        path = "ipv6-addr:value";
    g_string_append_printf(out, "[%s = '", path);
    for (const char *at = indicator->value; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
    g_string_append(out, "']");
}

static void
append_id(GString *out, const char *key, const char *type, const char *name)
{
    char uuid[MF_UUID_ROOM], *id;

    mf_uuid_from_name(names, name, uuid);
    id = g_strconcat(type, "--", uuid, NULL);
    mf_json_string(out, key, id);
    g_free(id);
}

/* What all objects begin with. NAME belongs to nothing else, of that TIME. */
static void
append_head(GString *out, const char *type, const char *name, mf_nanoseconds time)
{
    mf_json_string(out, "type", type);
    mf_json_string(out, "spec_version", "2.1");
    append_id(out, "id", type, name);
    mf_json_time(out, "created", time);
    mf_json_time(out, "modified", time);
}

/* The same in every bundle. */
static void
append_author(GString *out)
{
    static const mf_nanoseconds made = INT64_C(1704067200) * MF_NS_PER_S; /* 2024 began */
    const size_t object = mf_json_open_object(out, NULL);

    append_head(out, "identity", "malflow", made);
    mf_json_string(out, "name", "malflow");
    mf_json_string(out, "identity_class", "system");
    mf_json_close(out, object);
}

static void
append_labels(unsigned roles, GString *out)
{
    const size_t list = mf_json_open_list(out, "labels");

    for (unsigned role = 0; role < MF_ROLES; role++)
        if ((roles & 1u << role) != 0)
            mf_json_string(out, NULL, mf_role_name((enum mf_role)role));
    mf_json_close(out, list);
}

static void
append_types(const struct mf_indicator *indicator, GString *out)
{
    static const unsigned others = 1u << MF_ROLE_SCAN_TARGET; /* victims, at most */
    const size_t list = mf_json_open_list(out, "indicator_types");

    mf_json_string(out, NULL,
                   indicator->roles == others ? "compromised"
                   : indicator->suspected     ? "anomalous-activity"
                                              : "malicious-activity");
    mf_json_close(out, list);
}

static void
append_texts(const struct mf_indicator *indicator, GString *out)
{
    GString *text = g_string_new(NULL);

    g_string_printf(text, "%s %s", mf_indicator_kind_name((enum mf_indicator_kind)indicator->kind),
                    indicator->value);
    mf_json_string(out, "name", text->str);
    g_string_printf(text, "first in frame %u, session %u: %s", indicator->frame, indicator->session,
                    indicator->why);
    mf_json_string(out, "description", text->str);
    g_string_free(text, TRUE);
}

/* Its id is of what it is and when it was seen: created may not differ under one id. */
static void
append_indicator(const struct mf_indicator *indicator, GString *out)
{
    const bool is_rule = buffers[indicator->kind] != NULL;
    const size_t object = mf_json_open_object(out, NULL);
    GString *pattern = g_string_new(NULL);
    char *name;

    append_pattern(indicator, pattern);
    name = g_strdup_printf("%" G_GINT64_FORMAT " %s", indicator->time, pattern->str);
    append_head(out, "indicator", name, indicator->time);
    append_id(out, "created_by_ref", "identity", "malflow");
    append_texts(indicator, out);
    append_types(indicator, out);
    mf_json_string(out, "pattern", pattern->str);
    mf_json_string(out, "pattern_type", is_rule ? "suricata" : "stix");
    if (!is_rule)
        mf_json_string(out, "pattern_version", "2.1");
    mf_json_time(out, "valid_from", indicator->time);
    append_labels(indicator->roles, out);
    mf_json_close(out, object);
    g_free(name);
    g_string_free(pattern, TRUE);
}

/* Of what is in it: another capture is another bundle. */
static void
append_bundle_id(const struct mf_indicators *indicators, GString *out)
{
    GString *name = g_string_new("bundle");

    g_string_append_printf(name, " %" G_GINT64_FORMAT, mf_engine_first_time(indicators->engine));
    for (uint32_t i = 0; i < mf_indicators_count(indicators); i++)
        g_string_append_printf(name, " %s", mf_indicators_get(indicators, i)->value);
    append_id(out, "id", "bundle", name->str);
    g_string_free(name, TRUE);
}

void
mf_indicators_append_stix(const struct mf_indicators *indicators, GString *out)
{
    const size_t bundle = mf_json_open_object(out, NULL);
    size_t objects;

    mf_json_string(out, "type", "bundle");
    append_bundle_id(indicators, out);
    objects = mf_json_open_list(out, "objects");
    append_author(out);
    for (uint32_t i = 0; i < mf_indicators_count(indicators); i++)
        if (mf_indicators_get(indicators, i)->apart == MF_APART_NOT)
            append_indicator(mf_indicators_get(indicators, i), out);
    mf_json_close(out, objects);
    mf_json_close(out, bundle);
    g_string_append_c(out, '\n');
}
