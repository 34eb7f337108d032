/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A display filter follows options without a mark of its own, and tshark splits nothing: what has
 * the form of an option is one, so that a misspelt option is named here and does not turn into an
 * odd filter error.
 */
#include "option_list.h"

#include <string.h>

static const struct mf_option_row *
find_option(const struct mf_option_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->rows[i].name, name) == 0)
            return &list->rows[i];
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
refuse_unknown(const struct mf_option_list *list, const char *part, struct mf_diags *diags)
{
    GString *names = g_string_new(NULL);

    for (size_t i = 0; i < list->n; i++)
        g_string_append_printf(names, "%s%s", i == 0 ? "" : ", ", list->rows[i].name);
    mf_diags_add(diags, NULL, 0, 0, "%s: no such option; there are %s", part, names->str);
    g_string_free(names, TRUE);
    return false;
}

/* Where options go. */
struct target {
    const struct mf_option_list *list;
    void *options;
    struct mf_diags *diags;
};

/* Takes "word=value", whose value begins at VALUE. */
static bool
take_assignment(const struct target *target, const char *part, const char *value)
{
    char *name = g_strndup(part, (gsize)(value - part - 1));
    const struct mf_option_row *option = find_option(target->list, name);

    g_free(name);
    if (option == NULL)
        return refuse_unknown(target->list, part, target->diags);
    if (option->allowed == NULL) {
        mf_diags_add(target->diags, NULL, 0, 0, "%s: expected %s alone", part, option->name);
        return false;
    }
    if (option->set(target->options, value, target->diags))
        return true;
    mf_diags_add(target->diags, NULL, 0, 0, "%s: expected %s", part, option->allowed);
    return false;
}

/* Takes PART if it is an option: sets OK to false if it is a wrong one. Returns false if it begins
 * the filter. */
static bool
take_part(const struct target *target, const char *part, bool *ok)
{
    const char *value = find_value(part);
    const struct mf_option_row *option;

    if (*part == '\0')
        return true;
    if (value != NULL) {
        if (!take_assignment(target, part, value))
            *ok = false;
        return true;
    }
    option = find_option(target->list, part);
    if (option == NULL || option->allowed != NULL)
        return false;
    option->set(target->options, NULL, target->diags);
    return true;
}

bool
mf_option_list_parse(const struct mf_option_list *list, void *options, const char *text,
                     char **filter, struct mf_diags *diags)
{
    const struct target target = {list, options, diags};
    bool ok = true;

    for (const char *at = text; at != NULL;) {
        const char *comma = strchr(at, ',');
        char *part = comma != NULL ? g_strndup(at, (gsize)(comma - at)) : g_strdup(at);
        bool taken = take_part(&target, g_strstrip(part), &ok);

        g_free(part);
        if (!taken) {
            g_free(*filter);
            *filter = g_strstrip(g_strdup(at));
            break;
        }
        at = comma != NULL ? comma + 1 : NULL;
    }
    return ok;
}

bool
mf_option_list_number(const char *value, uint32_t low, uint32_t high, uint32_t *out)
{
    guint64 number = 0;

    if (!g_ascii_string_to_unsigned(value, 10, low, high, &number, NULL))
        return false;
    *out = (uint32_t)number;
    return true;
}
