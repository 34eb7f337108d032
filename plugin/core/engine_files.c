/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file is told of by a signature; its bytes come from whoever has them best. What Wireshark put
 * together is the file. Where it gives none, it is the body that was read from the stream, or the
 * stream itself from the match on, to where it ends: then who knows whether that is all.
 */
#include "engine_files.h"

#include "file_facts.h"
#include "stage.h"
#include "summary.h"

#include <string.h>

bool
mf_engine_is_bare_transfer(const struct mf_session *session)
{
    return session->app == NULL || strcmp(session->app, "PE") == 0 ||
           strcmp(session->app, "FTP-DATA") == 0;
}

static uint32_t
side_of(const struct mf_session *session, enum mf_direction direction)
{
    return session->id << 1 | direction;
}

/* --- keeping --- */

/* What passes through files that BODY is. */
struct keeping {
    struct mf_kept_file what;
    struct mf_span bytes[2];
    bool any;
};

static void
keep(struct mf_engine *engine, struct keeping *keeping, const struct mf_findings_body *body,
     uint32_t hit)
{
    if (engine->kept == NULL)
        return;
    keeping->what.file = mf_findings_hit(engine->findings, hit - 1)->file - 1;
    mf_kept_files_drop(engine->kept, side_of(body->session, body->direction), keeping->what.file);
    mf_kept_files_add(engine->kept, &keeping->what, keeping->bytes, keeping->any);
    keeping->any = true;
}

const struct mf_file *
mf_engine_files_whole(struct mf_engine *engine, struct mf_findings_body *body,
                      const struct mf_buffer *name)
{
    const struct mf_summary_context context = {engine->strings, &engine->counters};
    struct keeping keeping = {.what = {.frame = engine->frame},
                              .bytes = {{body->bytes->data, body->bytes->length}}};
    const struct mf_file *program = NULL;

    body->name = NULL;
    for (uint32_t hit = 0; (hit = mf_findings_next_in(engine->findings, body, hit)) != 0;) {
        const struct mf_file *file;

        if (body->name == NULL && name != NULL)
            body->name = mf_summary_intern(&context, name->data, name->length);
        file = mf_findings_complete(engine->findings, body, hit);
        if (mf_stage_is_program(file->type))
            program = file;
        keep(engine, &keeping, body, hit);
    }
    return program;
}

static const struct mf_file *
file_of(const struct mf_engine *engine, uint32_t hit)
{
    return mf_findings_file(engine->findings, mf_findings_hit(engine->findings, hit - 1)->file - 1);
}

static bool
is_kept(const struct mf_engine *engine, uint32_t hit)
{
    return mf_kept_files_has(engine->kept, mf_findings_hit(engine->findings, hit - 1)->file - 1);
}

/* A body that Wireshark does not give. */
static void
found(void *user, const struct mf_session *session, enum mf_direction direction,
      const struct mf_http_found *what)
{
    struct mf_engine *engine = user;
    const struct mf_buffer bytes = {
        .id = MF_BUF_FILE_DATA, .data = what->body.data, .length = (uint32_t)what->body.length};
    const struct mf_findings_body body = {
        .session = session, .direction = direction, .frame = what->mark, .bytes = &bytes};
    struct keeping keeping = {
        .what = {.frame = engine->frame, .part = what->whole ? MF_KEPT_WHOLE : MF_KEPT_BROKEN},
        .bytes = {what->body, what->rest}};

    for (uint32_t hit = 0; (hit = mf_findings_next_in(engine->findings, &body, hit)) != 0;) {
        const struct mf_file *file = file_of(engine, hit);

        if (file->at != NULL ? file->at_frame == what->mark : !is_kept(engine, hit))
            keep(engine, &keeping, &body, hit);
    }
}

/* The hit, if it told of a file that begins in BYTES. */
static void
keep_broken(struct mf_engine *engine, const struct mf_findings_body *body, uint32_t hit,
            struct keeping *keeping)
{
    const struct mf_hit *told = mf_findings_hit(engine->findings, hit - 1);
    const struct mf_file *file = told->file != 0 ? file_of(engine, hit) : NULL;

    if (file != NULL && told->direction == body->direction && file->sha256[0] == '\0' &&
        !is_kept(engine, hit) &&
        mf_file_stands_in(file, keeping->bytes[0].data, keeping->bytes[0].length)) {
        mf_findings_name(engine->findings, hit, body->name);
        keep(engine, keeping, body, hit);
    }
}

void
mf_engine_broken_file(struct mf_engine *engine, uint32_t frame, struct mf_span name,
                      struct mf_span bytes)
{
    const struct mf_verdict verdict = mf_engine_verdict(engine, frame);
    const struct mf_session *session = mf_engine_session(engine, verdict.session);
    const struct mf_summary_context context = {engine->strings, &engine->counters};
    const struct mf_findings_body body = {
        .session = session,
        .direction = verdict.direction,
        .name = name.length > 0 ? mf_summary_intern(&context, name.data, name.length) : NULL};
    struct keeping keeping = {.what = {.frame = engine->frame, .part = MF_KEPT_BROKEN},
                              .bytes = {bytes}};

    if (engine->kept == NULL || session == NULL)
        return;
    for (uint32_t hit = session->first_hit; hit != 0;
         hit = mf_findings_hit(engine->findings, hit - 1)->next)
        keep_broken(engine, &body, hit, &keeping);
}

/* --- streams and datagrams --- */

/* Where what carries the files gives them back better. */
static bool
comes_in_pieces(const struct mf_session *session)
{
    return session->app != NULL &&
           (strstr(session->app, "SMB") != NULL || strcmp(session->app, "TFTP") == 0);
}

void
mf_engine_files_found(struct mf_engine *engine, const struct mf_flow_hit *hit, uint32_t index)
{
    const struct mf_span bytes[2] = {{hit->matched.data, hit->matched.length}};
    const struct mf_kept_file what = {
        .file = index, .frame = engine->frame, .part = MF_KEPT_DATAGRAM};

    if (engine->kept == NULL || bytes[0].data == NULL || hit->on == MF_FIRED_ON_MESSAGE ||
        comes_in_pieces(hit->session))
        return;
    if (hit->on == MF_FIRED_ON_PACKET) {
        mf_kept_files_add(engine->kept, &what, bytes, false);
        return;
    }
    mf_kept_files_begin(engine->kept, side_of(hit->session, hit->direction), &what,
                        &(struct mf_kept_piece){bytes[0], hit->matched.place});
    mf_flows_keep_rest(hit->session, hit->direction, engine->kept);
}

/* Whether what ended with the stream is all. */
static enum mf_kept_part
part_of(const struct mf_session *session, enum mf_direction direction)
{
    return mf_engine_is_bare_transfer(session) && (session->tcp_seen[direction] & MF_SEEN_FIN) != 0
               ? MF_KEPT_WHOLE
               : MF_KEPT_BROKEN;
}

void
mf_engine_files_bytes(struct mf_engine *engine, const struct mf_session *session,
                      enum mf_direction direction, const struct mf_stream_bytes *bytes)
{
    const uint32_t side = side_of(session, direction);

    if (engine->kept == NULL || !mf_kept_files_waits(engine->kept, side))
        return;
    if (bytes == NULL) {
        mf_kept_files_end(engine->kept, side, engine->frame, part_of(session, direction));
    } else if (mf_flows_keeps_rest(session, direction)) {
        mf_kept_files_drop_side(engine->kept, side);
    } else {
        const struct mf_kept_piece piece = {{bytes->data, bytes->length},
                                            mf_flows_place(session, direction)};

        mf_kept_files_feed(engine->kept, side, &piece);
    }
}

void
mf_engine_files_start(struct mf_engine *engine)
{
    if (!engine->settings.keep_files)
        return;
    engine->kept = mf_kept_files_new(&engine->counters);
    mf_flows_set_found(engine->flows, found, engine);
}
