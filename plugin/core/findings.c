/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hits stand in one array in order of discovery, chained per session. Held segments may be
 * inspected late, so a hit's frame can be older than its neighbours': the order by frame is kept
 * by insertion into a sorted list of indices, which is an append in all but those cases.
 * Hits that could still meet their counterpart (the same bytes, once as sent and once decoded) wait
 * in stacks, one per side, message and kind: both kinds can only meet the newest of the other.
 * Hits on single packets and on the stream meet by their frame instead.
 */
#include "findings.h"

#include "file_facts.h"

#include <string.h>

struct mf_findings {
    const struct mf_settings *settings;
    const struct mf_ruleset *rules;
    GArray *hits;        /* struct mf_hit */
    GArray *by_frame;    /* uint32_t index into hits, ascending by frame */
    uint32_t last_frame; /* of these; 0: there is none */
    GArray *files;       /* struct mf_file */
    /* For sessions in transfer: key session << 1 | direction, value: the session's last_hit after
     * its last whole file. */
    GHashTable *last_whole;
    /* Key side << 32 | rule, value: serial of the object that the rule told of last. */
    GHashTable *last_object;
    /* Key session << 32 | rule, value: the rule's first hit there, index + 1. */
    GHashTable *by_signature;
    /* Set of struct waiting: hits that could still meet their counterpart. */
    GHashTable *waiting;
    /* Set of struct twin: hits on packets and on the stream that have not met yet. */
    GHashTable *twins;
};

/* Hits of one rule on the bytes of one frame: a packet's, or those of the stream. */
struct twin {
    uint32_t side, rule, frame;
    uint32_t on; /* enum mf_fired_on */
    uint32_t n;  /* how many; not of the key */
};

static guint
twin_hash(gconstpointer key)
{
    const struct twin *twin = key;

    return mf_hash_mix(mf_hash_mix(twin->side) ^ twin->frame) ^ twin->rule << 2 ^ twin->on;
}

static gboolean
twin_equal(gconstpointer left, gconstpointer right)
{
    const struct twin *a = left, *b = right;

    return a->side == b->side && a->rule == b->rule && a->frame == b->frame && a->on == b->on;
}

/* The newest of some hits that wait; mf_hit.below leads to the others. */
struct waiting {
    const char *msg;
    uint32_t side; /* session << 1 | direction */
    uint32_t top;  /* hit, index + 1; 0: none */
    bool whole;
};

static guint
waiting_hash(gconstpointer key)
{
    const struct waiting *waiting = key;

    return g_str_hash(waiting->msg) ^ mf_hash_mix(waiting->side << 1 | waiting->whole);
}

static gboolean
waiting_equal(gconstpointer left, gconstpointer right)
{
    const struct waiting *a = left, *b = right;

    return a->side == b->side && a->whole == b->whole && strcmp(a->msg, b->msg) == 0;
}

/* GLib's own hash of a pointer is its lower half, which here is the same for all hits of a rule. */
static guint
pair_hash(gconstpointer key)
{
    gsize pair = (gsize)key;

    return mf_hash_mix((uint32_t)pair) ^ mf_hash_mix((uint32_t)(pair >> 32) + 1);
}

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
    findings->last_object = g_hash_table_new(pair_hash, NULL);
    findings->by_signature = g_hash_table_new(pair_hash, NULL);
    findings->waiting = g_hash_table_new_full(waiting_hash, waiting_equal, g_free, NULL);
    findings->twins = g_hash_table_new_full(twin_hash, twin_equal, g_free, NULL);
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
    g_hash_table_destroy(findings->by_signature);
    g_hash_table_destroy(findings->waiting);
    g_hash_table_destroy(findings->twins);
    g_free(findings);
}

static struct mf_hit *
hit_at(const struct mf_findings *findings, uint32_t index)
{
    return &g_array_index(findings->hits, struct mf_hit, index);
}

static uint32_t
side_of(const struct mf_session *session, enum mf_direction direction)
{
    return session->id << 1 | direction;
}

/* The session's last hit when its last whole file had passed: index + 1; 0: none. */
static uint32_t
before_file(const struct mf_findings *findings, uint32_t side)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(findings->last_whole, GUINT_TO_POINTER(side)));
}

static struct waiting
waiting_key(const struct mf_findings *findings, const struct mf_flow_hit *fired, bool whole)
{
    const char *msg = mf_ruleset_info(findings->rules, fired->rule)->msg;

    return (struct waiting){.msg = msg != NULL ? msg : "",
                            .side = side_of(fired->session, fired->direction),
                            .whole = whole};
}

/* Whether it fired on payload or on a file, not on what Wireshark says of a message. */
static bool
is_of_bytes(const struct mf_flow_hit *fired)
{
    return fired->whole || fired->on != MF_FIRED_ON_MESSAGE;
}

static struct mf_file *
file_at(const struct mf_findings *findings, uint32_t number)
{
    return &g_array_index(findings->files, struct mf_file, number - 1);
}

/* FIRED says where the file stands that was seen in the stream before. */
static void
locate(struct mf_file *file, const struct mf_flow_hit *fired)
{
    file->at = fired->matched.data;
    file->at_frame = fired->frame;
}

/*
 * Whether the same bytes were told of already: those of a whole buffer by a hit on the stream since
 * the last whole file; those of the stream (late, behind a hole) by one on a buffer that ended
 * later. That hit then waits no more.
 */
static bool
meets_counterpart(struct mf_findings *findings, const struct mf_flow_hit *fired)
{
    const struct waiting key = waiting_key(findings, fired, !fired->whole);
    struct waiting *waiting = g_hash_table_lookup(findings->waiting, &key);
    const struct mf_hit *newest;

    if (waiting == NULL || waiting->top == 0 || key.msg[0] == '\0') /* rules without a name */
        return false;
    newest = hit_at(findings, waiting->top - 1);
    if (fired->whole ? waiting->top <= before_file(findings, key.side)
                     : newest->frame < fired->frame)
        return false;
    waiting->top = newest->below;
    if (fired->whole && newest->file != 0)
        locate(file_at(findings, newest->file), fired);
    return true;
}

/* Lets the newest hit wait for its counterpart. */
static void
wait_for_counterpart(struct mf_findings *findings, const struct mf_flow_hit *fired)
{
    const struct waiting key = waiting_key(findings, fired, fired->whole);
    struct waiting *waiting = g_hash_table_lookup(findings->waiting, &key);

    if (waiting == NULL) {
        waiting = g_memdup2(&key, sizeof key);
        g_hash_table_add(findings->waiting, waiting);
    }
    hit_at(findings, findings->hits->len - 1)->below = waiting->top;
    waiting->top = findings->hits->len;
}

/* Whether the other of packet and stream told of the same bytes already; else FIRED waits for it.
 */
static bool
meets_twin(struct mf_findings *findings, const struct mf_flow_hit *fired)
{
    struct twin key = {.side = side_of(fired->session, fired->direction),
                       .rule = fired->rule,
                       .frame = fired->frame},
                *twin;

    if (fired->on == MF_FIRED_ON_MESSAGE)
        return false;
    key.on = fired->on == MF_FIRED_ON_PACKET ? MF_FIRED_ON_STREAM : MF_FIRED_ON_PACKET;
    twin = g_hash_table_lookup(findings->twins, &key);
    if (twin != NULL) {
        if (--twin->n == 0)
            g_hash_table_remove(findings->twins, twin);
        return true;
    }
    key.on = fired->on;
    twin = g_hash_table_lookup(findings->twins, &key);
    if (twin == NULL) {
        twin = g_memdup2(&key, sizeof key);
        g_hash_table_add(findings->twins, twin);
    }
    twin->n++;
    return false;
}

/* Whether the rule has told of this object; remembers that it has now. */
static bool
told_of_object(struct mf_findings *findings, const struct mf_flow_hit *fired, uint32_t serial)
{
    gpointer key =
        GSIZE_TO_POINTER((gsize)side_of(fired->session, fired->direction) << 32 | fired->rule);
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
    struct mf_file file = {.time = fired->time,
                           .session = fired->session->id,
                           .frame = fired->frame,
                           .type = type,
                           .at = fired->whole ? fired->matched.data : NULL,
                           .at_frame = fired->frame,
                           .direction = (uint8_t)fired->direction};

    file.n_begin = (uint8_t)MIN(fired->matched.length, sizeof file.begin);
    if (file.n_begin > 0)
        memcpy(file.begin, fired->matched.data, file.n_begin);
    mf_summary_object(fired->session, fired->direction, &file.object);
    if (told_of_object(findings, fired, file.object.serial))
        return 0;
    file.mismatch = mf_file_claims_other(&file.object);
    g_array_append_val(findings->files, file);
    return findings->files->len;
}

static void
index_by_frame(struct mf_findings *findings, uint32_t index)
{
    guint at = findings->by_frame->len;
    uint32_t frame = hit_at(findings, index)->frame;

    if (at > 0 && mf_findings_hit_by_frame(findings, at - 1)->frame > frame)
        at = mf_findings_first_of_frame(findings, frame + 1);
    g_array_insert_val(findings->by_frame, at, index);
    findings->last_frame = MAX(findings->last_frame, frame);
}

static gpointer
signature_key(const struct mf_session *session, uint32_t rule)
{
    return GSIZE_TO_POINTER((gsize)session->id << 32 | rule);
}

/* Counts hit AT (index + 1), which stands in its session's chain already. */
static void
count_signature(struct mf_findings *findings, const struct mf_session *session, uint32_t at)
{
    gpointer key = signature_key(session, hit_at(findings, at - 1)->rule);
    uint32_t first = GPOINTER_TO_UINT(g_hash_table_lookup(findings->by_signature, key));
    struct mf_hit *head = hit_at(findings, session->first_hit - 1);

    if (first == 0) {
        first = at;
        g_hash_table_insert(findings->by_signature, key, GUINT_TO_POINTER(at));
        if (at != session->first_hit) {
            hit_at(findings, at - 1)->next_signature = head->next_signature;
            head->next_signature = at;
        }
    }
    hit_at(findings, first - 1)->count++;
}

uint32_t
mf_findings_count(const struct mf_findings *findings, const struct mf_session *session,
                  uint32_t rule)
{
    uint32_t first =
        GPOINTER_TO_UINT(g_hash_table_lookup(findings->by_signature, signature_key(session, rule)));

    return first != 0 ? hit_at(findings, first - 1)->count : 0;
}

static void
append(struct mf_findings *findings, struct mf_session *session, const struct mf_hit *hit)
{
    g_array_append_vals(findings->hits, hit, 1);
    if (session->last_hit != 0)
        hit_at(findings, session->last_hit - 1)->next = findings->hits->len;
    else
        session->first_hit = findings->hits->len;
    session->last_hit = findings->hits->len;
    count_signature(findings, session, findings->hits->len);
    index_by_frame(findings, findings->hits->len - 1);
}

void
mf_findings_add(struct mf_findings *findings, const struct mf_flow_hit *fired)
{
    const char *type = mf_ruleset_info(findings->rules, fired->rule)->file_type;
    struct mf_hit hit = {.time = fired->time,
                         .session = fired->session->id,
                         .frame = fired->frame,
                         .rule = fired->rule,
                         .direction = (uint8_t)fired->direction,
                         .whole = fired->whole};

    if (meets_twin(findings, fired) || (is_of_bytes(fired) && meets_counterpart(findings, fired)))
        return;
    if (type != NULL && (hit.file = add_file(findings, fired, type)) == 0)
        return;
    append(findings, fired->session, &hit);
    if (is_of_bytes(fired))
        wait_for_counterpart(findings, fired);
}

/* What the bytes at hand say better than the order in which they came. */
static bool
is_in(const struct mf_file *file, const struct mf_findings_body *body)
{
    const struct mf_buffer *bytes = body->bytes;

    if (file->at == NULL || file->at_frame != body->frame)
        return file->sha256[0] == '\0' && mf_file_stands_in(file, bytes->data, bytes->length);
    return file->at >= bytes->data && file->at < bytes->data + bytes->length;
}

uint32_t
mf_findings_next_in(const struct mf_findings *findings, const struct mf_findings_body *body,
                    uint32_t hit)
{
    const uint32_t before = before_file(findings, side_of(body->session, body->direction));

    if (hit == 0)
        hit = before;
    hit = hit != 0 ? hit_at(findings, hit - 1)->next : body->session->first_hit;
    while (hit != 0) {
        const struct mf_hit *at = hit_at(findings, hit - 1);

        if (at->direction == body->direction && at->file != 0 &&
            is_in(file_at(findings, at->file), body))
            break;
        hit = at->next;
    }
    return hit;
}

const struct mf_file *
mf_findings_complete(struct mf_findings *findings, const struct mf_findings_body *body,
                     uint32_t hit)
{
    struct mf_file *file = file_at(findings, hit_at(findings, hit - 1)->file);

    mf_summary_object(body->session, body->direction, &file->object);
    if (file->object.name == NULL)
        file->object.name = body->name;
    file->mismatch = mf_file_claims_other(&file->object);
    mf_file_take_whole(file, findings->settings, body->bytes);
    return file;
}

void
mf_findings_name(struct mf_findings *findings, uint32_t hit, const char *name)
{
    struct mf_object *object = &file_at(findings, hit_at(findings, hit - 1)->file)->object;

    if (object->name == NULL)
        object->name = name;
}

void
mf_findings_end_files(struct mf_findings *findings, const struct mf_session *session,
                      enum mf_direction direction)
{
    const uint32_t side = side_of(session, direction);

    if (session->last_hit != before_file(findings, side))
        g_hash_table_insert(findings->last_whole, GUINT_TO_POINTER(side),
                            GUINT_TO_POINTER(session->last_hit));
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

    /* Asked for every frame, while hits are rare: most frames are behind the last one. */
    if (frame > findings->last_frame)
        return high;
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

static size_t
array_size(const GArray *array)
{
    size_t room = 1;

    while (room < array->len) /* GArray doubles */
        room *= 2;
    return room * g_array_get_element_size((GArray *)array);
}

size_t
mf_findings_memory(const struct mf_findings *findings)
{
    enum { TABLE_ENTRY = 32 }; /* key, value, hash, and the free slots between them */

    return sizeof *findings + array_size(findings->hits) + array_size(findings->by_frame) +
           array_size(findings->files) +
           (g_hash_table_size(findings->last_whole) + g_hash_table_size(findings->last_object) +
            g_hash_table_size(findings->by_signature)) *
               TABLE_ENTRY +
           g_hash_table_size(findings->waiting) * (TABLE_ENTRY + sizeof(struct waiting)) +
           g_hash_table_size(findings->twins) * (TABLE_ENTRY + sizeof(struct twin));
}
