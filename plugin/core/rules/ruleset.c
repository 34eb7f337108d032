/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules from texts and files into one set; a sid stands for one rule. */
#include "keyword.h"
#include "ranges.h"
#include "set.h"

#include <string.h>

/* --- one rule per gid and sid --- */

static guint
id_hash(gconstpointer data)
{
    const struct mf_rule *rule = data;

    return mf_hash_mix(rule->info.sid ^ rule->info.gid << 24);
}

static gboolean
id_equal(gconstpointer a, gconstpointer b)
{
    const struct mf_rule *x = a, *y = b;

    return x->info.sid == y->info.sid && x->info.gid == y->info.gid;
}

static void
rule_destroy(gpointer rule)
{
    mf_rule_free(rule);
}

struct mf_ruleset *
mf_ruleset_new(const struct mf_rule_options *options, struct mf_diags *diags)
{
    struct mf_ruleset *set = g_new0(struct mf_ruleset, 1);

    set->rules = g_ptr_array_new_with_free_func(rule_destroy);
    set->by_sid = g_hash_table_new(id_hash, id_equal);
    set->keywords = mf_keywords_new();
    set->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    set->ranges = mf_ranges_new();
    set->variables = mf_variables_new();
    set->disabled = g_array_new(FALSE, FALSE, sizeof(struct mf_sid_range));
    set->slots = mf_slots_new();
    set->strings = g_string_chunk_new(64 * 1024);
    set->prefilters = g_ptr_array_new_with_free_func((GDestroyNotify)mf_prefilter_free);
    set->fields = g_ptr_array_new();
    set->filters = g_ptr_array_new();
    if (options != NULL)
        mf_ruleset_configure(set, options, diags);
    return set;
}

static void
list_free(GArray *list)
{
    if (list != NULL)
        g_array_free(list, TRUE);
}

static void
payload_rules_clear(struct mf_payload_rules *rules)
{
    list_free(rules->all);
    mf_header_index_free(rules->always);
    mf_header_index_free(rules->on_payload);
}

static void
indexes_free(struct mf_ruleset *set)
{
    for (unsigned l4 = 0; l4 < MF_L4_COUNT; l4++) {
        for (unsigned side = 0; side < 2; side++) {
            payload_rules_clear(&set->stream[l4][side]);
            payload_rules_clear(&set->packet[l4][side]);
        }
    }
    list_free(set->message_always);
    g_ptr_array_free(set->prefilters, TRUE);
    mf_header_index_free(set->by_header);
    if (set->headers != NULL)
        g_ptr_array_free(set->headers, TRUE);
}

void
mf_ruleset_free(struct mf_ruleset *set)
{
    if (set == NULL)
        return;
    indexes_free(set);
    g_ptr_array_free(set->rules, TRUE);
    mf_slots_free(set->slots);
    g_hash_table_destroy(set->by_sid);
    g_hash_table_destroy(set->keywords);
    g_hash_table_destroy(set->names);
    g_hash_table_destroy(set->ranges);
    mf_variables_free(set->variables);
    g_array_free(set->disabled, TRUE);
    g_ptr_array_free(set->fields, TRUE);
    g_ptr_array_free(set->filters, TRUE);
    g_string_chunk_free(set->strings);
    g_free(set->cache_folder);
    g_free(set);
}

/* --- texts --- */

/* Rules that stood in the set already: told once for a text, where the first of them is. */
struct repeated {
    unsigned count, line, column;
    char *message;
};

static void
note_repeated(struct repeated *repeated, const struct mf_rule *old, const struct mf_rule *new,
              const struct mf_parser *parser)
{
    const struct mf_line *line = parser->line;

    if (repeated->count++ > 0)
        return;
    mf_line_locate(line, (gsize)(parser->sid - line->text->str), &repeated->line,
                   &repeated->column);
    repeated->message = g_strdup_printf(
        "sid %u stands already in %s:%u; the rule with rev %u is used", new->info.sid,
        old->info.file, old->info.line, MAX(old->info.rev, new->info.rev));
}

static void
tell_repeated(struct repeated *repeated, const char *name, struct mf_diags *diags)
{
    if (repeated->count == 1)
        mf_diags_add(diags, name, repeated->line, repeated->column, "%s", repeated->message);
    else if (repeated->count > 1)
        mf_diags_add(diags, name, repeated->line, repeated->column, "%s (and %u more)",
                     repeated->message, repeated->count - 1);
    g_free(repeated->message);
}

/* As in Suricata: of two rules with one gid and sid the higher rev stays, else the first. Returns
 * how many rules there are more. */
static unsigned
add_rule(struct mf_ruleset *set, struct mf_rule *rule, const struct mf_parser *parser,
         struct repeated *repeated)
{
    unsigned index = GPOINTER_TO_UINT(g_hash_table_lookup(set->by_sid, rule));
    struct mf_rule *old;

    rule->number = set->n_added++;
    if (index == 0) {
        g_ptr_array_add(set->rules, rule);
        g_hash_table_insert(set->by_sid, rule, GUINT_TO_POINTER(set->rules->len));
        return 1;
    }
    old = mf_ruleset_rule(set, index - 1);
    note_repeated(repeated, old, rule, parser);
    if (rule->info.rev <= old->info.rev) {
        mf_rule_free(rule);
        return 0;
    }
    set->rules->pdata[index - 1] = rule;
    g_hash_table_replace(set->by_sid, rule, GUINT_TO_POINTER(index));
    mf_rule_free(old);
    return 0;
}

/* The rule on requests of a rule with "=>". */
static void
add_request(struct mf_ruleset *set, struct mf_rule *rule)
{
    if (rule == NULL)
        return;
    rule->number = set->n_added++;
    g_ptr_array_add(set->rules, rule);
    set->has_transactions = true;
}

/* A text that an editor marked as UTF-8. */
static const char *
skip_mark(const char *text)
{
    return g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text;
}

unsigned
mf_ruleset_add_text(struct mf_ruleset *set, const char *name, const char *text,
                    struct mf_diags *diags)
{
    const struct mf_parser_context context = {.diags = diags, .set = set, .strings = set->strings};
    struct repeated repeated = {0};
    struct mf_parser parser;
    struct mf_line line;
    struct mf_rule *rule;
    unsigned added = 0;

    text = skip_mark(text);
    mf_line_init(&line, g_string_chunk_insert_const(set->strings, name));
    mf_parser_init(&parser, &context);
    while (mf_line_next(&line, &text)) {
        enum mf_parsed outcome = mf_parser_rule(&parser, &line, &rule);

        add_request(set, parser.request);
        if (outcome == MF_PARSED_RULE)
            added += add_rule(set, rule, &parser, &repeated);
        set->n_skipped += outcome == MF_PARSED_WRONG;
        set->n_disabled += outcome == MF_PARSED_DISABLED;
    }
    tell_repeated(&repeated, line.file, diags);
    mf_parser_clear(&parser);
    mf_line_clear(&line);
    return added;
}

static unsigned
add_file(struct mf_ruleset *set, const char *path, struct mf_diags *diags)
{
    GError *error = NULL;
    char *text;
    gsize length;
    unsigned added;

    if (!g_file_get_contents(path, &text, &length, &error)) {
        mf_diags_add(diags, path, 0, 0, "%s", error->message);
        g_error_free(error);
        return 0;
    }
    if (strlen(text) != length)
        mf_diags_add(diags, path, 0, 0, "is not a text file: read up to its first NUL byte");
    added = mf_ruleset_add_text(set, path, text, diags);
    g_free(text);
    return added;
}

/* --- files and folders --- */

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

unsigned
mf_ruleset_add_path(struct mf_ruleset *set, const char *path, struct mf_diags *diags)
{
    GPtrArray *names;
    const char *name;
    GError *error = NULL;
    GDir *folder;
    unsigned added = 0;

    if (!g_file_test(path, G_FILE_TEST_IS_DIR))
        return add_file(set, path, diags);
    folder = g_dir_open(path, 0, &error);
    if (folder == NULL) {
        mf_diags_add(diags, path, 0, 0, "%s", error->message);
        g_error_free(error);
        return 0;
    }
    names = g_ptr_array_new_with_free_func(g_free);
    while ((name = g_dir_read_name(folder)) != NULL)
        if (g_str_has_suffix(name, ".rules"))
            g_ptr_array_add(names, g_build_filename(path, name, NULL));
    g_dir_close(folder);
    g_ptr_array_sort(names, compare_names);
    for (unsigned i = 0; i < names->len; i++)
        added += add_file(set, names->pdata[i], diags);
    g_ptr_array_free(names, TRUE);
    return added;
}

/* --- what is in the set --- */

unsigned
mf_ruleset_count(const struct mf_ruleset *set)
{
    return set->rules->len;
}

const struct mf_rule_info *
mf_ruleset_info(const struct mf_ruleset *set, unsigned index)
{
    return &mf_ruleset_rule(set, index)->info;
}

unsigned
mf_ruleset_skipped(const struct mf_ruleset *set)
{
    return set->n_skipped;
}

unsigned
mf_ruleset_disabled(const struct mf_ruleset *set)
{
    return set->n_disabled;
}

/* enum mf_tried_on names the bits of enum mf_rule_kind. */
G_STATIC_ASSERT(MF_RULE_ADDRESS == 1 << MF_TRIED_ON_ADDRESSES);
G_STATIC_ASSERT(MF_RULE_PACKET == 1 << MF_TRIED_ON_PACKETS);
G_STATIC_ASSERT(MF_RULE_STREAM == 1 << MF_TRIED_ON_STREAMS);
G_STATIC_ASSERT(MF_RULE_MESSAGE == 1 << MF_TRIED_ON_MESSAGES);

unsigned
mf_ruleset_count_tried(const struct mf_ruleset *set, enum mf_tried_on on)
{
    unsigned count = 0;

    for (unsigned i = 0; i < set->rules->len; i++)
        count += (mf_ruleset_rule(set, i)->kinds >> on) & 1u;
    return count;
}

bool
mf_ruleset_wants(const struct mf_ruleset *set, enum mf_buffer_id id)
{
    return set->wanted[id] != 0;
}

const char *const *
mf_ruleset_fields(const struct mf_ruleset *set, unsigned *n)
{
    *n = set->fields->len;
    return (const char *const *)set->fields->pdata;
}

const char *const *
mf_ruleset_filters(const struct mf_ruleset *set, unsigned *n)
{
    *n = set->filters->len;
    return (const char *const *)set->filters->pdata;
}
