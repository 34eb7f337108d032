/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keywords that only tell about a rule:
 * https://docs.suricata.io/en/latest/rules/meta.html */
#include "keyword.h"
#include "match.h"
#include "set.h"

#include <stdlib.h>
#include <string.h>

static bool
parse_u32(struct mf_parser *parser, const struct mf_option *option, int64_t min, uint32_t *out)
{
    int64_t number;

    if (!mf_token_number(parser, option->value, min, UINT32_MAX, &number))
        return false;
    *out = (uint32_t)number;
    return true;
}

static bool
take_msg(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token value = option->value;
    GString *plain;

    if (!mf_token_unquote(parser, &value))
        return false;
    if (memchr(value.text, '\\', value.length) == NULL) {
        parser->rule->info.msg = mf_token_keep(parser, value);
        return true;
    }
    plain = g_string_sized_new(value.length);
    for (size_t i = 0; i < value.length; i++) {
        if (value.text[i] == '\\' && i + 1 < value.length)
            i++;
        g_string_append_c(plain, value.text[i]);
    }
    parser->rule->info.msg = mf_token_keep(parser, (struct mf_token){plain->str, plain->len});
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
    return parse_u32(parser, option, 0, &parser->rule->info.gid);
}

/* --- severity --- */

/* Those of Suricata's classification.config whose priority is not the default one, by name. */
static const struct priority {
    const char *classtype;
    uint8_t priority;
} priorities[] = {
    {"attempted-admin", 1},
    {"attempted-dos", 2},
    {"attempted-recon", 2},
    {"attempted-user", 1},
    {"bad-unknown", 2},
    {"coin-mining", 2},
    {"command-and-control", 1},
    {"credential-theft", 1},
    {"default-login-attempt", 2},
    {"denial-of-service", 2},
    {"domain-c2", 1},
    {"exploit-kit", 1},
    {"external-ip-check", 2},
    {"inappropriate-content", 1},
    {"misc-attack", 2},
    {"non-standard-protocol", 2},
    {"policy-violation", 1},
    {"pup-activity", 2},
    {"rpc-portmap-decode", 2},
    {"shellcode-detect", 1},
    {"social-engineering", 2},
    {"successful-admin", 1},
    {"successful-dos", 2},
    {"successful-recon-largescale", 2},
    {"successful-recon-limited", 2},
    {"successful-user", 1},
    {"suspicious-filename-detect", 2},
    {"suspicious-login", 2},
    {"system-call-detect", 2},
    {"targeted-activity", 1},
    {"tcp-connection", 4},
    {"trojan-activity", 1},
    {"unsuccessful-user", 1},
    {"unusual-client-port-connection", 2},
    {"web-application-activity", 2},
    {"web-application-attack", 1},
};

static int
compare_classtype(const void *key, const void *row)
{
    const struct mf_token *token = key;
    const char *name = ((const struct priority *)row)->classtype;
    size_t length = strlen(name);
    int order = memcmp(token->text, name, MIN(token->length, length));

    return order != 0 || token->length == length ? order : token->length < length ? -1 : 1;
}

static bool
take_classtype(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_rule_info *info = &parser->rule->info;
    const struct priority *row = bsearch(&option->value, priorities, G_N_ELEMENTS(priorities),
                                         sizeof priorities[0], compare_classtype);

    info->classtype = mf_token_intern(parser, option->value);
    if (row != NULL && !parser->has_priority)
        info->priority = row->priority;
    return true;
}

static bool
take_priority(struct mf_parser *parser, const struct mf_option *option)
{
    int64_t number;

    if (!mf_token_number(parser, option->value, 1, 255, &number))
        return false;
    parser->rule->info.priority = (uint8_t)number;
    parser->has_priority = true;
    return true;
}

/* --- what else is told --- */

/* Of references so much is kept. */
enum { REFERENCES_MAX = 2048 };

/* "cve,2021-44228", and further ones behind a blank. */
static bool
take_reference(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, type;
    GString *all = parser->references;

    mf_token_next(&rest, ',', &type);
    if (type.length == 0 || rest.length == 0)
        return mf_parser_fail(parser, option->value.text, "expected TYPE,REFERENCE");
    if (all->len + option->value.length > REFERENCES_MAX)
        return true;
    if (all->len > 0)
        g_string_append_c(all, ' ');
    g_string_append_len(all, option->value.text, (gssize)option->value.length);
    return true;
}

#define KEPT(key, member)                                                                          \
    {                                                                                              \
        {key, sizeof key - 1}, offsetof(struct mf_rule_info, member)                               \
    }
static const struct {
    struct mf_token key;
    size_t offset; /* of a const char * in struct mf_rule_info */
} kept_metadata[] = {
    KEPT("signature_severity", severity), KEPT("mitre_technique_id", mitre),
    KEPT("mitre_tactic_id", tactic),      KEPT("malware_family", family),
    KEPT("file_type", file_type),
};
#undef KEPT

static void
keep_metadata(struct mf_parser *parser, struct mf_token key, struct mf_token value)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(kept_metadata); i++)
        if (mf_token_same(key, kept_metadata[i].key))
            G_STRUCT_MEMBER(const char *, &parser->rule->info, kept_metadata[i].offset) =
                mf_token_intern(parser, value);
}

static bool
take_metadata(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_token rest = option->value, pair, key;

    while (mf_token_next(&rest, ',', &pair)) {
        mf_token_next(&pair, ' ', &key);
        if (pair.text != NULL && pair.length > 0)
            keep_metadata(parser, key, mf_token_trim(pair));
    }
    return true;
}

/* Which side is attacked: nothing shows it. */
static bool
take_target(struct mf_parser *parser, const struct mf_option *option)
{
    return mf_token_is(option->value, "src_ip") || mf_token_is(option->value, "dest_ip") ||
           mf_parser_fail(parser, option->value.text, "expected 'src_ip' or 'dest_ip'");
}

/* --- what happens to the alert, or to later packets --- */

static bool
take_noalert(struct mf_parser *parser, const struct mf_option *option)
{
    (void)option;
    parser->rule->noalert = true;
    return true;
}

/* What only changes how Suricata works on live traffic, or what it logs: without effect on a
 * capture and its hits. */
static bool
take_nothing(struct mf_parser *parser, const struct mf_option *option)
{
    (void)parser;
    (void)option;
    return true;
}

static enum mf_match
is_there(struct mf_matcher *matcher, const struct mf_step *step, struct mf_try *attempt)
{
    (void)matcher;
    (void)step;
    attempt->end = attempt->cursor;
    attempt->from = MF_TRY_LAST;
    return MF_MATCH_YES;
}

/* Nothing is stored, but as in Suricata such a rule wants a file. */
static bool
take_filestore(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_slots *slots = parser->context->set->slots;
    const struct mf_step step = {.run = is_there};
    int before = parser->slot;
    const char *slot_at = parser->slot_at;
    bool fresh = parser->fresh, good;

    parser->slot = mf_slots_of(slots, mf_sticky_find(slots, "file.data"));
    parser->fresh = false;
    good = parser->slot >= 0 && mf_parser_add_step(parser, option, &step);
    parser->slot = before;
    parser->slot_at = slot_at;
    parser->fresh = fresh;
    return good;
}

static const struct mf_keyword rows[] = {
    {"bypass", MF_VALUE_NONE, take_nothing},
    {"classtype", MF_VALUE_REQUIRED, take_classtype},
    {"config", MF_VALUE_REQUIRED, take_nothing},
    {"filestore", MF_VALUE_OPTIONAL, take_filestore},
    {"gid", MF_VALUE_REQUIRED, take_gid},
    {"logto", MF_VALUE_REQUIRED, take_nothing},
    {"metadata", MF_VALUE_REQUIRED, take_metadata},
    {"msg", MF_VALUE_REQUIRED, take_msg},
    {"nfq_set_mark", MF_VALUE_REQUIRED, take_nothing},
    {"noalert", MF_VALUE_NONE, take_noalert},
    {"prefilter", MF_VALUE_NONE, take_nothing},
    {"priority", MF_VALUE_REQUIRED, take_priority},
    {"reference", MF_VALUE_REQUIRED, take_reference},
    {"replace", MF_VALUE_REQUIRED, take_nothing},
    {"requires", MF_VALUE_REQUIRED, mf_parser_requires},
    {"rev", MF_VALUE_REQUIRED, take_rev},
    {"sid", MF_VALUE_REQUIRED, take_sid},
    {"tag", MF_VALUE_REQUIRED, take_nothing},
    {"target", MF_VALUE_REQUIRED, take_target},
};

const struct mf_keyword_family mf_keywords_meta = {rows, G_N_ELEMENTS(rows)};
