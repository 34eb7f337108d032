/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hits stand in one array in order of discovery, chained per session. Held segments may be
 * inspected late, so a hit's frame can be older than its neighbours': the order by frame is kept
 * by insertion into a sorted list of indices, which is an append in all but those cases.
 */
#include "findings.h"

#include <string.h>

struct mf_findings {
    const struct mf_settings *settings;
    const struct mf_ruleset *rules;
    GArray *hits;     /* struct mf_hit */
    GArray *by_frame; /* uint32_t index into hits, ascending by frame */
    GArray *files;    /* struct mf_file */
    /* For sessions in transfer: key session << 1 | direction, value: hits->len after its last whole
     * file. */
    GHashTable *last_whole;
    /* Key side << 32 | rule, value: serial of the object that the rule told of last. */
    GHashTable *last_object;
};

struct mf_findings *
mf_findings_new(const struct mf_settings *settings, const struct mf_ruleset *rules)
{
    struct mf_findings *findings = g_new0(struct mf_findings, 1);

    findings->settings = settings;
    findings->rules = rules;
    findings->hits = g_array_new(FALSE, FALSE, sizeof(struct mf_hit));
    findings->by_frame = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    findings->files = g_array_new(FALSE, FALSE, sizeof(struct mf_file));
    findings->last_whole = g_hash_table_new(NULL, NULL);
    findings->last_object = g_hash_table_new(NULL, NULL);
    return findings;
}

void
mf_findings_free(struct mf_findings *findings)
{
    if (findings == NULL)
        return;
    g_array_free(findings->hits, TRUE);
    g_array_free(findings->by_frame, TRUE);
    g_array_free(findings->files, TRUE);
    g_hash_table_destroy(findings->last_whole);
    g_hash_table_destroy(findings->last_object);
    g_free(findings);
}

static struct mf_hit *
hit_at(const struct mf_findings *findings, uint32_t index)
{
    return &g_array_index(findings->hits, struct mf_hit, index);
}

static gpointer
side_key(const struct mf_session *session, enum mf_direction direction)
{
    return GUINT_TO_POINTER(session->id << 1 | direction);
}

static bool
same_message(const struct mf_findings *findings, const struct mf_hit *hit,
             const struct mf_flow_hit *fired)
{
    return hit->direction == fired->direction && hit->whole != fired->whole && !hit->paired &&
           g_strcmp0(mf_ruleset_info(findings->rules, hit->rule)->msg,
                     mf_ruleset_info(findings->rules, fired->rule)->msg) == 0;
}

/*
 * The hit on the same bytes that was told already, if any: of a whole buffer, one on the stream
 * since the last whole file; of the stream (late, behind a hole), one on a buffer that ended later.
 */
static struct mf_hit *
counterpart(const struct mf_findings *findings, const struct mf_flow_hit *fired)
{
    uint32_t from = GPOINTER_TO_UINT(
        g_hash_table_lookup(findings->last_whole, side_key(fired->session, fired->direction)));

    for (uint32_t at = fired->session->first_hit; at != 0; at = hit_at(findings, at - 1)->next) {
        struct mf_hit *hit = hit_at(findings, at - 1);

        if (same_message(findings, hit, fired) &&
            (fired->whole ? at - 1 >= from : hit->frame >= fired->frame))
            return hit;
    }
    return NULL;
}

static bool
claims_other(const struct mf_object *object)
{
    static const char *const innocent[] = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".ico",
                                           ".txt", ".html", ".htm", ".css", ".js",  ".pdf",
                                           ".xml", ".doc",  ".mp3", ".zip", ".woff"};
    const char *dot = object->name != NULL ? strrchr(object->name, '.') : NULL;
    const char *type = object->content_type != NULL ? object->content_type : "";

    for (unsigned i = 0; dot != NULL && i < G_N_ELEMENTS(innocent); i++)
        if (g_ascii_strcasecmp(dot, innocent[i]) == 0)
            return true;
    return g_ascii_strncasecmp(type, "image/", 6) == 0 ||
           g_ascii_strncasecmp(type, "text/", 5) == 0 ||
           g_ascii_strncasecmp(type, "audio/", 6) == 0 ||
           g_ascii_strncasecmp(type, "video/", 6) == 0;
}

static struct mf_file *
file_at(const struct mf_findings *findings, uint32_t number)
{
    return &g_array_index(findings->files, struct mf_file, number - 1);
}

/* Whether the rule has told of this object; remembers that it has now. */
static bool
told_of_object(struct mf_findings *findings, const struct mf_flow_hit *fired, uint32_t serial)
{
    gpointer key = GSIZE_TO_POINTER(
        (gsize)GPOINTER_TO_UINT(side_key(fired->session, fired->direction)) << 32 | fired->rule);
    gpointer last = g_hash_table_lookup(findings->last_object, key);

    if (serial == 0)
        return false;
    g_hash_table_insert(findings->last_object, key, GUINT_TO_POINTER(serial));
    return GPOINTER_TO_UINT(last) == serial;
}

/* The number of the file that FIRED tells of, 0 when it was told already. */
static uint32_t
add_file(struct mf_findings *findings, const struct mf_flow_hit *fired, const char *type)
{
    struct mf_file file = {.session = fired->session->id,
                           .frame = fired->frame,
                           .type = type,
                           .direction = (uint8_t)fired->direction};

    mf_summary_object(fired->session, fired->direction, &file.object);
    if (told_of_object(findings, fired, file.object.serial))
        return 0;
    file.mismatch = claims_other(&file.object);
    g_array_append_val(findings->files, file);
    return findings->files->len;
}

static void
index_by_frame(struct mf_findings *findings, uint32_t index)
{
    uint32_t frame = hit_at(findings, index)->frame;
    guint at = findings->by_frame->len;

    while (at > 0 &&
           hit_at(findings, g_array_index(findings->by_frame, uint32_t, at - 1))->frame > frame)
        at--;
    g_array_insert_val(findings->by_frame, at, index);
}

void
mf_findings_add(struct mf_findings *findings, const struct mf_flow_hit *fired)
{
    const char *type = mf_ruleset_info(findings->rules, fired->rule)->file_type;
    struct mf_session *session = fired->session;
    struct mf_hit *told = counterpart(findings, fired);
    struct mf_hit hit = {.session = session->id,
                         .frame = fired->frame,
                         .rule = fired->rule,
                         .direction = (uint8_t)fired->direction,
                         .whole = fired->whole};

    if (told != NULL) {
        told->paired = true;
        return;
    }
    if (type != NULL && (hit.file = add_file(findings, fired, type)) == 0)
        return;
    g_array_append_val(findings->hits, hit);
    if (session->last_hit != 0)
        hit_at(findings, session->last_hit - 1)->next = findings->hits->len;
    else
        session->first_hit = findings->hits->len;
    session->last_hit = findings->hits->len;
    index_by_frame(findings, findings->hits->len - 1);
}

static void
hash_file(const struct mf_findings *findings, struct mf_file *file, const struct mf_buffer *body)
{
    uint8_t digest[32];
    char *sum;

    if (findings->settings->sha256 == NULL) {
        sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, body->data, body->length);
        g_strlcpy(file->sha256, sum, sizeof file->sha256);
        g_free(sum);
        return;
    }
    findings->settings->sha256(body->data, body->length, digest);
    for (unsigned i = 0; i < sizeof digest; i++)
        g_snprintf(file->sha256 + 2 * i, 3, "%02x", digest[i]);
}

static void
complete_file(const struct mf_findings *findings, struct mf_file *file, struct mf_session *session,
              const struct mf_buffer *body)
{
    mf_summary_object(session, (enum mf_direction)file->direction, &file->object);
    file->object.size = body->length;
    file->mismatch = claims_other(&file->object);
    hash_file(findings, file, body);
}

void
mf_findings_complete(struct mf_findings *findings, struct mf_session *session,
                     enum mf_direction direction, const struct mf_buffer *body)
{
    gpointer key = side_key(session, direction);
    uint32_t from = GPOINTER_TO_UINT(g_hash_table_lookup(findings->last_whole, key));

    if (session->first_hit == 0)
        return;
    for (uint32_t at = session->first_hit; at != 0; at = hit_at(findings, at - 1)->next) {
        const struct mf_hit *hit = hit_at(findings, at - 1);

        if (at - 1 >= from && hit->direction == direction && hit->file != 0)
            complete_file(findings, file_at(findings, hit->file), session, body);
    }
    g_hash_table_insert(findings->last_whole, key, GUINT_TO_POINTER(findings->hits->len));
}

uint32_t
mf_findings_hit_count(const struct mf_findings *findings)
{
    return findings->hits->len;
}

const struct mf_hit *
mf_findings_hit(const struct mf_findings *findings, uint32_t index)
{
    return hit_at(findings, index);
}

const struct mf_hit *
mf_findings_hit_by_frame(const struct mf_findings *findings, uint32_t position)
{
    return hit_at(findings, g_array_index(findings->by_frame, uint32_t, position));
}

uint32_t
mf_findings_first_of_frame(const struct mf_findings *findings, uint32_t frame)
{
    guint low = 0, high = findings->by_frame->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (mf_findings_hit_by_frame(findings, middle)->frame < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t
mf_findings_file_count(const struct mf_findings *findings)
{
    return findings->files->len;
}

const struct mf_file *
mf_findings_file(const struct mf_findings *findings, uint32_t index)
{
    return &g_array_index(findings->files, struct mf_file, index);
}
