/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hits and links name frames; times of frames would cost the engine eight bytes each. The times
 * that are kept anyway, of requests and payloads, are near enough to tell a story by.
 */
#include "moments.h"

/* Index + 1 of the last request that began in FRAME or before; 0: none. Requests of a session are
 * in order. */
static unsigned
last_request(const struct mf_session *session, uint32_t frame)
{
    unsigned low = 0, high = mf_summary_count(session);

    while (low < high) {
        const unsigned middle = low + (high - low) / 2;
        struct mf_summary_item item;

        mf_summary_item(session, middle, &item);
        if (item.frame <= frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

unsigned
mf_moment_request_index(const struct mf_session *session, uint32_t frame)
{
    enum { PIPELINED = 64 };
    const unsigned last = last_request(session, frame);

    for (unsigned at = last; at > 0 && last - at < PIPELINED; at--) {
        struct mf_summary_item item;

        mf_summary_item(session, at - 1, &item);
        if (item.frame == frame || item.last_frame == frame)
            return at;
    }
    return last; /* in the middle of an answer */
}

bool
mf_moment_request(const struct mf_session *session, uint32_t frame, struct mf_summary_item *out)
{
    const unsigned index = mf_moment_request_index(session, frame);

    if (index != 0)
        mf_summary_item(session, index - 1, out);
    return index != 0;
}

/* They are in order of frames. */
const struct mf_payload_row *
mf_moment_payload(const struct mf_engine *engine, uint32_t frame)
{
    uint32_t low = 0, high = mf_engine_payload_count(engine);

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const struct mf_payload_row *row = mf_engine_payload(engine, middle);

        if (row->frame == frame)
            return row;
        if (row->frame < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

mf_nanoseconds
mf_moment_of_frame(const struct mf_engine *engine, const struct mf_session *session, uint32_t frame)
{
    const struct mf_payload_row *payload = mf_moment_payload(engine, frame);
    struct mf_summary_item item;

    if (payload != NULL)
        return payload->time;
    if (frame > session->first_frame && mf_moment_request(session, frame, &item))
        return item.time;
    return session->start;
}
