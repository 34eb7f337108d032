/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keywords that only tell about a rule:
 * https://docs.suricata.io/en/latest/rules/meta.html */
#include "keyword.h"

static bool
parse_u32(struct mf_parser *parser, const struct mf_option *option, int64_t min, uint32_t *out)
{
    int64_t number;

    if (!mf_span_number(parser, option->value, min, UINT32_MAX, &number))
        return false;
    *out = (uint32_t)number;
    return true;
}

static bool
take_msg(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span value = option->value;
    GString *plain;

    if (!mf_span_unquote(parser, &value))
        return false;
    plain = g_string_new(NULL);
    for (size_t i = 0; i < value.length; i++) {
        if (value.text[i] == '\\' && i + 1 < value.length)
            i++;
        g_string_append_c(plain, value.text[i]);
    }
    parser->rule->info.msg = mf_span_intern(parser, (struct mf_span){plain->str, plain->len});
    g_string_free(plain, TRUE);
    return true;
}

static bool
take_sid(struct mf_parser *parser, const struct mf_option *option)
{
    if (parser->sid != NULL)
        return mf_parser_fail(parser, option->name.text, "a second sid");
    parser->sid = option->name.text;
    return parse_u32(parser, option, 1, &parser->rule->info.sid);
}

static bool
take_rev(struct mf_parser *parser, const struct mf_option *option)
{
    return parse_u32(parser, option, 0, &parser->rule->info.rev);
}

static bool
take_gid(struct mf_parser *parser, const struct mf_option *option)
{
    uint32_t unused;

    return parse_u32(parser, option, 0, &unused);
}

static bool
take_classtype(struct mf_parser *parser, const struct mf_option *option)
{
    parser->rule->info.classtype = mf_span_intern(parser, option->value);
    return true;
}

static bool
take_priority(struct mf_parser *parser, const struct mf_option *option)
{
    int64_t number;

    if (!mf_span_number(parser, option->value, 1, 255, &number))
        return false;
    parser->rule->info.priority = (uint8_t)number;
    return true;
}

/* Nothing shows references yet; they are checked so that a slip is told. */
static bool
take_reference(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span rest = option->value, type;

    mf_span_next(&rest, ',', &type);
    if (type.length > 0 && rest.length > 0)
        return true;
    return mf_parser_fail(parser, option->value.text, "expected TYPE,REFERENCE");
}

static void
keep_metadata(struct mf_parser *parser, struct mf_span key, struct mf_span value)
{
    struct mf_rule_info *info = &parser->rule->info;
    const struct {
        const char *key;
        const char **out;
    } wanted[] = {
        {"signature_severity", &info->severity},
        {"mitre_technique_id", &info->mitre},
        {"file_type", &info->file_type},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (mf_span_is(key, wanted[i].key) && value.length > 0)
            *wanted[i].out = mf_span_intern(parser, value);
}

static bool
take_metadata(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_span rest = option->value, pair, key;

    while (mf_span_next(&rest, ',', &pair)) {
        mf_span_next(&pair, ' ', &key);
        keep_metadata(parser, key, mf_span_trim(pair));
    }
    return true;
}

static const struct mf_keyword rows[] = {
    {"classtype", MF_VALUE_REQUIRED, take_classtype},
    {"gid", MF_VALUE_REQUIRED, take_gid},
    {"metadata", MF_VALUE_REQUIRED, take_metadata},
    {"msg", MF_VALUE_REQUIRED, take_msg},
    {"priority", MF_VALUE_REQUIRED, take_priority},
    {"reference", MF_VALUE_REQUIRED, take_reference},
    {"rev", MF_VALUE_REQUIRED, take_rev},
    {"sid", MF_VALUE_REQUIRED, take_sid},
};

const struct mf_keyword_family mf_keywords_meta = {rows, G_N_ELEMENTS(rows)};
