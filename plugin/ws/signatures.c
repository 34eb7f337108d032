/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "signatures.h"

#include "beside.h"
#include "cachefolder.h"
#include "compat.h"
#include "core/rule_report.h"
#include "messages.h"
#include "preferences.h"
#include "rulehost.h"

/* What came of the last load. */
static struct mf_ruleset *loaded;
static struct mf_diags *diagnostics;
static char *loaded_from; /* the preferences' text */

static bool check_again;

static void
add_bundled(struct mf_ruleset *set, struct mf_diags *diags)
{
    char *folder = mf_beside("signatures");

    if (folder == NULL)
        mf_diags_add(diags, NULL, 0, 0, "the folder of the bundled signatures cannot be found");
    else
        mf_ruleset_add_path(set, folder, diags);
    g_free(folder);
}

static void
add_paths(struct mf_ruleset *set, const char *preference, struct mf_diags *diags)
{
    char **paths = g_strsplit(preference, G_SEARCHPATH_SEPARATOR_S, -1);
    bool any = false;

    for (char **path = paths; *path != NULL; path++) {
        if (**path == '\0')
            continue;
        any = true;
        if (strcmp(*path, "+") == 0)
            add_bundled(set, diags);
        else
            mf_ruleset_add_path(set, *path, diags);
    }
    if (!any)
        add_bundled(set, diags);
    g_strfreev(paths);
}

/* A set made with what the preferences say; what is wrong with them is shown. */
static struct mf_ruleset *
new_set(void)
{
    char *cache = mf_cachefolder();
    struct mf_rule_options options = {.cache_folder = cache, .host = mf_rulehost()};
    struct mf_diags *diags = mf_diags_new();
    struct mf_ruleset *set;

    mf_preferences_rules(&options);
    set = mf_ruleset_new(&options, diags);
    mf_messages_show("malflow: preferences of signatures", diags);
    mf_diags_free(diags);
    g_free(cache);
    return set;
}

static void
load(void)
{
    GString *message = g_string_new(NULL);

    loaded = new_set();
    diagnostics = mf_diags_new();
    add_paths(loaded, mf_preferences_signatures(), diagnostics);
    mf_ruleset_compile(loaded, diagnostics);
    mf_rule_report_message(loaded, diagnostics, "tshark -q -r FILE -z malflow,rules", message);
    if (message->len > 0)
        mf_messages_warn("malflow: signatures", message->str);
    g_string_free(message, TRUE);
}

/* All that the rules depend on. */
static char *
preferences_text(void)
{
    struct mf_rule_options options;

    mf_preferences_rules(&options);
    return g_strjoin("\n", mf_preferences_signatures(), options.home_net, options.external_net,
                     options.variables, options.disabled, NULL);
}

const struct mf_ruleset *
mf_signatures(void)
{
    char *text;

    if (loaded != NULL && !check_again)
        return loaded;
    check_again = false;
    text = preferences_text();
    if (loaded != NULL && strcmp(text, loaded_from) == 0) {
        g_free(text);
        return loaded;
    }
    mf_ruleset_free(loaded);
    mf_diags_free(diagnostics);
    g_free(loaded_from);
    loaded_from = text;
    load();
    return loaded;
}

const struct mf_diags *
mf_signatures_diags(void)
{
    mf_signatures();
    return diagnostics;
}

void
mf_signatures_forget(void)
{
    check_again = true;
}
