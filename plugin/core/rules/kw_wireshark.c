/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two words that no other engine knows: wireshark.filter:[!]"display filter" is a condition on the
 * frame, wireshark.field:NAME makes any of Wireshark's fields a sticky buffer. What they say is
 * checked by the host (ruleset.h), which tells frame by frame whether a filter holds. */
#include "keyword.h"
#include "set.h"

/* The number of TEXT in LIST, where it stands once; KIND tells lists apart. */
static unsigned
index_of(struct mf_ruleset *set, GPtrArray *list, const char *kind, const char *text)
{
    char *key = g_strdup_printf("%s %s", kind, text);
    unsigned index = GPOINTER_TO_UINT(g_hash_table_lookup(set->names, key));

    if (index > 0) {
        g_free(key);
        return index - 1;
    }
    g_ptr_array_add(list, g_string_chunk_insert(set->strings, text));
    g_hash_table_insert(set->names, key, GUINT_TO_POINTER(list->len));
    return list->len - 1;
}

/* Whether the host knows TEXT, or a diagnostic. */
static bool
check(struct mf_parser *parser, const char *at, bool (*known)(const char *text, char **why),
      const char *text)
{
    char *why = NULL;
    bool good = known(text, &why);

    if (!good)
        mf_parser_fail(parser, at, "%s", why != NULL ? why : "Wireshark does not know it");
    g_free(why);
    return good;
}

static bool
has_host(struct mf_parser *parser, const struct mf_option *option)
{
    return parser->context->set->host != NULL ||
           mf_parser_fail(parser, option->name.text, "there is no Wireshark to ask here");
}

/* --- filters --- */

static bool
filter_holds(const struct mf_condition *condition, const struct mf_context *context)
{
    const uint8_t *holds = context->packet->filters_hold;

    return holds != NULL && (holds[condition->as.bit.name] != 0) == (condition->as.bit.op == 0);
}

/* Without the escapes that the rule language asks for. */
static char *
unescape(struct mf_token token)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < token.length; i++) {
        if (token.text[i] == '\\' && i + 1 < token.length &&
            (token.text[i + 1] == '"' || token.text[i + 1] == ';' || token.text[i + 1] == '\\'))
            i++;
        g_string_append_c(text, token.text[i]);
    }
    return g_string_free(text, FALSE);
}

static bool
filter_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_ruleset *set = parser->context->set;
    struct mf_token value = option->value;
    struct mf_condition condition = {.run = filter_holds};
    char *text;
    bool good;

    condition.as.bit.op = mf_token_negated(&value);
    if (!has_host(parser, option) || !mf_token_unquote(parser, &value))
        return false;
    text = unescape(value);
    good = check(parser, value.text, set->host->check_filter, text);
    if (good) {
        condition.as.bit.name = index_of(set, set->filters, "filter", text);
        mf_parser_add_condition(parser, &condition, true);
    }
    g_free(text);
    return good;
}

/* --- fields --- */

static bool
field_parse(struct mf_parser *parser, const struct mf_option *option)
{
    struct mf_ruleset *set = parser->context->set;
    char *name;
    int slot = -1;
    bool good;

    if (!has_host(parser, option))
        return false;
    name = g_strndup(option->value.text, option->value.length);
    good = check(parser, option->value.text, set->host->check_field, name);
    if (good)
        slot = mf_slots_of_field(set->slots, index_of(set, set->fields, "field", name));
    g_free(name);
    if (good && slot < 0)
        return mf_parser_fail(parser, option->name.text, "too many different buffers");
    if (good)
        mf_parser_use_slot(parser, option, slot);
    return good;
}

static const struct mf_keyword rows[] = {
    {"wireshark.field", MF_VALUE_REQUIRED, field_parse},
    {"wireshark.filter", MF_VALUE_REQUIRED, filter_parse},
};

const struct mf_keyword_family mf_keywords_wireshark = {rows, G_N_ELEMENTS(rows)};
