/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Indicators as an event of MISP's core format, to be imported as it is. It comes unpublished, for
 * the own organisation only: whether to share is not ours to say. What is kept apart comes along as
 * context, marked as nothing to detect by.
 */
#include "indicators_private.h"
#include "json_text.h"
#include "uuid.h"

/* Where names of events and attributes come from: a random one of malflow's own. */
static const uint8_t names[16] = {0x9d, 0x2c, 0x55, 0xa8, 0x37, 0x0e, 0x4b, 0x6f,
                                  0xb1, 0x44, 0xc0, 0x1a, 0x8e, 0x5d, 0x72, 0x03};

static const struct {
    const char *type, *category;
} types[MF_INDICATORS] = {
    [MF_INDICATOR_DOMAIN] = {"domain", "Network activity"},
    [MF_INDICATOR_ADDRESS] = {"ip-dst", "Network activity"},
    [MF_INDICATOR_URL] = {"url", "Network activity"},
    [MF_INDICATOR_USER_AGENT] = {"user-agent", "Network activity"},
    [MF_INDICATOR_JA3] = {"ja3-fingerprint-md5", "Network activity"},
    [MF_INDICATOR_JA4] = {"other", "Network activity"}, /* MISP has no type for it alone */
    [MF_INDICATOR_CERT_SHA1] = {"x509-fingerprint-sha1", "Network activity"},
    [MF_INDICATOR_SHA256] = {"sha256", "Payload delivery"},
    [MF_INDICATOR_MD5] = {"md5", "Payload delivery"},
    [MF_INDICATOR_SUBJECT] = {"email-subject", "Payload delivery"},
};

static void
append_uuid(GString *out, const char *name)
{
    char uuid[MF_UUID_ROOM];

    mf_uuid_from_name(names, name, uuid);
    mf_json_string(out, "uuid", uuid);
}

/* MISP's numbers are strings. */
static void
append_number(GString *out, const char *key, int64_t number)
{
    char text[24];

    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, number);
    mf_json_string(out, key, text);
}

/* To the microsecond, as MISP stores it. */
static void
append_first_seen(mf_nanoseconds time, GString *out)
{
    GString *text = g_string_new(NULL);

    mf_indicator_time_append(time, text);
    mf_json_string(out, "first_seen", text->str);
    g_string_free(text, TRUE);
}

static const char *
type_of(const struct mf_indicator *indicator)
{
    const unsigned callers = 1u << MF_ROLE_SCANNER | 1u << MF_ROLE_EXPLOIT;

    if (indicator->kind == MF_INDICATOR_ADDRESS && (indicator->roles & ~callers) == 0)
        return "ip-src";
    return types[indicator->kind].type;
}

static void
append_comment(const struct mf_indicator *indicator, GString *out)
{
    GString *text = g_string_new(NULL);

    if (indicator->kind == MF_INDICATOR_JA4)
        g_string_append(text, "JA4; ");
    if (indicator->apart != MF_APART_NOT)
        g_string_append_printf(text, "%s; ", mf_apart_name((enum mf_apart)indicator->apart));
    if (indicator->suspected)
        g_string_append(text, "suspected: ");
    mf_roles_append(indicator->roles, text);
    g_string_append_printf(text, "; first in frame %u, session %u: %s", indicator->frame,
                           indicator->session, indicator->why);
    mf_json_string(out, "comment", text->str);
    g_string_free(text, TRUE);
}

static void
append_attribute(const struct mf_indicator *indicator, const char *event, GString *out)
{
    const size_t object = mf_json_open_object(out, NULL);
    char *name = g_strdup_printf("%s %u %s", event, indicator->kind, indicator->value);

    append_uuid(out, name);
    mf_json_string(out, "type", type_of(indicator));
    mf_json_string(out, "category", types[indicator->kind].category);
    mf_json_string(out, "value", indicator->value);
    mf_json_bool(out, "to_ids", indicator->apart == MF_APART_NOT && !indicator->suspected);
    append_comment(indicator, out);
    append_first_seen(indicator->time, out);
    append_number(out, "timestamp", indicator->time / MF_NS_PER_S);
    mf_json_string(out, "distribution", "5"); /* as the event's */
    mf_json_bool(out, "disable_correlation", indicator->apart != MF_APART_NOT);
    mf_json_close(out, object);
    g_free(name);
}

static char *
event_name(const struct mf_indicators *indicators)
{
    GString *name = g_string_new("event");

    g_string_append_printf(name, " %" G_GINT64_FORMAT, mf_engine_first_time(indicators->engine));
    for (uint32_t i = 0; i < mf_indicators_count(indicators); i++)
        g_string_append_printf(name, " %s", mf_indicators_get(indicators, i)->value);
    return g_string_free(name, FALSE);
}

/* High where something arrived or commanded, low where nothing did. */
static const char *
threat_level(const struct mf_indicators *indicators)
{
    unsigned roles = 0;

    for (uint32_t i = 0; i < mf_indicators_count(indicators); i++)
        if (!mf_indicators_get(indicators, i)->suspected)
            roles |= mf_indicators_get(indicators, i)->roles;
    return (roles & (1u << MF_ROLE_C2 | 1u << MF_ROLE_DOWNLOAD)) != 0 ? "1"
           : mf_indicators_count(indicators) > 0                      ? "2"
                                                                      : "4";
}

static void
append_head(const struct mf_indicators *indicators, const char *name, GString *out)
{
    const mf_nanoseconds time = mf_engine_first_time(indicators->engine);
    GDateTime *date = g_date_time_new_from_unix_utc(time / MF_NS_PER_S);
    char *day = date != NULL ? g_date_time_format(date, "%Y-%m-%d") : NULL;

    append_uuid(out, name);
    mf_json_string(out, "info", "malflow: indicators of a packet capture");
    mf_json_string(out, "date", day != NULL ? day : "1970-01-01");
    mf_json_string(out, "threat_level_id", threat_level(indicators));
    mf_json_string(out, "analysis", "0");
    mf_json_string(out, "distribution", "0");
    mf_json_bool(out, "published", false);
    append_number(out, "timestamp", time / MF_NS_PER_S);
    g_free(day);
    g_clear_pointer(&date, g_date_time_unref);
}

void
mf_indicators_append_misp(const struct mf_indicators *indicators, GString *out)
{
    const size_t whole = mf_json_open_object(out, NULL);
    const size_t event = mf_json_open_object(out, "Event");
    char *name = event_name(indicators);
    size_t attributes;

    append_head(indicators, name, out);
    attributes = mf_json_open_list(out, "Attribute");
    for (uint32_t i = 0; i < mf_indicators_count(indicators); i++)
        append_attribute(mf_indicators_get(indicators, i), name, out);
    mf_json_close_kept(out, attributes);
    mf_json_close(out, event);
    mf_json_close(out, whole);
    g_string_append_c(out, '\n');
    g_free(name);
}
