/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark's views of a capture come after its packets, and what Wireshark put together of those
 * is not to be had again without reading all of them once more. So the bytes are copied when they
 * pass, but only those of files that a signature told of, and only where somebody can ask for them.
 * The price is memory, which is bounded; the same file, fetched often, is paid for once.
 */
#include "kept_files.h"

#include <string.h>

/* Files that begin at several places of one stream; each is kept by itself. */
enum { STARTS_MAX = 4 };

/* The files of one side that wait for the end of their stream. */
struct waiting {
    uint32_t side; /* first: the key */
    GByteArray *bytes;
    struct mf_stream_place place; /* their end */
    unsigned n_starts;
    struct {
        uint32_t file;
        int64_t at; /* in bytes, or behind them, if those are still to be fed */
    } starts[STARTS_MAX];
    bool cut; /* there was no room for all */
};

struct mf_kept_files {
    struct mf_counters *counters;
    GArray *entries;     /* struct mf_kept_file */
    GHashTable *by_file; /* file + 1: index of its entry + 1 */
    GHashTable *unique;  /* GBytes, of which a reference is held: how many entries have them */
    GHashTable *waiting; /* set of struct waiting, by side */
    size_t used;
    uint32_t bodies;
};

static void
free_waiting(gpointer data)
{
    struct waiting *waiting = data;

    g_byte_array_unref(waiting->bytes);
    g_free(waiting);
}

struct mf_kept_files *
mf_kept_files_new(struct mf_counters *counters)
{
    struct mf_kept_files *kept = g_new0(struct mf_kept_files, 1);

    kept->counters = counters;
    kept->entries = g_array_new(FALSE, FALSE, sizeof(struct mf_kept_file));
    kept->by_file = g_hash_table_new(NULL, NULL);
    kept->unique =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    kept->waiting = g_hash_table_new_full(g_int_hash, g_int_equal, NULL, free_waiting);
    return kept;
}

void
mf_kept_files_free(struct mf_kept_files *kept)
{
    if (kept == NULL)
        return;
    g_array_free(kept->entries, TRUE);
    g_hash_table_destroy(kept->by_file);
    g_hash_table_destroy(kept->unique);
    g_hash_table_destroy(kept->waiting);
    g_free(kept);
}

uint32_t
mf_kept_files_count(const struct mf_kept_files *kept)
{
    return kept != NULL ? kept->entries->len : 0;
}

static struct mf_kept_file *
entry_at(const struct mf_kept_files *kept, uint32_t index)
{
    return &g_array_index(kept->entries, struct mf_kept_file, index);
}

const struct mf_kept_file *
mf_kept_files_get(const struct mf_kept_files *kept, uint32_t index)
{
    return entry_at(kept, index);
}

uint32_t
mf_kept_files_first_of_frame(const struct mf_kept_files *kept, uint32_t frame)
{
    uint32_t low = 0, high = mf_kept_files_count(kept);

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;

        if (entry_at(kept, middle)->frame < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool
mf_kept_files_has(const struct mf_kept_files *kept, uint32_t file)
{
    return g_hash_table_contains(kept->by_file, GUINT_TO_POINTER(file + 1));
}

size_t
mf_kept_files_memory(const struct mf_kept_files *kept)
{
    enum { PER_ENTRY = sizeof(struct mf_kept_file) + 64 };

    return kept != NULL ? sizeof *kept + kept->used + kept->entries->len * PER_ENTRY : 0;
}

/* --- room --- */

bool
mf_kept_files_take(struct mf_kept_files *kept, size_t held, size_t n)
{
    if (held + n > MF_KEPT_FILE_BYTES || kept->used + n > MF_KEPT_BYTES) {
        kept->counters->files_not_kept++;
        return false;
    }
    kept->used += n;
    return true;
}

void
mf_kept_files_give(struct mf_kept_files *kept, size_t n)
{
    kept->used -= n;
}

/* --- bytes that are kept --- */

/* BYTES, which are taken over, or the same that are kept already; NULL: there is no room. */
static GBytes *
share(struct mf_kept_files *kept, GBytes *bytes)
{
    gpointer same, count;

    if (g_hash_table_lookup_extended(kept->unique, bytes, &same, &count)) {
        g_hash_table_insert(kept->unique, bytes, GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
        return same;
    }
    if (!mf_kept_files_take(kept, 0, g_bytes_get_size(bytes))) {
        g_bytes_unref(bytes);
        return NULL;
    }
    g_hash_table_insert(kept->unique, bytes, GUINT_TO_POINTER(1));
    return bytes;
}

static void
release(struct mf_kept_files *kept, GBytes *bytes)
{
    const unsigned count = GPOINTER_TO_UINT(g_hash_table_lookup(kept->unique, bytes));

    if (count > 1) {
        g_hash_table_insert(kept->unique, g_bytes_ref(bytes), GUINT_TO_POINTER(count - 1));
        return;
    }
    mf_kept_files_give(kept, g_bytes_get_size(bytes));
    g_hash_table_remove(kept->unique, bytes);
}

static struct mf_kept_file *
find(const struct mf_kept_files *kept, uint32_t file)
{
    const unsigned at =
        GPOINTER_TO_UINT(g_hash_table_lookup(kept->by_file, GUINT_TO_POINTER(file + 1)));

    return at != 0 ? entry_at(kept, at - 1) : NULL;
}

/* WHAT with BYTES, which are taken over; in place of what is kept of the file, if that is less. */
static void
enter(struct mf_kept_files *kept, const struct mf_kept_file *what, GBytes *bytes)
{
    struct mf_kept_file *old = find(kept, what->file), entry = *what;

    if (old != NULL && what->part != MF_KEPT_WHOLE &&
        g_bytes_get_size(old->bytes) >= g_bytes_get_size(bytes)) {
        g_bytes_unref(bytes);
        return;
    }
    entry.bytes = share(kept, bytes);
    if (entry.bytes == NULL)
        return;
    if (old != NULL)
        release(kept, g_steal_pointer(&old->bytes));
    g_array_append_val(kept->entries, entry);
    g_hash_table_insert(kept->by_file, GUINT_TO_POINTER(what->file + 1),
                        GUINT_TO_POINTER(kept->entries->len));
}

void
mf_kept_files_add(struct mf_kept_files *kept, const struct mf_kept_file *what,
                  const struct mf_span bytes[2], bool same)
{
    const size_t length = bytes[0].length + bytes[1].length;
    struct mf_kept_file entry = *what;
    uint8_t *copy;

    entry.body = same ? kept->bodies : ++kept->bodies;
    if (length > MF_KEPT_FILE_BYTES) {
        kept->counters->files_not_kept++;
        return;
    }
    copy = g_malloc(length);
    for (size_t i = 0, at = 0; i < 2; at += bytes[i++].length)
        if (bytes[i].length > 0)
            memcpy(copy + at, bytes[i].data, bytes[i].length);
    enter(kept, &entry, g_bytes_new_take(copy, length));
}

/* --- files that wait for the end of their stream --- */

static struct waiting *
waiting_of(const struct mf_kept_files *kept, uint32_t side)
{
    return g_hash_table_lookup(kept->waiting, &side);
}

bool
mf_kept_files_waits(const struct mf_kept_files *kept, uint32_t side)
{
    return g_hash_table_size(kept->waiting) > 0 && waiting_of(kept, side) != NULL;
}

/* What of PIECE is new. */
static void
append(struct mf_kept_files *kept, struct waiting *waiting, const struct mf_kept_piece *piece)
{
    const int64_t length = (int64_t)piece->bytes.length;
    const int64_t fresh = piece->place.end - waiting->place.end;
    const size_t n = (size_t)CLAMP(fresh, 0, length);

    if (waiting->cut || n == 0)
        return;
    waiting->cut = fresh > length || piece->place.gaps != waiting->place.gaps ||
                   !mf_kept_files_take(kept, waiting->bytes->len, n);
    waiting->place = piece->place;
    if (!waiting->cut)
        g_byte_array_append(waiting->bytes, piece->bytes.data + length - n, (guint)n);
}

void
mf_kept_files_end(struct mf_kept_files *kept, uint32_t side, uint32_t frame, enum mf_kept_part part)
{
    struct waiting *waiting = waiting_of(kept, side);

    if (waiting == NULL)
        return;
    mf_kept_files_give(kept, waiting->bytes->len);
    for (unsigned i = 0; i < waiting->n_starts; i++) {
        const size_t length = waiting->bytes->len, at = (size_t)waiting->starts[i].at;
        const struct mf_kept_file what = {.file = waiting->starts[i].file,
                                          .frame = frame,
                                          .part = waiting->cut ? MF_KEPT_BROKEN : part};
        const struct mf_span bytes[2] = {{waiting->bytes->data + at, length - at}};

        if (at < length) /* else it begins where there was no room any more */
            mf_kept_files_add(kept, &what, bytes, false);
    }
    g_hash_table_remove(kept->waiting, &side);
}

static struct waiting *
waiting_new(struct mf_kept_files *kept, uint32_t side, const struct mf_kept_piece *first)
{
    struct waiting *waiting = g_new0(struct waiting, 1);

    waiting->side = side;
    waiting->bytes = g_byte_array_new();
    waiting->place = first->place;
    waiting->place.end -= (int64_t)first->bytes.length;
    g_hash_table_add(kept->waiting, waiting);
    append(kept, waiting, first);
    return waiting;
}

void
mf_kept_files_begin(struct mf_kept_files *kept, uint32_t side, const struct mf_kept_file *what,
                    const struct mf_kept_piece *piece)
{
    const int64_t start = piece->place.end - (int64_t)piece->bytes.length;
    struct waiting *waiting = waiting_of(kept, side);
    int64_t at;

    if (waiting != NULL && waiting->place.gaps != piece->place.gaps) {
        mf_kept_files_end(kept, side, what->frame, MF_KEPT_BROKEN);
        waiting = NULL;
    }
    if (waiting == NULL)
        waiting = waiting_new(kept, side, piece);
    at = (int64_t)waiting->bytes->len + start - waiting->place.end;
    if (waiting->cut || waiting->n_starts == STARTS_MAX || at < 0) {
        kept->counters->files_not_kept += waiting->n_starts > 0;
        return;
    }
    waiting->starts[waiting->n_starts].file = what->file;
    waiting->starts[waiting->n_starts++].at = at;
}

void
mf_kept_files_feed(struct mf_kept_files *kept, uint32_t side, const struct mf_kept_piece *piece)
{
    struct waiting *waiting = waiting_of(kept, side);

    if (waiting != NULL)
        append(kept, waiting, piece);
}

void
mf_kept_files_drop_side(struct mf_kept_files *kept, uint32_t side)
{
    const struct waiting *waiting = waiting_of(kept, side);

    if (waiting == NULL)
        return;
    mf_kept_files_give(kept, waiting->bytes->len);
    g_hash_table_remove(kept->waiting, &side);
}

void
mf_kept_files_drop(struct mf_kept_files *kept, uint32_t side, uint32_t file)
{
    struct waiting *waiting = waiting_of(kept, side);
    unsigned left = 0;

    if (waiting == NULL)
        return;
    for (unsigned i = 0; i < waiting->n_starts; i++)
        if (waiting->starts[i].file != file)
            waiting->starts[left++] = waiting->starts[i];
    waiting->n_starts = left;
    if (left == 0)
        mf_kept_files_drop_side(kept, side);
}
