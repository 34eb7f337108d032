// SPDX-License-Identifier: GPL-2.0-or-later
#include "made_up_story.hpp"

#include <algorithm>

static MadeUpRow &
rowIn(const mf_story *story, const mf_row *row)
{
    auto *changed = const_cast<mf_story *>(story);

    changed->asked++;
    return changed->rows[int(row->session)];
}

void
mf_story_span(const mf_story *story, const mf_row *row, struct mf_story_span *out)
{
    if (story->rows.isEmpty())
        *out = {story->first, story->last, false, 0, story->protocol};
    else
        *out = rowIn(story, row).span;
}

uint32_t
mf_story_ticks(const mf_story *story, const mf_row *row, mf_nanoseconds *times, uint32_t max)
{
    const QVector<qint64> &ticks = rowIn(story, row).ticks;
    const uint32_t count = std::min(max, uint32_t(ticks.size()));

    std::copy(ticks.begin(), ticks.begin() + count, times);
    return count;
}

void
mf_story_axis(const mf_story *story, mf_nanoseconds *first, mf_nanoseconds *last)
{
    *first = story->first;
    *last = story->last;
}

bool
mf_story_payload(const mf_story *story, const mf_row *, size_t max, GByteArray *bytes, GArray *runs)
{
    const_cast<mf_story *>(story)->payloadAsked++;
    for (const MadeUpRun &made : story->payload) {
        const size_t length = std::min(size_t(made.bytes.size()), max - bytes->len);
        const mf_story_run run = {made.frame, bytes->len, length, uint8_t(made.direction)};

        g_array_append_val(runs, run);
        g_byte_array_append(bytes, reinterpret_cast<const guint8 *>(made.bytes.constData()),
                            guint(length));
        if (length < size_t(made.bytes.size()))
            return false;
    }
    return true;
}
