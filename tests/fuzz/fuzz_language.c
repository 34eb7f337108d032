/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The language of rules: the input is a rule file, a NUL byte, a file of variables, a NUL byte, the
 * home network, a NUL byte, and the rules to switch off. Every rule must be added, named, or left
 * out, and the same text must end the same way a second time.
 */
#include "core/rules/ruleset.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RULES, VARIABLES, HOME, DISABLED, PARTS };

static void
split(const uint8_t *data, size_t size, char *parts[PARTS])
{
    for (unsigned i = 0; i < PARTS; i++) {
        const uint8_t *end = memchr(data, '\0', size);
        size_t length = end != NULL && i < PARTS - 1 ? (size_t)(end - data) : size;

        parts[i] = g_strndup((const char *)data, length);
        length += length < size;
        data += length;
        size -= length;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/malflow-fuzz-XXXXXX", *parts[PARTS];
    int file = g_mkstemp(path);
    struct mf_rule_options options;
    unsigned added[2], said[2];

    if (size == 0)
        data = (const uint8_t *)"";
    split(data, size, parts);
    g_assert_true(file >= 0 && g_file_set_contents(path, parts[VARIABLES], -1, NULL));
    close(file);
    options = (struct mf_rule_options){
        .variables = path, .home_net = parts[HOME], .disabled = parts[DISABLED]};
    for (unsigned i = 0; i < 2; i++) {
        struct mf_diags *diags = mf_diags_new();
        struct mf_ruleset *set = mf_ruleset_new(&options, diags);

        added[i] = mf_ruleset_add_text(set, "fuzz", parts[RULES], diags);
        said[i] = mf_diags_count(diags);
        g_assert_cmpuint(said[i], >=, mf_ruleset_skipped(set));
        for (unsigned k = 0; k < said[i]; k++)
            g_free(mf_diag_format(mf_diags_get(diags, k)));
        mf_ruleset_free(set);
        mf_diags_free(diags);
    }
    g_assert_cmpuint(added[0], ==, added[1]);
    g_assert_cmpuint(said[0], ==, said[1]);
    g_remove(path);
    for (unsigned i = 0; i < PARTS; i++)
        g_free(parts[i]);
    return 0;
}
