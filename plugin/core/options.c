/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Settings of the engine and the list of protocols shown packet by packet. What users write is
 * taken literally and judged whole: every wrong piece is named, not only the first.
 */
#include "options.h"

#include <string.h>

/* --- protocols --- */

static bool
is_separator(char c)
{
    return c == '+' || c == ',' || g_ascii_isspace(c);
}

static bool
is_name(const char *name)
{
    for (; *name != '\0'; name++)
        if (!g_ascii_isalnum(*name) && strchr("-_.:", *name) == NULL)
            return false;
    return true;
}

/* Takes one word of the list. */
static bool
add_name(struct mf_packet_protocols *out, GPtrArray *names, char *name, struct mf_diags *diags)
{
    if (!is_name(name)) {
        mf_diags_add(diags, NULL, 0, 0, "packets: '%s' is no protocol name", name);
        g_free(name);
        return false;
    }
    if (strcmp(name, "all") == 0)
        out->all = true;
    if (strcmp(name, "all") != 0 && strcmp(name, "none") != 0)
        g_ptr_array_add(names, name);
    else
        g_free(name);
    return true;
}

bool
mf_packet_protocols_parse(struct mf_packet_protocols *out, const char *text, struct mf_diags *diags)
{
    GPtrArray *names = g_ptr_array_new();
    bool ok = true;

    *out = (struct mf_packet_protocols){0};
    for (const char *at = text != NULL ? text : ""; *at != '\0';) {
        const char *end = at;

        while (*end != '\0' && !is_separator(*end))
            end++;
        if (end > at && !add_name(out, names, g_ascii_strdown(at, end - at), diags))
            ok = false;
        at = *end != '\0' ? end + 1 : end;
    }
    g_ptr_array_add(names, NULL);
    if (names->len > 1)
        out->names = (char **)g_ptr_array_free(names, FALSE);
    else
        g_ptr_array_free(names, TRUE);
    return ok;
}

void
mf_packet_protocols_clear(struct mf_packet_protocols *protocols)
{
    g_strfreev(protocols->names);
    *protocols = (struct mf_packet_protocols){0};
}

/* Whether NAME is APP or one of its parts between colons. */
static bool
names_part(const char *name, const char *app)
{
    size_t length = strlen(name);

    if (g_ascii_strcasecmp(name, app) == 0)
        return true;
    for (const char *part = app; part != NULL;) {
        const char *colon = strchr(part, ':');

        if ((colon != NULL ? (size_t)(colon - part) : strlen(part)) == length &&
            g_ascii_strncasecmp(part, name, length) == 0)
            return true;
        part = colon != NULL ? colon + 1 : NULL;
    }
    return false;
}

bool
mf_packet_protocols_has(const struct mf_packet_protocols *protocols, const char *l4,
                        const char *app)
{
    if (protocols->all || protocols->names == NULL)
        return protocols->all;
    for (char *const *name = protocols->names; *name != NULL; name++)
        if (g_ascii_strcasecmp(*name, l4) == 0 || (app != NULL && names_part(*name, app)))
            return true;
    return false;
}

/* --- settings --- */

void
mf_settings_init(struct mf_settings *settings)
{
    *settings = (struct mf_settings){
        .payload_bytes = 512,
        .spread_scan_hosts = 10,
        .port_scan_ports = 10,
        .scan_window = 60,
        .udp_timeout = 60,
        .tcp_timeout = 300,
        .max_sessions = MF_DEFAULT_MAX_SESSIONS,
        .stream_bytes = MF_DEFAULT_STREAM_BYTES,
        .correlate = true,
        .correlation_window = 30,
    };
}

void
mf_settings_check(struct mf_settings *settings, struct mf_diags *diags)
{
    const struct {
        const char *name;
        uint32_t *value, low, high;
    } ranges[] = {
        {"payload_bytes", &settings->payload_bytes, 0, MF_PAYLOAD_ROW_BYTES_MAX},
        {"spread_scan_hosts", &settings->spread_scan_hosts, 2, MF_SCAN_THRESHOLD_MAX},
        {"port_scan_ports", &settings->port_scan_ports, 2, MF_SCAN_THRESHOLD_MAX},
        {"scan_window", &settings->scan_window, 1, 86400},
        {"udp_timeout", &settings->udp_timeout, 1, 86400},
        {"tcp_timeout", &settings->tcp_timeout, 1, 86400},
        {"max_sessions", &settings->max_sessions, 1, MF_MAX_SESSIONS},
        {"correlation_window", &settings->correlation_window, 1, 86400},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
        uint32_t value = *ranges[i].value;
        uint32_t nearest = CLAMP(value, ranges[i].low, ranges[i].high);

        if (value == nearest)
            continue;
        mf_diags_add(diags, NULL, 0, 0, "malflow.%s: %u is not within %u to %u; using %u",
                     ranges[i].name, value, ranges[i].low, ranges[i].high, nearest);
        *ranges[i].value = nearest;
    }
}
