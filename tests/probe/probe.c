/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A plugin of its own that prints what ws/ would hand to the engine, so that this can be tested
 * without one: a line per buffer, "frame, name, value", bytes outside printable ASCII as \xNN.
 * It stands in for the rules: MALFLOW_PROBE_WANTS names buffers (default: all), _FIELDS and
 * _FILTERS what rules would say in Wireshark's words, separated by '|'. With MALFLOW_PROBE_MARK_ALL
 * every field is asked for before every frame; with MALFLOW_PROBE_TABLE the table is printed first:
 * "field, buffer, whether this Wireshark has the field".
 */
#include "core/correlation.h"
#include "core/rules/ruleset.h"
#include "ws/appname.h"
#include "ws/capture.h"
#include "ws/compat.h"
#include "ws/export.h"
#include "ws/extract.h"
#include "ws/fieldmap.h"
#include "ws/rulehost.h"

#include <stdio.h>
#include <stdlib.h>

#define PROBE_EXPORT __attribute__((visibility("default")))

PROBE_EXPORT extern const char plugin_version[];
PROBE_EXPORT extern const int plugin_want_major, plugin_want_minor;
PROBE_EXPORT void
plugin_register(void);

const char plugin_version[] = "0";
const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

static int protocol, hf_probe;
static dissector_handle_t handle;
static char **wants, **fields, **filters;

/* --- in place of the rules --- */

/* Only what rules want is looked at here. */
bool
mf_correlator_wants(enum mf_buffer_id id)
{
    (void)id;
    return false;
}

bool
mf_ruleset_wants(const struct mf_ruleset *set, enum mf_buffer_id id)
{
    (void)set;
    return wants == NULL || g_strv_contains((const gchar *const *)wants, mf_buffer_name(id));
}

static const char *const *
list(char **strings, unsigned *n)
{
    *n = strings != NULL ? g_strv_length(strings) : 0;
    return (const char *const *)strings;
}

const char *const *
mf_ruleset_fields(const struct mf_ruleset *set, unsigned *n)
{
    (void)set;
    return list(fields, n);
}

const char *const *
mf_ruleset_filters(const struct mf_ruleset *set, unsigned *n)
{
    (void)set;
    return list(filters, n);
}

/* Nor are files kept for an export. */
bool
mf_export_wanted(void)
{
    return false;
}

struct mf_engine *
mf_capture_engine(void)
{
    return NULL;
}

static char **
from_environment(const char *name)
{
    const char *value = getenv(name);

    return value != NULL ? g_strsplit(value, "|", -1) : NULL;
}

/* --- printing --- */

static void
print_bytes(const uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (data[i] >= 0x20 && data[i] < 0x7f && data[i] != '\\')
            putchar(data[i]);
        else
            printf("\\x%02x", data[i]);
    putchar('\n');
}

static void
print_buffer(uint32_t frame, const struct mf_buffer *buffer)
{
    bool own = buffer->id >= MF_BUFFER_COUNT;
    enum mf_buffer_kind kind = own ? MF_KIND_BYTES : mf_buffer_kind(buffer->id);

    printf("%u\t%s\t", frame,
           own ? fields[buffer->id - MF_BUFFER_COUNT] : mf_buffer_name(buffer->id));
    if (kind == MF_KIND_NUMBER)
        printf("%" PRIu64 "\n", buffer->number);
    else
        print_bytes(buffer->data, kind == MF_KIND_LAYER ? 0 : buffer->length);
}

static void
print_header(const struct mf_packet *packet, const char *name, const uint8_t *data, size_t length)
{
    printf("%u\t@%s\t", packet->frame, name);
    print_bytes(data, data != NULL ? length : 0);
}

static void
print_tcp(const struct mf_packet *packet, unsigned offset)
{
    GString *ends = g_string_new(NULL);

    mf_endpoint_append(ends, &packet->src, packet->src_port);
    g_string_append_c(ends, ' ');
    mf_endpoint_append(ends, &packet->dst, packet->dst_port);
    printf("%u\t@tcp\t%s seq %u ack %u flags 0x%02x window %u payload %u of %u at %u\n",
           packet->frame, ends->str, packet->seq, packet->ack, packet->tcp_flags, packet->window,
           packet->payload_captured, packet->payload_length, offset);
    g_string_free(ends, TRUE);
}

static void
print_packet(const struct mf_packet *packet, unsigned offset)
{
    if (packet->l4 == MF_L4_TCP)
        print_tcp(packet, offset);
    print_header(packet, "link", packet->link_header, packet->link_length);
    print_header(packet, "ip", packet->ip_header, packet->ip_length);
    print_header(packet, "l4", packet->l4_header, packet->l4_length);
    print_header(packet, "payload", packet->payload, packet->payload_captured);
    printf("%u\t@protocol\t%u\n", packet->frame, packet->ip_protocol);
    for (unsigned i = 0; packet->filters_hold != NULL && filters[i] != NULL; i++)
        printf("%u\t@filter %s\t%u\n", packet->frame, filters[i], packet->filters_hold[i]);
    for (unsigned i = 0; i < packet->n_buffers; i++)
        print_buffer(packet->frame, &packet->buffers[i]);
}

/* --- the plugin --- */

static int
dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    struct mf_packet packet;
    struct mf_extra extra;

    (void)data;
    if (pinfo->fd->visited)
        return 0;
    if (mf_extract(tvb, pinfo, tree, &packet, &extra))
        print_packet(&packet, extra.payload_offset);
    mf_fieldmap_note_frame(pinfo->num, getenv("MALFLOW_PROBE_MARK_ALL") != NULL ? NULL : tree);
    return tvb != NULL ? (int)tvb_captured_length(tvb) : 0;
}

/* What rules say wrongly is told, and taken away. */
static void
check(char **words, bool (*is_good)(const char *, char **))
{
    for (unsigned i = 0; words != NULL && words[i] != NULL;) {
        char *why = NULL;

        if (is_good(words[i], &why)) {
            i++;
            continue;
        }
        printf("0\t@refused %s\t%s\n", words[i], why);
        g_free(why);
        g_free(words[i]);
        memmove(words + i, words + i + 1, (g_strv_length(words + i + 1) + 1) * sizeof *words);
    }
}

static void
opened(void)
{
    static struct mf_ruleset *const some = (struct mf_ruleset *)&handle;

    check(fields, mf_rulehost()->check_field);
    check(filters, mf_rulehost()->check_filter);
    mf_fieldmap_select(some, false);
}

static void
register_protocol(void)
{
    static hf_register_info hf[] = {
        {&hf_probe, {"Probe", "malflow.probe", FT_BOOLEAN, BASE_NONE, NULL, 0, NULL, HFILL}}};

    wants = from_environment("MALFLOW_PROBE_WANTS");
    fields = from_environment("MALFLOW_PROBE_FIELDS");
    filters = from_environment("MALFLOW_PROBE_FILTERS");
    protocol = proto_register_protocol("Probe", "Probe", "malflow");
    proto_register_field_array(protocol, hf, G_N_ELEMENTS(hf));
    handle = register_dissector("malflow", dissect, protocol);
    register_postdissector(handle);
    register_init_routine(opened);
}

static void
print_table(void)
{
    for (size_t i = 0; i < mf_n_field_rows; i++) {
        const struct mf_field_row *row = &mf_field_rows[i];

        if (row->slot >= MF_SLOT_BUFFER)
            printf("%s\t%s\t%d\n", row->field,
                   mf_buffer_name((enum mf_buffer_id)(row->slot - MF_SLOT_BUFFER)),
                   proto_registrar_get_byname(row->field) != NULL);
    }
    for (unsigned id = 0; id < MF_BUFFER_COUNT; id++)
        printf("\t%s\t\n", mf_buffer_name((enum mf_buffer_id)id));
}

static void
hand_off(void)
{
    mf_fieldmap_init();
    if (getenv("MALFLOW_PROBE_TABLE") != NULL)
        print_table();
    set_postdissector_wanted_hfids(handle, mf_fieldmap_wanted());
}

void
plugin_register(void)
{
    static proto_plugin plugin = {register_protocol, hand_off};

    proto_register_plugin(&plugin);
}

#ifdef MF_HAS_PLUGIN_DESCRIBE
PROBE_EXPORT uint32_t
plugin_describe(void);

uint32_t
plugin_describe(void)
{
    return WS_PLUGIN_DESC_DISSECTOR;
}
#endif
