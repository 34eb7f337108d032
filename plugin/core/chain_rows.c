/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a node of a chain is, has happened when, and came of, each by itself: chains_text.c makes
 * sentences of the same things, which no table can sort.
 */
#include "chain_rows.h"

#include "moments.h"
#include "row_text.h"

/* --- causes --- */

static uint32_t
no_cause(const struct mf_engine *engine, const struct mf_chain_node *node)
{
    (void)engine;
    (void)node;
    return 0;
}

static uint32_t
cause_of_session(const struct mf_engine *engine, const struct mf_chain_node *node)
{
    return mf_correlator_causes(mf_engine_correlator(engine), node->session);
}

static uint32_t
cause_of_scan(const struct mf_engine *engine, const struct mf_chain_node *node)
{
    return mf_engine_causes(engine, mf_engine_session(engine, node->session));
}

static uint32_t
cause_of_request(const struct mf_engine *engine, const struct mf_chain_node *node)
{
    return mf_correlator_request_causes(mf_engine_correlator(engine), node->frame);
}

static uint32_t
what_was_before(const struct mf_engine *engine, const struct mf_chain_node *node)
{
    (void)engine;
    return node->ref + 1;
}

/* Index + 1 of the best link to what NODE tells; 0: none. */
static uint32_t
cause_of(const struct mf_engine *engine, const struct mf_chain_node *node)
{
    static uint32_t (*const finders[])(const struct mf_engine *, const struct mf_chain_node *) = {
        [MF_CHAIN_LOOKUP] = no_cause,          [MF_CHAIN_SESSION] = cause_of_session,
        [MF_CHAIN_SCAN] = cause_of_scan,       [MF_CHAIN_BEACON] = cause_of_session,
        [MF_CHAIN_REQUEST] = cause_of_request, [MF_CHAIN_FILE] = no_cause,
        [MF_CHAIN_ORDER] = no_cause,           [MF_CHAIN_AFTER] = what_was_before,
    };

    return finders[node->kind](engine, node);
}

static const char *
kind_name(enum mf_chain_kind kind)
{
    static const char *const names[] = {
        [MF_CHAIN_LOOKUP] = "look-up", [MF_CHAIN_SESSION] = "session", [MF_CHAIN_SCAN] = "scan",
        [MF_CHAIN_BEACON] = "beacon",  [MF_CHAIN_REQUEST] = "request", [MF_CHAIN_FILE] = "file",
        [MF_CHAIN_ORDER] = "order",    [MF_CHAIN_AFTER] = "after",
    };

    return names[kind];
}

void
mf_chain_row_get(const struct mf_engine *engine, const struct mf_chain_node *node,
                 struct mf_chain_row *out)
{
    const struct mf_correlator *correlator = mf_engine_correlator(engine);
    const uint32_t cause = cause_of(engine, node);

    *out = (struct mf_chain_row){
        .time = mf_moment_of_frame(engine, mf_engine_session(engine, node->session), node->frame),
        .kind = kind_name((enum mf_chain_kind)node->kind),
    };
    if (cause != 0) {
        const struct mf_link *link = mf_correlator_link(correlator, cause - 1);

        out->cause = mf_link_kind_name((enum mf_link_kind)link->kind);
        out->cause_frame = link->cause_frame;
        out->evidence = link->evidence;
    } else if (node->kind == MF_CHAIN_FILE) {
        out->cause_frame = node->asked;
    } else if (node->kind == MF_CHAIN_ORDER) {
        out->time = mf_correlator_order(correlator, node->ref)->time;
    }
}

/* --- what happened --- */

static void
append_session(const struct mf_engine *engine, const struct mf_chain_node *node, GString *out)
{
    const struct mf_session *session = mf_engine_session(engine, node->session);

    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    mf_row_append_summary(session, out);
}

static void
append_scan(const struct mf_engine *engine, const struct mf_chain_node *node, GString *out)
{
    const struct mf_session *session = mf_engine_session(engine, node->session);

    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    mf_row_append_scan(mf_engine_scan(engine, node->ref), out);
}

static void
append_beacon(const struct mf_engine *engine, const struct mf_chain_node *node, GString *out)
{
    const struct mf_session *session = mf_engine_session(engine, node->session);

    mf_row_append_endpoints(session, out);
    mf_row_append_protocol(session, out);
    mf_row_append_beacon(mf_engine_beacon(engine, node->ref), out);
}

static void
append_lookup(const struct mf_engine *engine, const struct mf_chain_node *node, GString *out)
{
    if (node->ref != 0)
        g_string_append(out,
                        mf_correlator_link(mf_engine_correlator(engine), node->ref - 1)->evidence);
    else
        append_session(engine, node, out);
}

static void
append_request(const struct mf_engine *engine, const struct mf_chain_node *node, GString *out)
{
    if (node->ref != 0)
        mf_summary_item_append(mf_engine_session(engine, node->session), node->ref - 1, out);
}

static void
append_file(const struct mf_engine *engine, const struct mf_chain_node *node, GString *out)
{
    const struct mf_file *file = mf_findings_file(mf_engine_findings(engine), node->ref);

    g_string_append(out, file->type);
    if (file->object.name != NULL)
        g_string_append_printf(out, " %s", file->object.name);
    if (file->object.size > 0)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " byte", file->object.size);
    if (file->mismatch)
        g_string_append(out, ", not what it claims to be");
    if (file->sha256[0] != '\0')
        g_string_append_printf(out, ", SHA-256 %s", file->sha256);
}

static void
append_order(const struct mf_engine *engine, const struct mf_chain_node *node, GString *out)
{
    g_string_append_printf(out, "\"%s\"",
                           mf_correlator_order(mf_engine_correlator(engine), node->ref)->text);
    if (node->times > 1)
        g_string_append_printf(out, " x%u", node->times);
    g_string_append(out, ", nothing was seen to come of it");
}

void
mf_chain_row_append_what(const struct mf_engine *engine, const struct mf_chain_node *node,
                         GString *out)
{
    static void (*const appenders[])(const struct mf_engine *, const struct mf_chain_node *,
                                     GString *) = {
        [MF_CHAIN_LOOKUP] = append_lookup,   [MF_CHAIN_SESSION] = append_session,
        [MF_CHAIN_SCAN] = append_scan,       [MF_CHAIN_BEACON] = append_beacon,
        [MF_CHAIN_REQUEST] = append_request, [MF_CHAIN_FILE] = append_file,
        [MF_CHAIN_ORDER] = append_order,     [MF_CHAIN_AFTER] = append_session,
    };
    const size_t before = out->len;

    appenders[node->kind](engine, node, out);
    mf_row_make_printable(out, before);
}
