/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the user sets for all rules: home networks, variables, rules that are switched off. A wrong
 * setting is told and left out, since rules without it are better than none. */
#include "parser.h"
#include "set.h"

#include <stdlib.h>
#include <string.h>

static bool
is_given(const char *text)
{
    return text != NULL && text[strspn(text, " \t")] != '\0';
}

/* --- switched off --- */

static int
compare_ranges(const void *a, const void *b)
{
    const struct mf_sid_range *x = a, *y = b;

    return x->first < y->first ? -1 : x->first > y->first;
}

static bool
parse_sid(struct mf_token text, uint32_t *out)
{
    uint64_t number = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (!g_ascii_isdigit(text.text[i]) || number > UINT32_MAX)
            return false;
        number = number * 10 + (uint64_t)(text.text[i] - '0');
    }
    *out = (uint32_t)number;
    return text.length > 0 && number <= UINT32_MAX;
}

static bool
parse_sids(struct mf_token item, struct mf_sid_range *out)
{
    struct mf_token rest = item, first;

    mf_token_next(&rest, '-', &first);
    if (!parse_sid(first, &out->first))
        return false;
    out->last = out->first;
    return rest.text == NULL ||
           (parse_sid(mf_token_trim(rest), &out->last) && out->first <= out->last);
}

/* Puts the ranges in order; those that overlap become one. */
static void
merge(GArray *ranges)
{
    unsigned kept = 0;

    if (ranges->len < 2)
        return;
    qsort(ranges->data, ranges->len, sizeof(struct mf_sid_range), compare_ranges);
    for (unsigned i = 1; i < ranges->len; i++) {
        const struct mf_sid_range *next = &g_array_index(ranges, struct mf_sid_range, i);
        struct mf_sid_range *last = &g_array_index(ranges, struct mf_sid_range, kept);

        if (next->first > last->last)
            g_array_index(ranges, struct mf_sid_range, ++kept) = *next;
        else
            last->last = MAX(last->last, next->last);
    }
    g_array_set_size(ranges, kept + 1);
}

static void
disable(struct mf_ruleset *set, const char *text, struct mf_diags *diags)
{
    struct mf_token rest = {text, strlen(text)}, item;
    struct mf_sid_range range;

    while (mf_token_next(&rest, ',', &item)) {
        if (parse_sids(item, &range))
            g_array_append_val(set->disabled, range);
        else if (item.length > 0 || rest.text != NULL)
            mf_diags_add(diags, "disabled_sids", 0, 0,
                         "expected a sid or a range such as 100-199, not '%.*s'",
                         (int)MIN(item.length, 40), item.text);
    }
    merge(set->disabled);
}

bool
mf_ruleset_is_disabled(const struct mf_ruleset *set, uint32_t sid)
{
    unsigned low = 0, high = set->disabled->len;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;

        if (g_array_index(set->disabled, struct mf_sid_range, middle).last < sid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->disabled->len &&
           g_array_index(set->disabled, struct mf_sid_range, low).first <= sid;
}

/* --- variables --- */

static bool
is_any(const struct mf_variable *variable)
{
    const char *text = variable->line.text->str + variable->value;

    return variable->length == 3 && memcmp(text, "any", 3) == 0;
}

/* Where home is everywhere, the default of "elsewhere" would be nowhere. */
static void
settle_external_net(struct mf_variables *variables)
{
    const struct mf_variable *home = mf_variables_find(variables, "HOME_NET", 8),
                             *external = mf_variables_find(variables, "EXTERNAL_NET", 12);

    if (is_any(home) && external->by_default)
        mf_variables_set(variables, "EXTERNAL_NET", "any", "EXTERNAL_NET");
}

/* Sets one variable, unless its value cannot be read. */
static void
set_net(const struct mf_parser_context *context, const char *name, const char *value,
        const char *origin)
{
    struct mf_variables *variables = context->set->variables;
    struct mf_variable *old = mf_variables_find(variables, name, strlen(name));
    char *before = g_strndup(old->line.text->str + old->value, old->length);
    char *stripped = g_strstrip(g_strdup(value));
    char *before_origin = g_strdup(old->line.file);
    bool by_default = old->by_default;

    mf_variables_set(variables, name, stripped, origin);
    settle_external_net(variables);
    if (!mf_parser_check_variable(context, mf_variables_find(variables, name, strlen(name)))) {
        mf_variables_set(variables, name, before, before_origin);
        mf_variables_find(variables, name, strlen(name))->by_default = by_default;
    }
    g_free(before);
    g_free(stripped);
    g_free(before_origin);
}

static void
check_all(const struct mf_parser_context *context)
{
    GPtrArray *all = mf_variables_all(context->set->variables);

    for (unsigned i = 0; i < all->len; i++)
        mf_parser_check_variable(context, all->pdata[i]);
    g_ptr_array_free(all, TRUE);
}

static void
set_variables(const struct mf_parser_context *context, const struct mf_rule_options *options)
{
    struct mf_variables *variables = context->set->variables;

    if (is_given(options->variables))
        mf_variables_read(variables, options->variables, context->diags);
    if (is_given(options->home_net))
        set_net(context, "HOME_NET", options->home_net, "home_net");
    if (is_given(options->external_net))
        set_net(context, "EXTERNAL_NET", options->external_net, "external_net");
    settle_external_net(variables);
    check_all(context);
}

void
mf_ruleset_configure(struct mf_ruleset *set, const struct mf_rule_options *options,
                     struct mf_diags *diags)
{
    struct mf_diags *own = diags == NULL ? mf_diags_new() : NULL;
    const struct mf_parser_context context = {
        .diags = diags != NULL ? diags : own, .set = set, .strings = set->strings};

    set->host = options->host;
    set->cache_folder = g_strdup(options->cache_folder);
    set_variables(&context, options);
    if (options->disabled != NULL)
        disable(set, options->disabled, context.diags);
    mf_diags_free(own);
}
