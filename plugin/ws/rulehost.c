/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which fields a compiled filter needs is nowhere to be read in the plugin interface. But Wireshark
 * marks them before a frame, and the marks stand in every field's open record: so they are set,
 * read and taken away, once per set of rules.
 */
#include "rulehost.h"

static GPtrArray *filters; /* dfilter_t */
static GByteArray *hold;

static bool
compile(const char *text, dfilter_t **filter, char **why)
{
    mf_filter_error *error = NULL;

    *filter = NULL;
    if (!dfilter_compile(text, filter, &error)) {
        *why = g_strdup(mf_filter_error_text(error));
        mf_filter_error_free(error);
        return false;
    }
    if (*filter == NULL)
        *why = g_strdup("the filter is empty");
    return *filter != NULL;
}

/* malflow's own fields come after the rules. */
static bool
is_own(const char *field)
{
    return strcmp(field, "malflow") == 0 || g_str_has_prefix(field, "malflow.");
}

static bool
check_field(const char *name, char **why)
{
    if (proto_registrar_get_byname(name) == NULL)
        *why = g_strdup_printf("Wireshark has no field \"%s\"", name);
    else if (is_own(name))
        *why = g_strdup_printf("\"%s\" is not known before the rules are run", name);
    else
        return true;
    return false;
}

/* Calls TELL for every field that is marked, and takes the marks away. */
static void
take_marks(void (*tell)(int hfid))
{
    void *next_protocol, *next_field;

    for (int id = proto_get_first_protocol(&next_protocol); id != -1;
         id = proto_get_next_protocol(&next_protocol)) {
        header_field_info *info = proto_registrar_get_nth((guint)id);
        bool is_first = true;

        while (info != NULL) {
            if (info->ref_type == HF_REF_TYPE_DIRECT && tell != NULL)
                tell(info->id);
            if (info->ref_type == HF_REF_TYPE_DIRECT)
                info->ref_type = HF_REF_TYPE_NONE;
            info = is_first ? proto_get_first_protocol_field(id, &next_field)
                            : proto_get_next_protocol_field(id, &next_field);
            is_first = false;
        }
    }
}

static void
mark(const dfilter_t *filter)
{
    epan_dissect_t nothing = {0};

    epan_dissect_prime_with_dfilter(&nothing, filter);
}

/* The first of malflow's own fields that is marked, or NULL. */
static const char *
find_own_mark(void)
{
    int protocol = proto_get_id_by_filter_name("malflow");
    const header_field_info *info = proto_registrar_get_nth((guint)protocol);
    void *next_field;

    if (info->ref_type == HF_REF_TYPE_DIRECT)
        return info->abbrev;
    for (info = proto_get_first_protocol_field(protocol, &next_field); info != NULL;
         info = proto_get_next_protocol_field(protocol, &next_field))
        if (info->ref_type == HF_REF_TYPE_DIRECT)
            return info->abbrev;
    return NULL;
}

/* Marks are taken away when the rules are selected. */
static bool
check_filter(const char *text, char **why)
{
    const char *own;
    dfilter_t *filter;

    if (!compile(text, &filter, why))
        return false;
    mark(filter);
    dfilter_free(filter);
    own = find_own_mark();
    if (own != NULL) {
        *why = g_strdup_printf("\"%s\" is not known before the rules are run", own);
        take_marks(NULL);
    }
    return own == NULL;
}

const struct mf_rule_host *
mf_rulehost(void)
{
    static const struct mf_rule_host host = {check_field, check_filter};

    return &host;
}

static void
free_filter(gpointer filter)
{
    dfilter_free(filter);
}

void
mf_rulehost_select(const struct mf_ruleset *rules, void (*ask)(int hfid))
{
    unsigned n = 0;
    const char *const *texts = rules != NULL ? mf_ruleset_filters(rules, &n) : NULL;

    if (filters == NULL) {
        filters = g_ptr_array_new_with_free_func(free_filter);
        hold = g_byte_array_new();
    }
    g_ptr_array_set_size(filters, 0);
    g_byte_array_set_size(hold, n);
    if (n == 0)
        return;
    take_marks(NULL);
    for (unsigned i = 0; i < n; i++) {
        dfilter_t *filter;
        char *why = NULL;

        if (compile(texts[i], &filter, &why))
            mark(filter);
        g_free(why);
        g_ptr_array_add(filters, filter);
    }
    take_marks(ask);
}

const uint8_t *
mf_rulehost_filters_hold(proto_tree *tree)
{
    static epan_dissect_t frame; /* large: cleared once */

    if (filters->len == 0)
        return NULL;
    frame.tree = tree;
    for (guint i = 0; i < filters->len; i++) {
        dfilter_t *filter = g_ptr_array_index(filters, i);

        hold->data[i] = tree != NULL && filter != NULL && dfilter_apply_edt(filter, &frame);
    }
    return hold->data;
}
