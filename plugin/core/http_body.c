/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small state machine over the bytes of one direction, one byte or one run at a time. The body's
 * first bytes are kept in any case, since only its end tells whether it broke off: the price is one
 * copy of each body. Whether a body is chunked is believed when its first line is a chunk's size,
 * since both the header and the chunks may be lies, but what lies in both is chunked for everyone.
 * What was read waits for Wireshark to tell of it (http_waiting.h).
 */
#include "http_body.h"

#include "http_decode.h"
#include "http_rest.h"
#include "http_waiting.h"
#include "limits.h"

enum state {
    HEAD,       /* kept: the head so far */
    BODY,       /* left: bytes to come */
    BODY_OPEN,  /* to the end of the stream */
    CHUNK_PEEK, /* kept: the first line of what may be chunks */
    CHUNK_SIZE, /* left: the size so far */
    CHUNK_REST, /* what follows the size on its line */
    CHUNK_DATA,
    CHUNK_END, /* the line end behind a chunk */
    TRAILER,   /* left: length of its line so far */
    OVER,      /* no HTTP */
};

enum { CHUNK_LINE_MAX = 64 };

struct mf_http_body {
    enum state state;
    uint64_t left;
    struct mf_http_head head;
    GByteArray *text; /* of the head, while its body is read; or NULL */
    GByteArray *kept; /* or NULL: nothing */
    struct mf_http_rest rest;
    struct mf_kept_files *wanted; /* by it the rest of a body that is read after this feed */
    uint32_t mark;
    guint known;     /* Wireshark gave the body when this much was kept; 0: never */
    bool head_known; /* Wireshark told of the message at hand */
    struct mf_http_waiting *waiting;
};

struct mf_http_body *
mf_http_body_new(mf_http_body_told told, void *user)
{
    struct mf_http_body *reader = g_new0(struct mf_http_body, 1);

    reader->waiting = mf_http_waiting_new(told, user);
    return reader;
}

static void
forget(struct mf_http_body *reader)
{
    mf_http_rest_clear(&reader->rest);
    g_clear_pointer(&reader->kept, g_byte_array_unref);
    g_clear_pointer(&reader->text, g_byte_array_unref);
}

void
mf_http_body_free(struct mf_http_body *reader)
{
    if (reader == NULL)
        return;
    forget(reader);
    mf_http_waiting_free(reader->waiting);
    g_free(reader);
}

static void
forget_body(struct mf_http_body *reader)
{
    g_clear_pointer(&reader->kept, g_byte_array_unref);
}

static struct mf_span
span_of(const GByteArray *bytes)
{
    return bytes != NULL ? (struct mf_span){bytes->data, bytes->len} : (struct mf_span){NULL, 0};
}

size_t
mf_http_body_size(const struct mf_http_body *reader)
{
    return sizeof *reader + span_of(reader->kept).length + span_of(reader->text).length +
           mf_http_waiting_size(reader->waiting);
}

static void
keep(struct mf_http_body *reader, const uint8_t *data, size_t length, size_t most)
{
    size_t n;

    if (reader->kept == NULL)
        reader->kept = g_byte_array_new();
    n = MIN(length, most - MIN(most, reader->kept->len));
    g_byte_array_append(reader->kept, data, (guint)n);
    if (reader->text != NULL) /* the head is over */
        mf_http_rest_add(&reader->rest, data + n, length - n, most);
}

void
mf_http_body_keep_rest(struct mf_http_body *reader, struct mf_kept_files *kept)
{
    reader->wanted = kept;
}

bool
mf_http_body_keeps_rest(const struct mf_http_body *reader)
{
    return reader->rest.kept != NULL;
}

void
mf_http_body_know_head(struct mf_http_body *reader)
{
    if (!mf_http_waiting_know_head(reader->waiting) &&
        (reader->text != NULL || reader->kept != NULL))
        reader->head_known = true;
}

void
mf_http_body_settle(struct mf_http_body *reader)
{
    mf_http_waiting_settle(reader->waiting);
}

void
mf_http_body_know_body(struct mf_http_body *reader, struct mf_span gave)
{
    GByteArray *body;

    mf_http_waiting_know_body(reader->waiting, gave);
    if (reader->kept == NULL || reader->text == NULL)
        return;
    body = g_byte_array_append(g_byte_array_new(), reader->kept->data, reader->kept->len);
    body = mf_http_decode(&reader->head, body);
    if (mf_http_contains(gave, body))
        reader->known = reader->kept->len;
    g_byte_array_unref(body);
}

/* Lets the message at hand, WHOLE or not, wait to be told, with BODY (taken over; or NULL). */
static void
wait(struct mf_http_body *reader, GByteArray *body, bool whole)
{
    struct mf_http_found found = {.mark = reader->mark,
                                  .is_response = reader->head.is_response,
                                  .head_known = reader->head_known};

    if (body != NULL && reader->head.n_codings > 0) {
        body = mf_http_decode(&reader->head, body);
        mf_http_rest_clear(&reader->rest);
        whole = whole && body->len < MF_HTTP_DECODED_BYTES;
    }
    found.whole = whole && !reader->rest.cut;
    if (body == NULL)
        mf_http_rest_clear(&reader->rest);
    if (body == NULL && reader->head_known)
        return;
    mf_http_waiting_add(reader->waiting, &found, g_steal_pointer(&reader->text), body,
                        &reader->rest);
    reader->rest = (struct mf_http_rest){0};
}

/* The message is over, WHOLE or not; the next one may begin. */
static void
end_message(struct mf_http_body *reader, bool whole)
{
    GByteArray *body = g_steal_pointer(&reader->kept);
    const struct mf_span span = span_of(body);
    const bool ordinary = whole && !reader->head.odd && mf_http_is_as_coded(&reader->head, span);

    if (span.length == 0 || ordinary || reader->known == span.length)
        g_clear_pointer(&body, g_byte_array_unref);
    wait(reader, body, whole);
    forget(reader);
    reader->known = 0;
    reader->head_known = false;
    reader->state = HEAD;
}

/* --- after the head --- */

static bool
has_no_body(const struct mf_http_head *head)
{
    if (!head->is_response)
        return !head->has_length && !head->chunked;
    return head->status / 100 == 1 || head->status == 204 || head->status == 304;
}

static void
begin_plain(struct mf_http_body *reader)
{
    const struct mf_http_head *head = &reader->head;

    reader->left = head->length;
    reader->state = head->has_length ? BODY : BODY_OPEN;
    if (head->has_length && head->length == 0)
        end_message(reader, true);
}

static void
begin_body(struct mf_http_body *reader)
{
    const struct mf_http_head *head = &reader->head;

    if (head->status == 101)
        reader->state = OVER; /* what follows is another protocol */
    else if (has_no_body(head))
        end_message(reader, true);
    else if (head->chunked)
        reader->state = CHUNK_PEEK;
    else
        begin_plain(reader);
}

static void
read_on(struct mf_http_body *reader, struct mf_span rest);

/* --- states: each takes bytes from the front of DATA and says how many --- */

static size_t
take_head(struct mf_http_body *reader, struct mf_span data)
{
    const size_t before = reader->kept != NULL ? reader->kept->len : 0;
    struct mf_span head;
    size_t end;

    keep(reader, data.data, data.length, MF_HTTP_HEAD_BYTES);
    head = (struct mf_span){reader->kept->data, reader->kept->len};
    end = mf_http_head_end(head, before);
    if (mf_http_head_starts(head) == MF_HTTP_START_NO ||
        (end == 0 && head.length == MF_HTTP_HEAD_BYTES)) {
        forget(reader);
        reader->state = OVER;
        return data.length;
    }
    if (end == 0)
        return data.length;
    reader->text = g_steal_pointer(&reader->kept);
    g_byte_array_set_size(reader->text, (guint)end);
    mf_http_head_parse(span_of(reader->text), &reader->head);
    begin_body(reader);
    return end - before;
}

/* What may stand where a body is announced: the answer to HEAD has none, and that to CONNECT opens
 * a tunnel. */
static const char next_response[] = "HTTP/1.", tls_handshake[] = "\x16\x03";

/* How many of the first bytes of a response's body are to be looked at by themselves; 0: they were.
 */
static size_t
to_look_at(const struct mf_http_body *reader)
{
    const size_t length = span_of(reader->kept).length, most = sizeof next_response - 1;

    return reader->head.is_response && length < most ? most - length : 0;
}

static void
look_at_start(struct mf_http_body *reader)
{
    const struct mf_span kept = span_of(reader->kept);

    if (mf_span_starts(kept, tls_handshake)) {
        forget_body(reader);
        end_message(reader, true);
        reader->state = OVER;
    } else if (mf_span_starts(kept, next_response)) {
        GByteArray *again = g_steal_pointer(&reader->kept);

        end_message(reader, true);
        read_on(reader, span_of(again));
        g_byte_array_unref(again);
    }
}

static size_t
take_some_body(struct mf_http_body *reader, struct mf_span data)
{
    const size_t look = to_look_at(reader), n = look > 0 ? MIN(look, data.length) : data.length;

    keep(reader, data.data, n, MF_HTTP_BODY_BYTES);
    return n;
}

static size_t
take_body(struct mf_http_body *reader, struct mf_span data)
{
    const bool looking = to_look_at(reader) > 0;
    size_t n;

    data.length = (size_t)MIN(reader->left, data.length);
    n = take_some_body(reader, data);
    reader->left -= n;
    if (reader->left == 0)
        end_message(reader, true);
    else if (looking && to_look_at(reader) == 0)
        look_at_start(reader);
    return n;
}

static size_t
take_open_body(struct mf_http_body *reader, struct mf_span data)
{
    const bool looking = to_look_at(reader) > 0;
    const size_t n = take_some_body(reader, data);

    if (looking && to_look_at(reader) == 0)
        look_at_start(reader);
    return n;
}

/* Reads what was kept to look at once more, in STATE. */
static void
look_again(struct mf_http_body *reader, enum state state)
{
    GByteArray *peeked = g_steal_pointer(&reader->kept);

    reader->left = 0;
    reader->state = state;
    if (state == BODY_OPEN) {
        reader->head.odd = true;
        begin_plain(reader);
    }
    if (peeked != NULL) {
        read_on(reader, span_of(peeked));
        g_byte_array_unref(peeked);
    }
}

static size_t
take_peek(struct mf_http_body *reader, struct mf_span data)
{
    const size_t before = reader->kept != NULL ? reader->kept->len : 0;
    const size_t room = MIN(CHUNK_LINE_MAX - before, data.length);
    const size_t n = MIN(mf_span_index(data, '\n') + 1, room);
    struct mf_span line;

    keep(reader, data.data, n, CHUNK_LINE_MAX);
    line = (struct mf_span){reader->kept->data, reader->kept->len};
    if (data.data[n - 1] == '\n')
        look_again(reader, mf_http_is_chunk_line(line) ? CHUNK_SIZE : BODY_OPEN);
    else if (line.length == CHUNK_LINE_MAX)
        look_again(reader, BODY_OPEN);
    return n;
}

static void
end_chunk_line(struct mf_http_body *reader)
{
    reader->state = reader->left > 0 ? CHUNK_DATA : TRAILER;
}

static size_t
take_chunk_size(struct mf_http_body *reader, struct mf_span data)
{
    const int digit = g_ascii_xdigit_value((char)data.data[0]);

    if (digit >= 0 && reader->left < UINT32_MAX)
        reader->left = reader->left << 4 | (unsigned)digit;
    else if (data.data[0] == '\n')
        end_chunk_line(reader);
    else if (data.data[0] != ' ' && data.data[0] != '\t')
        reader->state = CHUNK_REST;
    return 1;
}

static size_t
take_chunk_rest(struct mf_http_body *reader, struct mf_span data)
{
    const size_t end = mf_span_index(data, '\n');

    if (end == data.length)
        return end;
    end_chunk_line(reader);
    return end + 1;
}

static size_t
take_chunk_data(struct mf_http_body *reader, struct mf_span data)
{
    const size_t n = (size_t)MIN(reader->left, data.length);

    keep(reader, data.data, n, MF_HTTP_BODY_BYTES);
    reader->left -= n;
    if (reader->left == 0)
        reader->state = CHUNK_END;
    return n;
}

static size_t
take_chunk_end(struct mf_http_body *reader, struct mf_span data)
{
    if (data.data[0] == '\n')
        reader->state = CHUNK_SIZE;
    else if (data.data[0] != '\r') { /* the size was a lie: who knows where the next one is */
        end_message(reader, false);
        reader->state = OVER;
    }
    return 1;
}

static size_t
take_trailer(struct mf_http_body *reader, struct mf_span data)
{
    if (data.data[0] == '\n' && reader->left == 0)
        end_message(reader, true);
    else if (data.data[0] == '\n')
        reader->left = 0;
    else if (data.data[0] != '\r')
        reader->left++;
    return 1;
}

static void
read_on(struct mf_http_body *reader, struct mf_span rest)
{
    static size_t (*const take[])(struct mf_http_body *, struct mf_span) = {
        [HEAD] = take_head,
        [BODY] = take_body,
        [BODY_OPEN] = take_open_body,
        [CHUNK_PEEK] = take_peek,
        [CHUNK_SIZE] = take_chunk_size,
        [CHUNK_REST] = take_chunk_rest,
        [CHUNK_DATA] = take_chunk_data,
        [CHUNK_END] = take_chunk_end,
        [TRAILER] = take_trailer,
    };

    while (rest.length > 0 && reader->state != OVER)
        rest = mf_span_skip(rest, take[reader->state](reader, rest));
}

/* A head without its end is one if its first line is whole. */
static void
break_off_head(struct mf_http_body *reader)
{
    const struct mf_span head = span_of(reader->kept);

    if (mf_http_head_starts(head) == MF_HTTP_START_YES && mf_span_index(head, '\n') < head.length) {
        reader->text = g_steal_pointer(&reader->kept);
        mf_http_head_parse(span_of(reader->text), &reader->head);
        end_message(reader, false);
    }
    forget(reader);
}

/* No byte of the message follows. */
static void
break_off(struct mf_http_body *reader)
{
    if (reader->state == CHUNK_PEEK)
        look_again(reader, BODY_OPEN);
    if (reader->state == HEAD)
        break_off_head(reader);
    else if (reader->state != OVER)
        end_message(reader, false);
}

bool
mf_http_body_feed(struct mf_http_body *reader, struct mf_span bytes, bool gap, uint32_t mark)
{
    if (gap) {
        break_off(reader);
        reader->state = OVER;
    }
    if (bytes.length > 0)
        reader->mark = mark;
    read_on(reader, bytes);
    if (reader->wanted != NULL && reader->text != NULL && !reader->rest.cut)
        reader->rest.kept = reader->wanted;
    reader->wanted = NULL;
    return reader->state != OVER || !mf_http_waiting_is_empty(reader->waiting);
}

void
mf_http_body_finish(struct mf_http_body *reader)
{
    if (reader == NULL)
        return;
    break_off(reader);
    mf_http_waiting_tell(reader->waiting);
}
