/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inspection of a stream that comes in pieces. A fast pattern that begins at position P makes a
 * candidate: its rule is evaluated with that content pinned to P, on the bytes from P - LOOKBACK to
 * P + LOOKAHEAD. So a match has one name, (rule, P), and is told once; and as an evaluation answers
 * "maybe" while bytes of that range are still to come, the cutting of the stream cannot matter.
 * Candidates that wait are tried again as bytes arrive. A rule without a fast pattern is tried
 * once, on the beginning of the stream, and so is one whose fast pattern is not looked for because
 * there is but one P.
 * Kept are the last MF_STREAM_WINDOW bytes, and what waiting candidates look at. The window is used
 * up to twice that size before its live part moves to the front: about one copy per byte.
 */
#include "inspector.h"

#include <string.h>

enum {
    LOOKBACK = MF_STREAM_WINDOW - MF_LITERAL_MAX,
    LOOKAHEAD = MF_STREAM_WINDOW,
    /* Pieces as they are taken behind a window. */
    PIECE = MF_STREAM_WINDOW,
    /* Pieces as they are scanned in place; libhs takes 32-bit lengths. */
    PIECE_IN_PLACE = 1 << 30,
    MAX_WAITING = 1024,
    /* A candidate that was tried N times is tried again after N / PATIENCE further bytes. */
    PATIENCE = 16,
};

/* Evaluation for one stream, see mf_matcher.work: so much, and more for each byte of it. Bytes made
 * to cost it cost less than half a second, and a microsecond each. */
#define WORK_LIMIT    (UINT64_C(50) * 1000 * 1000)
#define WORK_PER_BYTE UINT64_C(100)

/* A candidate that more bytes may complete. */
struct waiting {
    int64_t at;       /* of its fast pattern, be it there or not; 0 where it has none */
    int64_t searched; /* with missing: it does not begin before here */
    uint32_t rule;
    uint16_t tries;
    uint16_t next;    /* tried again when this many bytes stand behind at */
    uint16_t missing; /* index + 1 of a content without which it cannot match; 0: none is known */
};

struct mf_inspection {
    struct mf_inspector *inspector;
    const struct mf_session *session;
    uint8_t *window; /* NULL: empty */
    GArray *waiting; /* struct waiting, or NULL */
    int64_t end;     /* position behind the newest byte */
    int64_t packet;  /* position of the packet at hand, while its own payload is fed */
    uint64_t work;
    uint32_t gaps;
    uint32_t first, used, capacity; /* live bytes of the window: first to used */
    uint8_t direction;
};

/* Whether any of the rules could apply; where they are many, one surely does. */
static bool
some_rule_fits(const struct mf_inspector *inspector, const GArray *rules,
               const struct mf_session *session, enum mf_direction direction)
{
    if (rules == NULL || rules->len > MF_FEW_RULES)
        return rules != NULL;
    for (unsigned i = 0; i < rules->len; i++) {
        const struct mf_rule *rule =
            mf_ruleset_rule(inspector->set, g_array_index(rules, unsigned, i));

        if (mf_header_memo_fits(inspector->fits, rule->header.number, session, direction))
            return true;
    }
    return false;
}

struct mf_inspection *
mf_inspection_new(struct mf_inspector *inspector, const struct mf_session *session,
                  enum mf_direction direction)
{
    struct mf_inspection *inspection;

    if (inspector->set == NULL ||
        !some_rule_fits(inspector, inspector->set->stream[session->l4][direction].all, session,
                        direction))
        return NULL;
    inspection = g_new0(struct mf_inspection, 1);
    inspection->inspector = inspector;
    inspection->session = session;
    inspection->direction = (uint8_t)direction;
    inspection->end = (int64_t)session->bytes[direction]; /* it may have been given up before */
    return inspection;
}

static void
drop_window(struct mf_inspection *inspection)
{
    g_free(inspection->window);
    inspection->window = NULL;
    inspection->first = inspection->used = inspection->capacity = 0;
}

static void
drop_waiting(struct mf_inspection *inspection)
{
    if (inspection->waiting != NULL)
        g_array_free(inspection->waiting, TRUE);
    inspection->waiting = NULL;
}

void
mf_inspection_free(struct mf_inspection *inspection)
{
    if (inspection == NULL)
        return;
    mf_inspection_forget(inspection);
    g_free(inspection);
}

size_t
mf_inspection_size(const struct mf_inspection *inspection)
{
    size_t size = sizeof *inspection + inspection->capacity;

    if (inspection->waiting != NULL)
        size += sizeof *inspection->waiting + inspection->waiting->len * sizeof(struct waiting);
    return size;
}

void
mf_inspection_forget(struct mf_inspection *inspection)
{
    drop_window(inspection);
    drop_waiting(inspection);
}

/* --- candidates --- */

/* The part of VIEW that a candidate at AT looks at. */
static struct mf_view
clip(const struct mf_view *view, int64_t at)
{
    int64_t low = MAX(at - LOOKBACK, view->base);
    int64_t high = MIN(at + LOOKAHEAD, mf_view_end(view));

    return (struct mf_view){.data = view->data + (low - view->base),
                            .length = (size_t)(high - low),
                            .base = low,
                            .complete = view->complete || high == at + LOOKAHEAD,
                            .ended = view->ended && high == mf_view_end(view)};
}

/* Whether VIEW still lacks the content that CANDIDATE misses. Only what is new is searched, where
 * an evaluation would search for everything from the beginning. */
static bool
is_missing(struct mf_inspection *inspection, const struct mf_view *view, struct waiting *candidate)
{
    const struct mf_rule *rule = mf_ruleset_rule(inspection->inspector->set, candidate->rule);
    const struct mf_content *content;

    if (candidate->missing == 0)
        return false;
    content = &rule->steps[candidate->missing - 1].as.content;
    inspection->work += (uint64_t)(mf_view_end(view) - MAX(candidate->searched, view->base));
    if (mf_content_find(view, content, candidate->searched) >= 0)
        return false;
    candidate->searched = mf_view_end(view) - (int64_t)content->length + 1;
    return true;
}

static void
note_match(struct mf_inspection *inspection, const struct mf_matcher *matcher,
           const struct mf_view *view)
{
    mf_inspector_note_match(inspection->inspector, matcher, view);
    inspection->inspector->matched.place =
        (struct mf_stream_place){mf_view_end(view), inspection->gaps};
}

static enum mf_match
match(struct mf_inspection *inspection, const struct mf_view *view, struct waiting *candidate,
      const struct mf_context *context)
{
    struct mf_inspector *inspector = inspection->inspector;
    const struct mf_rule *rule = mf_ruleset_rule(inspector->set, candidate->rule);
    struct mf_matcher matcher = {.rule = rule,
                                 .set = inspector->set,
                                 .context = context,
                                 .tools = inspector->tools,
                                 .counters = inspector->counters,
                                 .view = clip(view, candidate->at),
                                 .pin = rule->fast >= 0 ? candidate->at : -1};
    enum mf_match found = MF_MATCH_YES;

    if (is_missing(inspection, &matcher.view, candidate))
        return mf_view_beyond(&matcher.view);
    for (unsigned i = 0; i < rule->n_parts && found != MF_MATCH_NO; i++)
        if (!rule->parts[i].nested)
            found = MIN(found, mf_match_part(&matcher, &rule->parts[i]));
    if (found == MF_MATCH_YES)
        note_match(inspection, &matcher, view);
    inspection->work += matcher.work;
    candidate->missing =
        matcher.missing != NULL ? (uint16_t)(matcher.missing - rule->steps + 1) : 0;
    candidate->searched = matcher.view.base;
    return found == MF_MATCH_MAYBE && matcher.view.complete ? MF_MATCH_NO : found;
}

/* Tries CANDIDATE on what is there. True if it waits on. */
static bool
try_candidate(struct mf_inspection *inspection, const struct mf_view *view,
              struct waiting *candidate)
{
    struct mf_inspector *inspector = inspection->inspector;
    const struct mf_inspected what = {.session = inspection->session,
                                      .direction = inspection->direction,
                                      .on = MF_FIRED_ON_STREAM,
                                      .packet = view->complete ? NULL : inspector->packet};
    const struct mf_context context = mf_inspector_context(inspector, &what, candidate->rule);
    enum mf_match found;

    if (inspection->work > WORK_LIMIT + WORK_PER_BYTE * (uint64_t)inspection->end) {
        inspector->counters->rule_limits++;
        return false;
    }
    found = mf_inspector_holds(inspector, &context);
    if (found != MF_MATCH_NO)
        found = MIN(found, match(inspection, view, candidate, &context));
    if (found == MF_MATCH_YES)
        mf_inspector_fire(inspector, &context, MF_FIRED_ON_STREAM);
    candidate->tries++;
    candidate->next =
        (uint16_t)(MAX(mf_view_end(view) - candidate->at, 0) + 1 + candidate->tries / PATIENCE);
    return found == MF_MATCH_MAYBE && !view->complete;
}

static void
add_candidate(struct mf_inspection *inspection, const struct mf_view *view, unsigned rule,
              int64_t at)
{
    struct waiting candidate = {.at = at, .rule = rule};

    if (!try_candidate(inspection, view, &candidate))
        return;
    if (inspection->waiting == NULL)
        inspection->waiting = g_array_new(FALSE, FALSE, sizeof candidate);
    if (inspection->waiting->len == MAX_WAITING)
        inspection->inspector->counters->rule_limits++;
    else
        g_array_append_val(inspection->waiting, candidate);
}

/* Tries again those that wait, as far as it is time. */
static void
try_waiting(struct mf_inspection *inspection, const struct mf_view *view)
{
    GArray *waiting = inspection->waiting;
    unsigned kept = 0;

    if (waiting == NULL)
        return;
    for (unsigned i = 0; i < waiting->len; i++) {
        struct waiting candidate = g_array_index(waiting, struct waiting, i);
        int64_t behind = mf_view_end(view) - candidate.at;
        bool due = view->complete || behind >= MIN(candidate.next, LOOKAHEAD);

        if (!due || try_candidate(inspection, view, &candidate))
            g_array_index(waiting, struct waiting, kept++) = candidate;
    }
    g_array_set_size(waiting, kept);
    if (kept == 0)
        drop_waiting(inspection);
}

/* --- bytes --- */

/* What a scan needs to know of where it began. */
struct scan {
    struct mf_inspection *inspection;
    const struct mf_view *view; /* all that is there */
    int64_t seen;               /* literals that end up to here were found before */
};

static void
found_literal(void *user, const struct mf_literal *literal, int64_t at)
{
    const struct scan *scan = user;
    struct mf_inspection *inspection = scan->inspection;
    const int64_t packet = inspection->packet, end = at + literal->before + literal->length;
    const bool on_packet = (literal->kinds & MF_RULE_PACKET) != 0 && at >= packet &&
                           mf_literal_fits(literal, at - packet);
    const bool on_stream =
        (literal->kinds & MF_RULE_STREAM) != 0 && end > scan->seen && mf_literal_fits(literal, at);

    if ((!on_packet && !on_stream) ||
        !mf_header_memo_fits(inspection->inspector->fits, literal->header, inspection->session,
                             (enum mf_direction)inspection->direction))
        return;
    if (on_packet)
        g_array_append_val(inspection->inspector->of_packet, literal->rule);
    if (on_stream)
        add_candidate(inspection, scan->view, literal->rule, at);
}

static void
found_always(void *user, unsigned rule)
{
    mf_candidates_add(user, rule);
}

/* At the first bytes, VIEW: rules whose literal is not looked for. */
static void
begin_always(struct mf_inspection *inspection, const struct mf_payload_rules *rules,
             const struct mf_view *view)
{
    struct mf_candidates *candidates = inspection->inspector->candidates;
    unsigned index;

    mf_header_index_find(rules->always, inspection->session,
                         (enum mf_direction)inspection->direction, found_always, candidates);
    while (mf_candidates_take(candidates, &index)) {
        const struct mf_rule *rule = mf_ruleset_rule(inspection->inspector->set, index);

        add_candidate(inspection, view, index, rule->fast >= 0 ? rule->fast_first : 0);
    }
}

/* Scans the last N bytes of VIEW, which are new. */
static void
scan_new(struct mf_inspection *inspection, const struct mf_view *view, size_t n)
{
    const struct mf_session *session = inspection->session;
    const struct mf_payload_rules *rules =
        &inspection->inspector->set->stream[session->l4][inspection->direction];
    struct scan scan = {
        .inspection = inspection, .view = view, .seen = mf_view_end(view) - (int64_t)n};

    if (rules->prefilter != NULL) {
        size_t length = MIN(view->length, n + mf_prefilter_overlap(rules->prefilter));
        const struct mf_view block = {.data = view->data + view->length - length,
                                      .length = length,
                                      .base = mf_view_end(view) - (int64_t)length};

        mf_prefilter_scan(rules->prefilter, inspection->inspector->scratch, &block, found_literal,
                          &scan);
    }
    if (scan.seen == 0)
        begin_always(inspection, rules, view);
}

/* Makes room for N bytes behind the live ones. */
static void
make_room(struct mf_inspection *inspection, uint32_t n)
{
    uint32_t live = inspection->used - inspection->first, capacity = MAX(inspection->capacity, 64);
    uint8_t *window;

    if (inspection->used + n <= inspection->capacity)
        return;
    if (live + n <= inspection->capacity) {
        memmove(inspection->window, inspection->window + inspection->first, live);
    } else {
        while (capacity < live + n)
            capacity *= 2;
        window = g_malloc(capacity);
        memcpy(window, inspection->window + inspection->first, live);
        g_free(inspection->window);
        inspection->window = window;
        inspection->capacity = capacity;
    }
    inspection->first = 0;
    inspection->used = live;
}

/* How many of the last bytes may still be looked at. */
static size_t
wanted_bytes(const struct mf_inspection *inspection)
{
    int64_t low = MAX(inspection->end - MF_STREAM_WINDOW, 0);

    for (unsigned i = 0; inspection->waiting != NULL && i < inspection->waiting->len; i++)
        low = MIN(low, g_array_index(inspection->waiting, struct waiting, i).at - LOOKBACK);
    return (size_t)(inspection->end - MAX(low, 0));
}

static void
feed_in_place(struct mf_inspection *inspection, const uint8_t *data, size_t length)
{
    struct mf_view view = {.data = data, .length = length, .base = inspection->end};
    size_t keep;

    inspection->end += (int64_t)length;
    scan_new(inspection, &view, length);
    keep = MIN(wanted_bytes(inspection), length);
    inspection->window = g_memdup2(data + length - keep, keep);
    inspection->used = inspection->capacity = (uint32_t)keep;
}

static void
feed_window(struct mf_inspection *inspection, const uint8_t *data, size_t length)
{
    struct mf_view view;
    size_t keep;

    make_room(inspection, (uint32_t)length);
    memcpy(inspection->window + inspection->used, data, length);
    inspection->used += (uint32_t)length;
    inspection->end += (int64_t)length;
    view = (struct mf_view){.data = inspection->window + inspection->first,
                            .length = inspection->used - inspection->first};
    view.base = inspection->end - (int64_t)view.length;
    try_waiting(inspection, &view);
    scan_new(inspection, &view, length);
    keep = MIN(wanted_bytes(inspection), view.length);
    inspection->first = inspection->used - (uint32_t)keep;
}

/* Decides on what is there: no byte that follows it will be seen. */
static void
decide(struct mf_inspection *inspection, bool ended)
{
    struct mf_view view = {
        .length = inspection->used - inspection->first, .complete = true, .ended = ended};

    if (inspection->waiting == NULL)
        return;
    view.data = inspection->window + inspection->first;
    view.base = inspection->end - (int64_t)view.length;
    try_waiting(inspection, &view);
}

void
mf_inspection_finish(struct mf_inspection *inspection)
{
    if (inspection != NULL)
        decide(inspection, true);
}

/* Whether DATA is all that the packet at hand carries: then rules on it are looked for on the way.
 */
static bool
is_packet_itself(const struct mf_inspector *inspector, const uint8_t *data, size_t length)
{
    const struct mf_packet *packet = inspector->packet;

    return packet != NULL && length > 0 && data == packet->payload &&
           length == packet->payload_captured;
}

static void
begin_feed(struct mf_inspection *inspection, const uint8_t *data, size_t length)
{
    struct mf_inspector *inspector = inspection->inspector;

    inspection->packet = INT64_MAX;
    if (!is_packet_itself(inspector, data, length))
        return;
    inspection->packet = inspection->end;
    inspector->searched = true;
    g_array_set_size(inspector->of_packet, 0);
}

void
mf_inspection_feed(struct mf_inspection *inspection, const uint8_t *data, size_t length, bool gap)
{
    if (gap) {
        decide(inspection, false);
        mf_inspection_forget(inspection);
        inspection->gaps++;
        inspection->end++; /* at least one byte is missing: what follows is not the beginning */
    }
    begin_feed(inspection, data, length);
    while (length > 0) {
        size_t n = MIN(length, inspection->window == NULL ? PIECE_IN_PLACE : PIECE);

        if (inspection->window == NULL)
            feed_in_place(inspection, data, n);
        else
            feed_window(inspection, data, n);
        data += n;
        length -= n;
    }
}

struct mf_stream_place
mf_inspection_place(const struct mf_inspection *inspection)
{
    return (struct mf_stream_place){inspection->end, inspection->gaps};
}

struct mf_payload_view
mf_inspection_window(const struct mf_inspection *inspection)
{
    if (inspection->window == NULL)
        return (struct mf_payload_view){NULL, 0};
    return (struct mf_payload_view){inspection->window + inspection->first,
                                    inspection->used - inspection->first};
}
