/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Evidence that stands by itself: signatures, executables, scan groups. A scan group whose targets
 * mostly answer, over UDP, may as well be a network of peers; one of ARP, a router that was asked
 * for hosts that are not there.
 */
#include "moments.h"
#include "verdict_private.h"

/* --- signatures --- */

static void
add_hit(struct mf_verdicts *verdicts, const struct mf_session *session, const struct mf_hit *hit)
{
    const struct mf_rule_info *rule = mf_engine_hit_rule(verdicts->engine, hit);

    for (unsigned side = MF_ORIG; side <= MF_RESP; side++) {
        const enum mf_stage stage = mf_stage_of_hit(
            rule, session, (enum mf_direction)hit->direction, (enum mf_direction)side);

        if (stage == MF_STAGES || mf_stage_is_program(rule->file_type))
            continue;
        mf_verdict_add(verdicts, &session->addr[side],
                       &(struct mf_evidence){.time = hit->time,
                                             .session = session->id,
                                             .frame = hit->frame,
                                             .stage = (uint8_t)stage,
                                             .text = rule->msg != NULL ? rule->msg : ""});
    }
}

void
mf_verdict_find_hits(struct mf_verdicts *verdicts)
{
    const struct mf_findings *findings = mf_engine_findings(verdicts->engine);

    for (uint32_t id = 1; id <= mf_engine_session_count(verdicts->engine); id++) {
        const struct mf_session *session = mf_engine_session(verdicts->engine, id);

        for (uint32_t at = session->first_hit; at != 0;) {
            const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

            add_hit(verdicts, session, hit);
            at = hit->next_signature;
        }
    }
}

/* --- executables --- */

static gpointer
object_key(const struct mf_file *file)
{
    return GSIZE_TO_POINTER((gsize)file->session << 33 | (gsize)file->direction << 32 |
                            file->object.serial);
}

static uint32_t
request_of(const struct mf_session *session, const struct mf_file *file)
{
    struct mf_summary_item item;
    const bool numbered =
        file->object.serial != 0 && file->object.serial <= mf_summary_count(session);

    if (numbered) {
        mf_summary_item(session, file->object.serial - 1, &item);
        return item.frame;
    }
    return mf_moment_request(session, file->frame, &item) ? item.frame : session->first_frame;
}

static void
add_program(struct mf_verdicts *verdicts, const struct mf_file *file, uint32_t index)
{
    const struct mf_session *session = mf_engine_session(verdicts->engine, file->session);
    const enum mf_direction side = (enum mf_direction)(file->direction ^ 1);
    char *text = g_strdup_printf("%s %s", file->type,
                                 file->object.name != NULL ? file->object.name : "without a name");
    const struct mf_evidence evidence = {.time = file->time,
                                         .session = file->session,
                                         .frame = file->frame,
                                         .file = index + 1,
                                         .stage = MF_STAGE_EGG,
                                         .text = text};
    const uint32_t host = mf_verdict_add(verdicts, &session->addr[side], &evidence);
    const struct mf_arrival arrival = {.host = host - 1,
                                       .session = session->id,
                                       .request = request_of(session, file),
                                       .file = index + 1};

    g_free(text);
    if (host == 0)
        return;
    g_array_append_val(verdicts->arrivals, arrival);
    if (mf_verdict_host_at(verdicts, host - 1)->program_frame == 0 ||
        mf_verdict_host_at(verdicts, host - 1)->program_frame > file->frame)
        mf_verdict_host_at(verdicts, host - 1)->program_frame = file->frame;
}

void
mf_verdict_find_programs(struct mf_verdicts *verdicts)
{
    const struct mf_findings *findings = mf_engine_findings(verdicts->engine);
    GHashTable *known = g_hash_table_new(NULL, NULL); /* several signatures tell of one */

    for (uint32_t i = 0; i < mf_findings_file_count(findings); i++) {
        const struct mf_file *file = mf_findings_file(findings, i);
        const struct mf_session *session = mf_engine_session(verdicts->engine, file->session);

        if (mf_stage_is_program(file->type) &&
            mf_stage_is_own(session, (enum mf_direction)(file->direction ^ 1)) &&
            g_hash_table_add(known, object_key(file)))
            add_program(verdicts, file, i);
    }
    g_hash_table_destroy(known);
}

/* --- scans --- */

static const char *
protocol_of(const struct mf_session *session)
{
    return mf_l4_name((enum mf_l4)session->l4);
}

static char *
describe_scan(const struct mf_scan_group *group, const struct mf_session *first)
{
    GString *text = g_string_new(NULL);

    if (group->kind == MF_SCAN_PORT) {
        g_string_append_printf(text, "port scan (%s) of ", protocol_of(first));
        mf_addr_append(text, &group->target);
    } else {
        g_string_append_printf(text, "spread scan (%s", protocol_of(first));
        if (mf_session_has_ports(first))
            g_string_append_printf(text, " port %u", group->port);
        g_string_append_c(text, ')');
    }
    g_string_append_printf(text, ": %u %s, %u answered", group->targets,
                           group->kind == MF_SCAN_PORT ? "ports" : "targets", group->answered);
    return g_string_free(text, FALSE);
}

static bool
may_be_innocent(const struct mf_scan_group *group, const struct mf_session *first)
{
    return first->l4 == MF_L4_ARP || (first->l4 == MF_L4_UDP && first->first_hit == 0 &&
                                      (uint64_t)group->answered * 2 > group->targets);
}

static void
add_scan(struct mf_verdicts *verdicts, const struct mf_scan_group *group)
{
    const struct mf_session *first = mf_engine_session(verdicts->engine, group->first_session);
    char *text = describe_scan(group, first);
    struct mf_evidence evidence = {.session = first->id,
                                   .frame = first->first_frame,
                                   .scan = group->id,
                                   .stage = MF_STAGE_OUTBOUND_SCAN,
                                   .suspected = may_be_innocent(group, first),
                                   .text = text};

    if (mf_stage_is_own(first, MF_ORIG) && mf_verdict_add(verdicts, &group->source, &evidence) != 0)
        verdicts->scan_stages[group->id] |= 1u << MF_STAGE_OUTBOUND_SCAN;
    evidence.stage = MF_STAGE_INBOUND_SCAN;
    if (group->kind == MF_SCAN_PORT && mf_addr_is_private(&group->target) &&
        mf_verdict_add(verdicts, &group->target, &evidence) != 0)
        verdicts->scan_stages[group->id] |= 1u << MF_STAGE_INBOUND_SCAN;
    g_free(text);
}

/* Attempts within spread scans that aim at one host of the own network. */
struct aimed {
    struct mf_addr addr;
    uint32_t n, session;
};

static guint
hash_aimed(gconstpointer aimed)
{
    return mf_addr_hash(&((const struct aimed *)aimed)->addr);
}

static gboolean
equal_aimed(gconstpointer a, gconstpointer b)
{
    return mf_addr_equal(&((const struct aimed *)a)->addr, &((const struct aimed *)b)->addr);
}

static void
count_aimed(GHashTable *table, const struct mf_session *session)
{
    struct aimed key = {.addr = session->addr[MF_RESP], .session = session->id};
    struct aimed *aimed = g_hash_table_lookup(table, &key);

    if (aimed == NULL) {
        aimed = g_memdup2(&key, sizeof key);
        g_hash_table_add(table, aimed);
    }
    aimed->n++;
}

static void
add_aimed(gpointer key, gpointer value, gpointer user)
{
    enum { MANY = 10 };
    const struct aimed *aimed = key;
    struct mf_verdicts *verdicts = user;
    const struct mf_session *session = mf_engine_session(verdicts->engine, aimed->session);
    char *text;

    (void)value;
    if (aimed->n < MANY)
        return;
    text = g_strdup_printf("%u attempts within spread scans", aimed->n);
    mf_verdict_add(verdicts, &aimed->addr,
                   &(struct mf_evidence){.session = session->id,
                                         .frame = session->first_frame,
                                         .stage = MF_STAGE_INBOUND_SCAN,
                                         .suspected = true,
                                         .text = text});
    g_free(text);
}

void
mf_verdict_find_scans(struct mf_verdicts *verdicts)
{
    GHashTable *table = g_hash_table_new_full(hash_aimed, equal_aimed, g_free, NULL);

    for (uint32_t id = 1; id <= mf_engine_scan_count(verdicts->engine); id++)
        if (mf_engine_scan(verdicts->engine, id)->sessions > 0)
            add_scan(verdicts, mf_engine_scan(verdicts->engine, id));
    for (uint32_t id = 1; id <= mf_engine_session_count(verdicts->engine); id++) {
        const struct mf_session *session = mf_engine_session(verdicts->engine, id);

        if (session->scan != 0 && session->l4 != MF_L4_ARP &&
            mf_addr_is_private(&session->addr[MF_RESP]) &&
            mf_engine_scan(verdicts->engine, session->scan)->kind == MF_SCAN_SPREAD)
            count_aimed(table, session);
    }
    g_hash_table_foreach(table, add_aimed, verdicts);
    g_hash_table_destroy(table);
}

/* --- by itself --- */

unsigned
mf_session_stages(const struct mf_engine *engine, const struct mf_session *session)
{
    const struct mf_findings *findings = mf_engine_findings(engine);
    unsigned stages = 0;

    for (uint32_t at = session->first_hit; at != 0;) {
        const struct mf_hit *hit = mf_findings_hit(findings, at - 1);

        for (unsigned side = MF_ORIG; side <= MF_RESP; side++)
            stages |=
                1u << mf_stage_of_hit(mf_engine_hit_rule(engine, hit), session,
                                      (enum mf_direction)hit->direction, (enum mf_direction)side);
        at = hit->next_signature;
    }
    if (session->scan != 0 && mf_stage_is_own(session, MF_ORIG))
        stages |= 1u << MF_STAGE_OUTBOUND_SCAN;
    return stages & ((1u << MF_STAGES) - 1);
}
