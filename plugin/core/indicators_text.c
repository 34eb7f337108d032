/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indicators as a table for people and as CSV for whatever reads lists. */
#include "csv_text.h"
#include "indicators_private.h"
#include "text.h"

#include <string.h>

static const char *const kind_names[MF_INDICATORS] = {
    [MF_INDICATOR_DOMAIN] = "domain",
    [MF_INDICATOR_ADDRESS] = "address",
    [MF_INDICATOR_URL] = "URL",
    [MF_INDICATOR_USER_AGENT] = "user agent",
    [MF_INDICATOR_JA3] = "JA3",
    [MF_INDICATOR_JA4] = "JA4",
    [MF_INDICATOR_CERT_SHA1] = "certificate",
    [MF_INDICATOR_SHA256] = "SHA-256",
    [MF_INDICATOR_MD5] = "MD5",
    [MF_INDICATOR_SUBJECT] = "mail subject",
};

static const char *const role_names[MF_ROLES] = {
    [MF_ROLE_EXPLOIT] = "exploit",           [MF_ROLE_LURE] = "led to it",
    [MF_ROLE_DOWNLOAD] = "download",         [MF_ROLE_C2] = "C&C",
    [MF_ROLE_EXFILTRATION] = "exfiltration", [MF_ROLE_SPAM] = "spam",
    [MF_ROLE_SCANNER] = "scanner",           [MF_ROLE_SCAN_TARGET] = "scan target that answered",
};

static const char *const apart_names[] = {
    [MF_APART_NOT] = "",
    [MF_APART_PRIVATE] = "private",
    [MF_APART_WELL_KNOWN] = "well-known service",
};

const char *
mf_indicator_kind_name(enum mf_indicator_kind kind)
{
    return kind_names[kind];
}

const char *
mf_role_name(enum mf_role role)
{
    return role_names[role];
}

const char *
mf_apart_name(enum mf_apart apart)
{
    return apart_names[apart];
}

void
mf_roles_append(unsigned roles, GString *out)
{
    const size_t start = out->len;

    for (unsigned role = 0; role < MF_ROLES; role++)
        if ((roles & 1u << role) != 0)
            g_string_append_printf(out, "%s%s", out->len > start ? ", " : "", role_names[role]);
}

/* --- table --- */

static uint32_t
count_apart(const struct mf_indicators *indicators)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < mf_indicators_count(indicators); i++)
        n += mf_indicators_get(indicators, i)->apart != MF_APART_NOT;
    return n;
}

static void
append_table_row(const struct mf_indicators *indicators, const struct mf_indicator *row,
                 GString *out)
{
    const mf_nanoseconds since = row->time - mf_engine_first_time(indicators->engine);

    g_string_append_printf(out, "%-12s %s\n%13s", kind_names[row->kind], row->value, "");
    if (row->apart != MF_APART_NOT)
        g_string_append_printf(out, "%s; ", apart_names[row->apart]);
    if (row->suspected)
        g_string_append(out, "suspected: ");
    mf_roles_append(row->roles, out);
    g_string_append_printf(out, "; first in frame %u [%u], %.3f s: ", row->frame, row->session,
                           (double)since / MF_NS_PER_S);
    mf_text_append_string(out, row->why);
    g_string_append_c(out, '\n');
}

static void
append_table(const struct mf_indicators *indicators, GString *out)
{
    const uint32_t n = mf_indicators_count(indicators), apart = count_apart(indicators);

    g_string_append_printf(out, "malflow indicators: %u", n - apart);
    if (apart > 0)
        g_string_append_printf(out, ", and %u kept apart", apart);
    g_string_append_c(out, '\n');
    for (uint32_t i = 0; i < n; i++) {
        if (i == n - apart)
            g_string_append(out, "kept apart: not to be blocked or searched for blindly\n");
        append_table_row(indicators, mf_indicators_get(indicators, i), out);
    }
    if (indicators->cut > 0)
        g_string_append_printf(out,
                               "not listed: %u URL%s of more than %u byte, known in part only\n",
                               indicators->cut, indicators->cut == 1 ? "" : "s", MF_SUMMARY_TEXT);
}

/* --- CSV --- */

void
mf_indicator_time_append(mf_nanoseconds time, GString *out)
{
    GDateTime *second = g_date_time_new_from_unix_utc(time / MF_NS_PER_S);
    char *text = second != NULL ? g_date_time_format(second, "%Y-%m-%dT%H:%M:%S") : NULL;

    if (text != NULL)
        g_string_append_printf(out, "%s.%06uZ", text, (unsigned)(time % MF_NS_PER_S / 1000));
    g_free(text);
    g_clear_pointer(&second, g_date_time_unref);
}

static void
append_csv_row(const struct mf_indicator *row, GString *out)
{
    GString *roles = g_string_new(NULL);

    mf_roles_append(row->roles, roles);
    mf_csv_append(out, kind_names[row->kind]);
    g_string_append_c(out, ',');
    mf_csv_append(out, row->value);
    g_string_append_c(out, ',');
    mf_csv_append(out, roles->str);
    g_string_append_printf(out, ",%s,%s,", row->suspected ? "suspected" : "found",
                           apart_names[row->apart]);
    mf_indicator_time_append(row->time, out);
    g_string_append_printf(out, ",%u,%u,", row->frame, row->session);
    mf_csv_append(out, row->why);
    g_string_append(out, "\r\n");
    g_string_free(roles, TRUE);
}

static void
append_csv(const struct mf_indicators *indicators, GString *out)
{
    g_string_append(out, "type,value,role,certainty,kept_apart,time,frame,session,why\r\n");
    for (uint32_t i = 0; i < mf_indicators_count(indicators); i++)
        append_csv_row(mf_indicators_get(indicators, i), out);
}

/* --- formats --- */

void
mf_indicators_append(const struct mf_indicators *indicators, enum mf_indicator_format format,
                     GString *out)
{
    static void (*const formats[MF_INDICATORS_FORMATS])(const struct mf_indicators *, GString *) = {
        [MF_INDICATORS_TABLE] = append_table,
        [MF_INDICATORS_CSV] = append_csv,
        [MF_INDICATORS_STIX] = mf_indicators_append_stix,
        [MF_INDICATORS_MISP] = mf_indicators_append_misp,
    };

    formats[format](indicators, out);
}

/* --- options --- */

static bool
set_format(void *options, enum mf_indicator_format format)
{
    ((struct mf_indicator_options *)options)->format = format;
    return true;
}

/* An option that is a word alone has no value to tell them apart by. */
#define FORMAT(name, format)                                                                       \
    static bool set_##name(void *options, const char *value, struct mf_diags *diags)               \
    {                                                                                              \
        (void)value;                                                                               \
        (void)diags;                                                                               \
        return set_format(options, format);                                                        \
    }
FORMAT(table, MF_INDICATORS_TABLE)
FORMAT(csv, MF_INDICATORS_CSV)
FORMAT(stix, MF_INDICATORS_STIX)
FORMAT(misp, MF_INDICATORS_MISP)
#undef FORMAT

static const struct mf_option_row known[] = {
    {"table", NULL, set_table},
    {"csv", NULL, set_csv},
    {"stix", NULL, set_stix},
    {"misp", NULL, set_misp},
};

const struct mf_option_list mf_indicator_option_list = {known, G_N_ELEMENTS(known)};
