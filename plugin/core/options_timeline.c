/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options of one timeline output, as they stand behind "-z malflow,timeline,". A display filter
 * follows without a mark of its own, and tshark splits nothing: what has the form of an option is
 * one, so that a misspelt option is named here and does not turn into an odd filter error.
 */
#include "options.h"

#include <string.h>

struct option {
    const char *name;
    const char *allowed; /* values, for messages; NULL: the word alone is the option */
    bool (*set)(struct mf_timeline_options *options, const char *value, struct mf_diags *diags);
};

static bool
set_switch(bool *out, const char *value)
{
    *out = strcmp(value, "on") == 0;
    return *out || strcmp(value, "off") == 0;
}

static bool
set_aggregate(struct mf_timeline_options *options, const char *value, struct mf_diags *diags)
{
    (void)diags;
    return set_switch(&options->aggregate, value);
}

static bool
set_requests(struct mf_timeline_options *options, const char *value, struct mf_diags *diags)
{
    (void)diags;
    return set_switch(&options->requests, value);
}

static bool
set_hits(struct mf_timeline_options *options, const char *value, struct mf_diags *diags)
{
    (void)diags;
    options->hits = strcmp(value, "only") == 0 ? MF_HITS_ONLY : MF_HITS_ALL;
    return options->hits == MF_HITS_ONLY || strcmp(value, "all") == 0;
}

static bool
set_packets(struct mf_timeline_options *options, const char *value, struct mf_diags *diags)
{
    mf_packet_protocols_clear(&options->packets);
    return mf_packet_protocols_parse(&options->packets, value, diags) && *value != '\0';
}

static bool
set_payload(struct mf_timeline_options *options, const char *value, struct mf_diags *diags)
{
    guint64 number = 0;

    (void)diags;
    if (!g_ascii_string_to_unsigned(value, 10, 0, MF_PAYLOAD_ROW_BYTES_MAX, &number, NULL))
        return false;
    options->payload_bytes = (uint32_t)number;
    return true;
}

static bool
set_utc(struct mf_timeline_options *options, const char *value, struct mf_diags *diags)
{
    (void)value;
    (void)diags;
    options->time = MF_TIME_UTC;
    return true;
}

static bool
set_relative(struct mf_timeline_options *options, const char *value, struct mf_diags *diags)
{
    (void)value;
    (void)diags;
    options->time = MF_TIME_RELATIVE;
    return true;
}

static const struct option known[] = {
    {"packets", "protocols joined by '+', all or none", set_packets},
    {"aggregate", "on or off", set_aggregate},
    {"requests", "on or off", set_requests},
    {"hits", "only or all", set_hits},
    {"payload", "a number from 0 to 65535", set_payload},
    {"utc", NULL, set_utc},
    {"relative", NULL, set_relative},
};

G_STATIC_ASSERT(MF_PAYLOAD_ROW_BYTES_MAX == 65535);

static const struct option *
find_option(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i].name, name) == 0)
            return &known[i];
    return NULL;
}

/* Where the value of "word=value" begins, or NULL if PART is not of that form. */
static const char *
find_value(const char *part)
{
    const char *at = part;

    if (!g_ascii_isalpha(*at) && *at != '_')
        return NULL;
    while (g_ascii_isalnum(*at) || *at == '_' || *at == '-')
        at++;
    return at[0] == '=' && at[1] != '=' ? at + 1 : NULL;
}

static bool
refuse_unknown(const char *part, struct mf_diags *diags)
{
    GString *names = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        g_string_append_printf(names, "%s%s", i == 0 ? "" : ", ", known[i].name);
    mf_diags_add(diags, NULL, 0, 0, "%s: no such option; there are %s", part, names->str);
    g_string_free(names, TRUE);
    return false;
}

/* Takes "word=value", whose value begins at VALUE. */
static bool
take_assignment(struct mf_timeline_options *options, const char *part, const char *value,
                struct mf_diags *diags)
{
    char *name = g_strndup(part, (gsize)(value - part - 1));
    const struct option *option = find_option(name);

    g_free(name);
    if (option == NULL)
        return refuse_unknown(part, diags);
    if (option->allowed == NULL) {
        mf_diags_add(diags, NULL, 0, 0, "%s: expected %s alone", part, option->name);
        return false;
    }
    if (option->set(options, value, diags))
        return true;
    mf_diags_add(diags, NULL, 0, 0, "%s: expected %s", part, option->allowed);
    return false;
}

/* Takes PART if it is an option: sets OK to false if it is a wrong one. Returns false if it begins
 * the filter. */
static bool
take_part(struct mf_timeline_options *options, const char *part, struct mf_diags *diags, bool *ok)
{
    const char *value = find_value(part);
    const struct option *option;

    if (*part == '\0')
        return true;
    if (value != NULL) {
        if (!take_assignment(options, part, value, diags))
            *ok = false;
        return true;
    }
    option = find_option(part);
    if (option == NULL || option->allowed != NULL)
        return false;
    option->set(options, NULL, diags);
    return true;
}

bool
mf_timeline_options_parse(struct mf_timeline_options *options, const char *text,
                          struct mf_diags *diags)
{
    bool ok = true;

    for (const char *at = text; at != NULL;) {
        const char *comma = strchr(at, ',');
        char *part = comma != NULL ? g_strndup(at, (gsize)(comma - at)) : g_strdup(at);
        bool taken = take_part(options, g_strstrip(part), diags, &ok);

        g_free(part);
        if (!taken) {
            g_free(options->filter);
            options->filter = g_strstrip(g_strdup(at));
            break;
        }
        at = comma != NULL ? comma + 1 : NULL;
    }
    return ok;
}

void
mf_timeline_options_clear(struct mf_timeline_options *options)
{
    mf_packet_protocols_clear(&options->packets);
    g_free(options->filter);
    options->filter = NULL;
}
