/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wireshark makes real items only of the fields that somebody asked for, and each costs: so only
 * what is read is asked for, and that depends on the rules. By field number stands a list of its
 * uses, so that walking a tree needs one look-up per item.
 */
#include "fieldmap.h"

#include "core/correlation.h"

#include "program.h"
#include "rulehost.h"

#include <string.h>

enum { ASKED = 0x8000 };

static uint16_t *fields; /* by hfid: number of its first use, 0: none; and ASKED */
static int n_fields;
static GPtrArray *all_feeds; /* owned; use N is all_feeds[N - 1] */
static GArray *wanted;       /* int: what Wireshark marks before the next frame */
static GArray *every;        /* int: all that is asked for */
static bool reads[MF_BUFFER_COUNT], by_rules[MF_BUFFER_COUNT];
static bool below;
static const header_field_info *tcp;
static uint32_t last_frame;

/* Protocols whose item always stands at the top of the tree. */
static const char *const at_top[] = {"tcp", "udp",  "icmp",  "icmpv6", "arp",   "http", "ssdp",
                                     "dns", "mdns", "llmnr", "nbns",   "ntp",   "dhcp", "tftp",
                                     "ssh", "ftp",  "pop",   "smtp",   "telnet"};

/* Of the forms that fill several buffers: the last. The first is the row's. */
static const enum mf_buffer_id last_of_form[MF_FORM_COUNT] = {
    [MF_FORM_CERTIFICATE] = MF_BUF_TLS_CERT_CHAIN_LENGTH,
    [MF_FORM_HTTP2_NAME] = MF_BUF_HTTP_HEADER_LINE,
    [MF_FORM_HTTP2_VALUE] = MF_BUF_HTTP_HEADER_LINE,
    [MF_FORM_SMB_TREE] = MF_BUF_SMB_NAMED_PIPE,
    [MF_FORM_SMTP_PARAMETER] = MF_BUF_SMTP_RCPT_TO,
    [MF_FORM_SCTP_CHUNK] = MF_BUF_SCTP_CHUNK_DATA,
    [MF_FORM_MAIL] = MF_BUF_FILE_DATA,
};

static bool
is_layer(const struct mf_field_row *row)
{
    return row->slot == MF_SLOT_INSIDE ||
           (row->slot >= MF_SLOT_BUFFER &&
            mf_buffer_kind((enum mf_buffer_id)(row->slot - MF_SLOT_BUFFER)) == MF_KIND_LAYER);
}

/* Whether what the row tells is read. */
static bool
is_read(const struct mf_field_row *row)
{
    unsigned id = row->slot - MF_SLOT_BUFFER, last = last_of_form[row->form];

    if (row->always)
        return true;
    for (unsigned i = id; i <= MAX(id, last); i++)
        if (by_rules[i])
            return true;
    return false;
}

static bool
is_always_real(const struct mf_field_row *row)
{
    for (size_t i = 0; MF_TOP_ITEMS_ARE_REAL && i < G_N_ELEMENTS(at_top); i++)
        if (strcmp(row->field, at_top[i]) == 0)
            return true;
    return false;
}

static uint16_t *
field_at(int hfid)
{
    if (hfid >= n_fields) {
        fields = g_renew(uint16_t, fields, (gsize)hfid + 1);
        memset(fields + n_fields, 0, sizeof(*fields) * (size_t)(hfid + 1 - n_fields));
        n_fields = hfid + 1;
    }
    return &fields[hfid];
}

static bool
is_asked(int hfid)
{
    return hfid >= 0 && hfid < n_fields && (fields[hfid] & ASKED) != 0;
}

static void
ask_for(int hfid)
{
    if (is_asked(hfid))
        return;
    *field_at(hfid) |= ASKED;
    g_array_append_val(every, hfid);
}

static struct mf_feed *
feed_at(unsigned number)
{
    return number > 0 ? g_ptr_array_index(all_feeds, number - 1) : NULL;
}

static void
append_feed(int hfid, const struct mf_field_row *row, unsigned id)
{
    uint16_t *field = field_at(hfid);
    struct mf_feed *feed = g_new0(struct mf_feed, 1), *last = feed_at(*field & ~ASKED);

    feed->row = row;
    feed->id = id;
    g_ptr_array_add(all_feeds, feed);
    while (last != NULL && last->next != NULL)
        last = last->next;
    if (last != NULL)
        last->next = feed;
    else if (all_feeds->len < ASKED)
        *field |= (uint16_t)all_feeds->len;
}

/* Fields of one name may be registered several times: all of them count. */
static void
add_feed(const struct mf_field_row *row, const char *field, unsigned id, bool ask)
{
    header_field_info *info = proto_registrar_get_byname(field);

    while (info != NULL) {
        append_feed(info->id, row, id);
        if (ask)
            ask_for(info->id);
        info = info->same_name_prev_id != -1
                   ? proto_registrar_get_nth((guint)info->same_name_prev_id)
                   : NULL;
    }
}

static void
add_row(const struct mf_field_row *row, bool ask)
{
    unsigned id = row->slot >= MF_SLOT_BUFFER ? row->slot - MF_SLOT_BUFFER : 0;

    if (row->form == MF_FORM_WITH_OTHER)
        return;
    add_feed(row, row->field, id, ask && !is_always_real(row));
}

static bool
is_of_message(const struct mf_field_row *row)
{
    return row->slot < MF_SLOT_BUFFER || is_read(row);
}

/* A group is some layers and the fields that follow them. Returns its end. A layer's item begins a
 * message before anything else is made of it. */
static size_t
add_group(size_t start)
{
    size_t members = start, end;
    bool any = false;

    while (members < mf_n_field_rows && is_layer(&mf_field_rows[members]))
        members++;
    for (end = members; end < mf_n_field_rows && !is_layer(&mf_field_rows[end]); end++)
        any = any || (mf_field_rows[end].slot >= MF_SLOT_BUFFER && is_read(&mf_field_rows[end]));
    for (size_t i = start; i < members; i++)
        add_row(&mf_field_rows[i], any);
    for (size_t i = members; i < end; i++)
        if (is_of_message(&mf_field_rows[i]))
            add_row(&mf_field_rows[i], mf_field_rows[i].slot >= MF_SLOT_TCP);
    return end;
}

/* To make the first, the second is needed. */
static const enum mf_buffer_id needs[][2] = {
    {MF_BUF_FILE_NAME, MF_BUF_FILE_DATA},   {MF_BUF_FILE_DATA, MF_BUF_SMB_HANDLE},
    {MF_BUF_FILE_DATA, MF_BUF_SMB_OFFSET},  {MF_BUF_FILE_DATA, MF_BUF_SMB_DATA},
    {MF_BUF_FILE_DATA, MF_BUF_SMB_COMMAND}, {MF_BUF_FILE_DATA, MF_BUF_SMB_IS_RESPONSE},
    {MF_BUF_FILE_DATA, MF_BUF_TFTP_BLOCK},  {MF_BUF_FILE_DATA, MF_BUF_TFTP_DATA},
};

/* Of what a certificate says: what summaries tell of it. */
static void
read_certificates(void)
{
    reads[MF_BUF_TLS_CERT_SUBJECT] = true;
    reads[MF_BUF_TLS_CERT_ISSUER] = true;
    reads[MF_BUF_TLS_CERT_FINGERPRINT] = true;
}

/* What is told is read; so is what it is made of, or depends on. */
static void
find_readers(const struct mf_ruleset *rules, bool correlate)
{
    for (unsigned id = 0; id < MF_BUFFER_COUNT; id++)
        by_rules[id] = (rules != NULL && mf_ruleset_wants(rules, (enum mf_buffer_id)id)) ||
                       (correlate && mf_correlator_wants((enum mf_buffer_id)id));
    for (size_t i = 0; i < G_N_ELEMENTS(needs); i++)
        by_rules[needs[i][1]] |= by_rules[needs[i][0]];
    memcpy(reads, by_rules, sizeof reads);
    for (size_t i = 0; i < mf_n_field_rows; i++) {
        const struct mf_field_row *row = &mf_field_rows[i];

        if (row->slot < MF_SLOT_BUFFER || !is_read(row))
            continue;
        if (row->always)
            reads[row->slot - MF_SLOT_BUFFER] = true;
        if (row->form == MF_FORM_CERTIFICATE)
            read_certificates();
        if (row->when != 0)
            reads[row->when] = by_rules[row->when] = true;
    }
    /* Where it comes for nothing, with the bytes; no field is asked for. */
    reads[MF_BUF_FILE_NAME] |= reads[MF_BUF_FILE_DATA];
}

static void
add_own_fields(const struct mf_ruleset *rules)
{
    static const struct mf_field_row own = {.slot = MF_SLOT_BUFFER, .form = MF_FORM_OWN};
    unsigned n = 0;
    const char *const *names = rules != NULL ? mf_ruleset_fields(rules, &n) : NULL;

    for (unsigned i = 0; i < n; i++)
        add_feed(&own, names[i], MF_BUFFER_COUNT + i, true);
    below = n > 0 || reads[MF_BUF_VLAN_ID];
}

static void
mark_all(void)
{
    g_array_set_size(wanted, 0);
    g_array_append_vals(wanted, every->data, every->len);
}

void
mf_fieldmap_select(const struct mf_ruleset *rules, bool correlate)
{
    g_ptr_array_set_size(all_feeds, 0);
    memset(fields, 0, sizeof(*fields) * (size_t)n_fields);
    last_frame = 0;
    g_array_set_size(every, 0);
    find_readers(rules, correlate);
    for (size_t i = 0; i < mf_n_field_rows;)
        i = add_group(i);
    add_own_fields(rules);
    mf_rulehost_select(rules, ask_for);
    mark_all();
}

void
mf_fieldmap_init(void)
{
    fields = g_new0(uint16_t, 1);
    n_fields = 1;
    all_feeds = g_ptr_array_new_with_free_func(g_free);
    wanted = g_array_new(FALSE, FALSE, sizeof(int));
    every = g_array_new(FALSE, FALSE, sizeof(int));
    tcp = proto_registrar_get_byname("tcp");
    mf_fieldmap_select(NULL, false);
}

GArray *
mf_fieldmap_wanted(void)
{
    return wanted;
}

/* Where the next mark is written, and whose protocol was marked last. */
struct marking {
    int *next;
    int parent;
};

static void
mark_again(gpointer key, gpointer value, gpointer user)
{
    struct marking *marking = user;
    int hfid = GPOINTER_TO_INT(key);
    const header_field_info *info = proto_registrar_get_nth((guint)hfid);

    (void)value;
    if (is_asked(hfid))
        *marking->next++ = hfid;
    if (info == NULL || info->parent == marking->parent)
        return;
    marking->parent = info->parent;
    if (is_asked(info->parent))
        *marking->next++ = info->parent;
}

/* OCCURRED may be NULL: nothing. The first mark stays always: none at all would mean that no tree
 * is wanted. */
static void
mark_occurred(GHashTable *occurred)
{
    guint n = occurred != NULL ? g_hash_table_size(occurred) : 0, first = MIN(every->len, 1);
    struct marking marking = {.parent = -1};

    if (wanted->len != first + 2 * n)
        g_array_set_size(wanted, first + 2 * n);
    if (n == 0)
        return;
    marking.next = &g_array_index(wanted, int, first);
    g_hash_table_foreach(occurred, mark_again, &marking);
    g_array_set_size(wanted, (guint)(marking.next - &g_array_index(wanted, int, 0)));
}

/*
 * Wireshark marks every wanted field before each frame, though a mark stays until a frame in which
 * the field, or one of the same protocol, occurred is forgotten (epan/proto.c,
 * free_GPtrArray_value). So it is enough to mark what occurred in the frame before, which saves
 * 30 instructions per field and frame. That holds as long as nothing else is dissected in between,
 * so only in tshark; elsewhere everything is marked every time.
 */
void
mf_fieldmap_note_frame(uint32_t frame, proto_tree *tree)
{
    if (!mf_program_is_tshark() || tree == NULL || frame != last_frame + 1)
        mark_all();
    else
        mark_occurred(PTREE_DATA(tree)->interesting_hfids);
    last_frame = frame;
}

const struct mf_feed *
mf_fieldmap_feeds(int hfid)
{
    return hfid >= 0 && hfid < n_fields ? feed_at(fields[hfid] & ~ASKED) : NULL;
}

const header_field_info *
mf_fieldmap_tcp(void)
{
    return tcp;
}

bool
mf_fieldmap_wants(enum mf_buffer_id id)
{
    return reads[id];
}

bool
mf_fieldmap_wants_below(void)
{
    return below;
}
