/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark's own way to such files (its export taps) is silent in the first of two passes, which
 * is the one that counts here. So requests are tied to responses by the protocol's message number,
 * and pieces to files by the handle. All of it is bounded: what is beyond is not put together, and
 * is still seen in the stream. [MS-CIFS] 2.2.4, [MS-SMB2] 2.2; RFC 1350.
 */
#include "files.h"

#include "capture.h"
#include "core/pieces.h"
#include "export.h"

#include <string.h>

enum {
    MAX_FILE = 16 << 20,
    MAX_ALL = 128 << 20,
    MAX_OPEN = 16384, /* files, and requests that wait */
    HANDLE = 40,      /* as printed: a GUID */
};

struct key {
    uint32_t conversation;
    uint32_t is_request; /* else a file */
    uint8_t handle[HANDLE];
};

struct request {
    struct key key; /* first */
    struct key file;
    bool has_file;
    uint64_t offset;
    char *name;
};

struct file {
    struct key key; /* first */
    char *name;
    size_t name_length;
    uint64_t size; /* as told when opened */
    bool is_written, is_told;
    uint32_t block; /* TFTP: bytes of the first one */
    uint32_t frame; /* of the newest piece */
    struct mf_pieces *pieces;
};

static GHashTable *files, *requests; /* by their key */
static GHashTable *told_first;       /* conversation + 1 */
static size_t held;                  /* bytes of all pieces */

/* --- the tables --- */

static guint
hash_key(gconstpointer data)
{
    guint hash = 5381;

    for (const uint8_t *p = data, *end = p + sizeof(struct key); p < end; p++)
        hash = hash * 33 + *p;
    return hash;
}

static gboolean
equal_keys(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(struct key)) == 0;
}

static void
free_request(gpointer data)
{
    struct request *request = data;

    g_free(request->name);
    g_free(request);
}

static void
free_file(gpointer data)
{
    struct file *file = data;

    held -= mf_pieces_memory(file->pieces);
    mf_pieces_free(file->pieces);
    g_free(file->name);
    g_free(file);
}

static void
forget_all(void)
{
    g_hash_table_remove_all(files);
    g_hash_table_remove_all(requests);
    g_hash_table_remove_all(told_first);
}

static void
set_up(void)
{
    if (files != NULL)
        return;
    files = g_hash_table_new_full(hash_key, equal_keys, NULL, free_file);
    requests = g_hash_table_new_full(hash_key, equal_keys, NULL, free_request);
    told_first = g_hash_table_new(NULL, NULL);
    register_cleanup_routine(forget_all);
}

static uint32_t
conversation_of(const packet_info *pinfo)
{
    const conversation_t *conversation = find_conversation_pinfo((packet_info *)pinfo, 0);

    return conversation != NULL ? conversation->conv_index : UINT32_MAX;
}

static struct key
make_key(const struct mf_collect *collect, bool is_request, const void *handle, size_t length)
{
    struct key key = {.conversation = conversation_of(collect->pinfo), .is_request = is_request};

    memcpy(key.handle, handle, MIN(length, sizeof key.handle));
    return key;
}

/* NULL when there are too many. */
static struct file *
file_of(const struct key *key)
{
    struct file *file = g_hash_table_lookup(files, key);

    if (file != NULL || g_hash_table_size(files) >= MAX_OPEN)
        return file;
    file = g_new0(struct file, 1);
    file->key = *key;
    file->pieces = mf_pieces_new(MAX_FILE);
    held += mf_pieces_memory(file->pieces);
    g_hash_table_insert(files, &file->key, file);
    return file;
}

/* --- files --- */

static void
set_name(struct file *file, const struct mf_buffer *name)
{
    if (name == NULL || name->length == 0)
        return;
    g_free(file->name);
    file->name = g_memdup2(name->data, name->length);
    file->name_length = name->length;
}

static void
tell(struct mf_collect *collect, struct file *file)
{
    struct mf_span whole = mf_pieces_start(file->pieces);
    wmem_allocator_t *pool = collect->pinfo->pool;

    if (file->is_told || whole.length == 0)
        return;
    file->is_told = true;
    if (file->name != NULL)
        mf_collect_bytes(collect, MF_BUF_FILE_NAME,
                         wmem_memdup(pool, file->name, file->name_length), file->name_length);
    mf_collect_bytes(collect, MF_BUF_FILE_DATA, wmem_memdup(pool, whole.data, whole.length),
                     whole.length);
}

static void
add_piece(const struct mf_collect *collect, struct file *file, uint64_t offset,
          const struct mf_buffer *data)
{
    if (file->is_told || held + data->length > MAX_ALL)
        return;
    file->frame = collect->pinfo->num;
    held -= mf_pieces_memory(file->pieces);
    mf_pieces_add(file->pieces, offset, (struct mf_span){data->data, data->length});
    held += mf_pieces_memory(file->pieces);
}

/* No piece follows, though the file is not whole. */
static void
give_up(const struct file *file)
{
    if (!file->is_told && mf_export_wanted())
        mf_engine_broken_file(mf_capture_engine(), file->frame,
                              (struct mf_span){(const uint8_t *)file->name, file->name_length},
                              mf_pieces_start(file->pieces));
}

void
mf_files_give_up(void)
{
    GHashTableIter iter;
    gpointer file;

    if (files == NULL)
        return;
    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &file, NULL))
        give_up(file);
}

/* --- SMB --- */

/* What a message does with files, of either version. */
enum deed { NOTHING, OPEN, READ, WRITE, CLOSE };

static enum deed
deed_of(const struct mf_collect *collect, bool is_2)
{
    static const uint8_t smb[256] = {
        [0x02] = OPEN, [0x03] = OPEN,  [0x2d] = OPEN,  [0xa2] = OPEN,  [0x0a] = READ,
        [0x2e] = READ, [0x0b] = WRITE, [0x2f] = WRITE, [0x04] = CLOSE,
    };
    static const uint8_t smb2[256] = {[5] = OPEN, [8] = READ, [9] = WRITE, [6] = CLOSE};
    uint64_t command = mf_collect_found(collect, MF_BUF_SMB_COMMAND);

    return command < 256 ? (is_2 ? smb2 : smb)[command] : NOTHING;
}

static void
remember(struct mf_collect *collect, const struct key *key)
{
    const struct mf_buffer *handle = mf_collect_find(collect, MF_BUF_SMB_HANDLE);
    const struct mf_buffer *name = mf_collect_find(collect, MF_BUF_SMB_FILE);
    struct request *request;

    if (g_hash_table_size(requests) >= MAX_OPEN)
        g_hash_table_remove_all(requests);
    request = g_new0(struct request, 1);
    request->key = *key;
    request->offset = mf_collect_found(collect, MF_BUF_SMB_OFFSET);
    request->has_file = handle != NULL;
    if (handle != NULL)
        request->file = make_key(collect, false, handle->data, handle->length);
    if (name != NULL)
        request->name = g_strndup((const char *)name->data, name->length);
    g_hash_table_replace(requests, &request->key, request);
}

static void
smb_opened(struct mf_collect *collect, const struct key *key, const struct request *request)
{
    const struct mf_buffer *name = mf_collect_find(collect, MF_BUF_SMB_FILE);
    struct file *file;

    g_hash_table_remove(files, key);
    file = file_of(key);
    if (file == NULL)
        return;
    file->size = mf_collect_found(collect, MF_BUF_SMB_FILE_SIZE);
    if (request != NULL && request->name != NULL)
        set_name(file, &(struct mf_buffer){.data = (const uint8_t *)request->name,
                                           .length = (uint32_t)strlen(request->name)});
    else
        set_name(file, name);
}

static void
smb_piece(struct mf_collect *collect, const struct key *key, uint64_t offset, bool is_written)
{
    const struct mf_buffer *data = mf_collect_find(collect, MF_BUF_SMB_DATA);
    struct file *file = data != NULL ? file_of(key) : NULL;

    if (file == NULL)
        return;
    file->is_written |= is_written;
    if (file->name == NULL)
        set_name(file, mf_collect_find(collect, MF_BUF_SMB_FILE));
    add_piece(collect, file, offset, data);
    if (!file->is_written && file->size > 0 && mf_pieces_start(file->pieces).length >= file->size)
        tell(collect, file);
}

static void
smb_closed(struct mf_collect *collect, const struct key *key)
{
    struct file *file = g_hash_table_lookup(files, key);

    if (file == NULL)
        return;
    if (file->is_written || file->size == 0)
        tell(collect, file);
    else /* only a part of it was read */
        give_up(file);
    g_hash_table_remove(files, key);
}

static void
smb_response(struct mf_collect *collect, const struct key *message, enum deed deed)
{
    const struct mf_buffer *handle = mf_collect_find(collect, MF_BUF_SMB_HANDLE);
    const struct mf_buffer *offset = mf_collect_find(collect, MF_BUF_SMB_OFFSET);
    const struct request *request = g_hash_table_lookup(requests, message);
    struct key file = {0};

    if (handle != NULL)
        file = make_key(collect, false, handle->data, handle->length);
    else if (request != NULL && request->has_file)
        file = request->file;
    else
        return;
    if (deed == OPEN && handle != NULL)
        smb_opened(collect, &file, request);
    else if (deed == READ && (offset != NULL || request != NULL))
        smb_piece(collect, &file, offset != NULL ? offset->number : request->offset, false);
    g_hash_table_remove(requests, message);
}

/* What is read and written there is no file. */
static bool
is_pipe(const struct mf_buffer *tree)
{
    enum { TAIL = 4 };

    return tree != NULL && tree->length >= TAIL &&
           g_ascii_strncasecmp((const char *)tree->data + tree->length - TAIL, "IPC$", TAIL) == 0;
}

static void
smb_message(struct mf_collect *collect, bool is_2)
{
    const struct mf_buffer *handle = mf_collect_find(collect, MF_BUF_SMB_HANDLE);
    uint64_t id = mf_collect_found(collect, MF_BUF_SMB_MESSAGE);
    enum deed deed = deed_of(collect, is_2);
    struct key message, file = {0};

    if (deed == NOTHING || is_pipe(mf_collect_find(collect, MF_BUF_SMB_TREE)))
        return;
    message = make_key(collect, true, &id, sizeof id);
    if (mf_collect_found(collect, MF_BUF_SMB_IS_RESPONSE) != 0) {
        smb_response(collect, &message, deed);
        return;
    }
    if (handle != NULL)
        file = make_key(collect, false, handle->data, handle->length);
    if (deed == OPEN || deed == READ)
        remember(collect, &message);
    else if (handle != NULL && deed == WRITE)
        smb_piece(collect, &file, mf_collect_found(collect, MF_BUF_SMB_OFFSET), true);
    else if (handle != NULL)
        smb_closed(collect, &file);
}

/* --- TFTP --- */

static void
tftp_message(struct mf_collect *collect)
{
    enum { DATA = 3, USUAL_BLOCK = 512 };
    const struct mf_buffer *data = mf_collect_find(collect, MF_BUF_TFTP_DATA);
    uint64_t block = mf_collect_found(collect, MF_BUF_TFTP_BLOCK);
    struct key key;
    struct file *file;

    if (mf_collect_found(collect, MF_BUF_TFTP_OPCODE) != DATA || block == 0)
        return;
    key = make_key(collect, false, "", 0);
    file = file_of(&key);
    if (file == NULL)
        return;
    if (block == 1 && data != NULL)
        file->block = data->length;
    if (file->name == NULL)
        set_name(file, mf_collect_find(collect, MF_BUF_TFTP_FILE));
    if (data != NULL && file->block > 0)
        add_piece(collect, file, (block - 1) * file->block, data);
    if (data == NULL || data->length < (block == 1 ? USUAL_BLOCK : file->block))
        tell(collect, file);
}

void
mf_files_message(struct mf_collect *collect)
{
    unsigned layer = collect->list->len > 0
                         ? g_array_index(collect->list, struct mf_buffer, collect->message).id
                         : MF_BUFFER_COUNT;

    if (layer != MF_BUF_SMB && layer != MF_BUF_SMB2 && layer != MF_BUF_TFTP)
        return;
    set_up();
    if (layer == MF_BUF_TFTP)
        tftp_message(collect);
    else
        smb_message(collect, layer == MF_BUF_SMB2);
}

bool
mf_files_is_first(const packet_info *pinfo)
{
    gpointer key = GUINT_TO_POINTER(conversation_of(pinfo) + 1u);

    set_up();
    return g_hash_table_size(told_first) < MAX_OPEN && g_hash_table_add(told_first, key);
}
