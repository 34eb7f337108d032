/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From an item to buffers, in the ways that fieldrows.h names. Bytes as captured are preferred for
 * what rules search, because Wireshark's strings stop at a NUL and replace what is not UTF-8.
 */
#include "collect.h"
#include "files.h"
#include "fvalue.h"

#include <epan/print.h>
#include <string.h>

/* A piece of some text. */
struct piece {
    const char *text;
    size_t length;
};

static const char *
text_of(struct mf_collect *collect, const field_info *item)
{
    return mf_fvalue_text(collect->pinfo->pool, item);
}

static void
add_value(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    size_t length;

    switch (mf_buffer_kind((enum mf_buffer_id)feed->id)) {
    case MF_KIND_LAYER:
        break;
    case MF_KIND_NUMBER:
        mf_collect_number(collect, (enum mf_buffer_id)feed->id, mf_fvalue_number(item));
        break;
    case MF_KIND_TEXT:
        mf_collect_text(collect, feed->id, text_of(collect, item));
        break;
    case MF_KIND_BYTES: {
        const uint8_t *bytes = mf_item_bytes(item, &length);

        mf_collect_bytes(collect, feed->id, bytes, length);
        break;
    }
    }
}

static void
add_first(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    if (mf_collect_find(collect, feed->id) == NULL)
        add_value(collect, item, feed);
}

static void
add_raw(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    size_t length;
    const uint8_t *bytes = mf_item_bytes(item, &length);

    mf_collect_bytes(collect, feed->id, bytes, length);
}

static void
add_printed(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    epan_dissect_t nothing = {0};
    gchar *text = get_node_field_value((field_info *)item, &nothing);

    mf_collect_text(collect, feed->id, wmem_strdup(collect->pinfo->pool, text));
    g_free(text);
}

static void
add_own(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    switch (item->hfinfo->type) {
    case FT_NONE:
    case FT_PROTOCOL:
    case FT_BYTES:
    case FT_UINT_BYTES:
        add_raw(collect, item, feed);
        break;
    default:
        add_printed(collect, item, feed);
    }
}

static void
add_length(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    mf_collect_number(collect, (enum mf_buffer_id)feed->id, (uint64_t)MAX(item->length, 0));
}

static void
add_constant(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    (void)item;
    mf_collect_number(collect, (enum mf_buffer_id)feed->id, feed->row->number);
}

/* COUNT bytes from START on, as far as they were captured. */
static void
add_part(struct mf_collect *collect, const field_info *item, int start, int count, unsigned id)
{
    if (item->ds_tvb == NULL || item->start < 0 || start < 0)
        return;
    count = MIN(count, tvb_captured_length_remaining(item->ds_tvb, start));
    if (count > 0)
        mf_collect_bytes(collect, id, tvb_get_ptr(item->ds_tvb, start, count), (size_t)count);
}

static void
add_rest(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    add_part(collect, item, item->start + item->length, INT_MAX, feed->id);
}

static void
add_big_endian(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    size_t length;
    const uint8_t *bytes = mf_item_bytes(item, &length);
    uint64_t number = 0;

    for (size_t i = 0; bytes != NULL && i < MIN(length, sizeof number); i++)
        number = number << 8 | bytes[i];
    if (bytes != NULL)
        mf_collect_number(collect, (enum mf_buffer_id)feed->id, number);
}

static void
add_plus_1(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    uint64_t number = mf_fvalue_number(item);

    mf_collect_number(collect, (enum mf_buffer_id)feed->id, number + (number < 2));
}

/* --- pieces of text --- */

static struct piece
first_word(const char *text)
{
    return (struct piece){text, strcspn(text, " ")};
}

static struct piece
last_word(const char *text)
{
    const char *space = strrchr(text, ' ');

    text = space != NULL ? space + 1 : text;
    return (struct piece){text, strlen(text)};
}

static struct piece
after_words(const char *text, unsigned n)
{
    for (; n > 0; n--) {
        text += strcspn(text, " ");
        text += *text == ' ';
    }
    return (struct piece){text, strlen(text)};
}

/* "SSH-protoversion-softwareversion SP comments" (RFC 4253, 4.2). */
static struct piece
ssh_proto(const char *text)
{
    const char *start = g_str_has_prefix(text, "SSH-") ? text + 4 : text + strlen(text);

    return (struct piece){start, strcspn(start, "-")};
}

static struct piece
ssh_software(const char *text)
{
    const struct piece proto = ssh_proto(text);
    const char *start = proto.text + proto.length;

    start += *start == '-';
    return (struct piece){start, strcspn(start, " \r\n")};
}

static void
add_piece(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    const char *text = text_of(collect, item);
    struct piece piece;

    if (text == NULL)
        return;
    switch (feed->row->form) {
    case MF_FORM_WORD_1:
        piece = first_word(text);
        break;
    case MF_FORM_LAST_WORD:
        piece = last_word(text);
        break;
    case MF_FORM_AFTER_WORD_2:
        piece = after_words(text, 2);
        break;
    case MF_FORM_SSH_PROTO:
        piece = ssh_proto(text);
        break;
    default:
        piece = ssh_software(text);
    }
    if (piece.length > 0)
        mf_collect_bytes(collect, feed->id, piece.text, piece.length);
}

/* --- items that several buffers, or several items that one buffer is made of --- */

static void
add_http2_name(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    (void)feed;
    collect->http2_name = text_of(collect, item);
}

static void
add_http2_value(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    const char *value = text_of(collect, item);

    if (collect->http2_name != NULL && value != NULL)
        mf_collect_text(
            collect, feed->id,
            wmem_strdup_printf(collect->pinfo->pool, "%s: %s\r\n", collect->http2_name, value));
    collect->http2_name = NULL;
}

/* What is connected to is a pipe where it is the share for them
 * ([MS-SMB2] 2.2.9). */
static void
add_smb_tree(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    static const char pipes[] = "IPC$";
    const char *text = text_of(collect, item);
    size_t length = text != NULL ? strlen(text) : 0, tail = sizeof pipes - 1;

    (void)feed;
    if (FI_GET_FLAG(item, FI_GENERATED)) /* what is connected already */
        return;
    mf_collect_text(collect,
                    length >= tail && g_ascii_strcasecmp(text + length - tail, pipes) == 0
                        ? MF_BUF_SMB_NAMED_PIPE
                        : MF_BUF_SMB_SHARE,
                    text);
}

static void
add_smtp_parameter(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    static const struct {
        const char *command, *prefix;
        enum mf_buffer_id id;
    } commands[] = {
        {"HELO", "", MF_BUF_SMTP_HELO},
        {"EHLO", "", MF_BUF_SMTP_HELO},
        {"MAIL", "FROM:", MF_BUF_SMTP_MAIL_FROM},
        {"RCPT", "TO:", MF_BUF_SMTP_RCPT_TO},
    };
    const struct mf_buffer *command = mf_collect_find(collect, MF_BUF_SMTP_COMMAND);
    const char *text = text_of(collect, item);

    (void)feed;
    for (unsigned i = 0; command != NULL && text != NULL && i < G_N_ELEMENTS(commands); i++) {
        size_t skip = strlen(commands[i].prefix);

        if (command->length != 4 ||
            g_ascii_strncasecmp((const char *)command->data, commands[i].command, 4) != 0 ||
            g_ascii_strncasecmp(text, commands[i].prefix, skip) != 0)
            continue;
        text += skip + strspn(text + skip, " ");
        mf_collect_bytes(collect, commands[i].id, text,
                         skip > 0 ? strcspn(text, " ") : strlen(text));
        return;
    }
}

/* "RETR NAME": told in every frame of a transfer, but one file is named once. */
static void
add_ftp_file(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    const char *text = text_of(collect, item);
    const struct piece name = after_words(text != NULL ? text : "", 1);

    if (name.length > 0 && mf_files_is_first(collect->pinfo))
        mf_collect_bytes(collect, feed->id, name.text, name.length);
}

/* The item is the chunk's length (RFC 9260, 3.2), which counts the four bytes of its head. */
static void
add_sctp_chunk(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    enum { LENGTH = 2, HEAD = 4 };
    int length = (int)MIN(mf_fvalue_number(item), UINT16_MAX);

    add_part(collect, item, item->start + LENGTH, length - HEAD, feed->id);
}

/*
 * Wireshark gives what is written to whoever wants it, so it is found by the request: the item is
 * its length, behind the offset from the start of the message ([MS-SMB2] 2.2.21).
 */
static void
add_smb2_write(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    enum { BEFORE = 64 + 4 };
    int message = item->start - BEFORE;
    uint64_t length = mf_fvalue_number(item);

    if (item->ds_tvb == NULL || message < 0 || length > INT_MAX ||
        tvb_captured_length_remaining(item->ds_tvb, item->start) <= 0)
        return;
    add_part(collect, item, message + tvb_get_letohs(item->ds_tvb, item->start - 2), (int)length,
             feed->id);
}

/*
 * Wireshark shows stub data as bytes only where it cannot dissect them. The item is the type of a
 * request or response (C706, 12.6.4); datagrams are of another version and come as Wireshark has
 * them.
 */
static void
add_dcerpc_stub(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    enum { HEADER = 24, OBJECT = 16, VERIFIER = 8 };
    int start = item->start - 2, head = HEADER, end;
    const uint8_t *pdu;
    bool little;

    if (item->ds_tvb == NULL || start < 0 ||
        tvb_captured_length_remaining(item->ds_tvb, start) < HEADER)
        return;
    pdu = tvb_get_ptr(item->ds_tvb, start, HEADER);
    if (pdu[0] != 5 || (pdu[2] != 0 && pdu[2] != 2))
        return;
    little = (pdu[4] & 0x10) != 0;
    head += pdu[2] == 0 && (pdu[3] & 0x80) != 0 ? OBJECT : 0;
    end = little ? pdu[8] | pdu[9] << 8 : pdu[8] << 8 | pdu[9];
    if (pdu[10] != 0 || pdu[11] != 0)
        end -= VERIFIER + (little ? pdu[10] | pdu[11] << 8 : pdu[10] << 8 | pdu[11]);
    add_part(collect, item, start + head, end - head, feed->id);
}

mf_form_add
mf_form(enum mf_form form)
{
    static const mf_form_add table[MF_FORM_COUNT] = {
        [MF_FORM_VALUE] = add_value,
        [MF_FORM_FIRST] = add_first,
        [MF_FORM_RAW] = add_raw,
        [MF_FORM_PRINTED] = add_printed,
        [MF_FORM_LENGTH] = add_length,
        [MF_FORM_CONST] = add_constant,
        [MF_FORM_REST] = add_rest,
        [MF_FORM_BIG_ENDIAN] = add_big_endian,
        [MF_FORM_PLUS_1] = add_plus_1,
        [MF_FORM_OWN] = add_own,
        [MF_FORM_WORD_1] = add_piece,
        [MF_FORM_LAST_WORD] = add_piece,
        [MF_FORM_FTP_FILE] = add_ftp_file,
        [MF_FORM_AFTER_WORD_2] = add_piece,
        [MF_FORM_SSH_PROTO] = add_piece,
        [MF_FORM_SSH_SOFTWARE] = add_piece,
        [MF_FORM_CERTIFICATE] = mf_form_certificate,
        [MF_FORM_DNS_MESSAGE] = mf_form_dns_message,
        [MF_FORM_HTTP_HEAD] = mf_form_http_head,
        [MF_FORM_HTTP2_NAME] = add_http2_name,
        [MF_FORM_HTTP2_VALUE] = add_http2_value,
        [MF_FORM_SMB_TREE] = add_smb_tree,
        [MF_FORM_SMTP_PARAMETER] = add_smtp_parameter,
        [MF_FORM_SCTP_CHUNK] = add_sctp_chunk,
        [MF_FORM_DCERPC_STUB] = add_dcerpc_stub,
        [MF_FORM_SMB2_WRITE] = add_smb2_write,
        [MF_FORM_MAIL] = mf_form_mail,
    };

    return table[form];
}
